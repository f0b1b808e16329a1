"""Deliveries of GitHub and Jira: verified, read for hints, kept before they are acknowledged."""

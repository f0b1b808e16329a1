"""Keeping a GitHub issue and a Jira ticket in step. Pure: no network, no clock, no store."""

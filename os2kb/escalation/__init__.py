"""Escalation over a repository's whole history: read at the forge, and shown as a report."""

"""Trackers: where a product keeps its backlog. Jira is one."""

"""What there is in the demo Jira."""

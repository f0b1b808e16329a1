"""The demo Jira's API: a table of endpoints for each noun."""

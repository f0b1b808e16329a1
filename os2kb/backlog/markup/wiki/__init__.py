"""Jira's wiki text, as API version 2 takes and gives it.

https://jira.atlassian.com/secure/WikiRendererHelpAction.jspa?section=all is Atlassian's page on it.
No library in Python would do: jira2markdown and its like replace text by patterns in one direction,
and pandoc, which reads both, is a program of its own and drops task lists, mentions and macros.
"""

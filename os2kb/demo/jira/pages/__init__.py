"""The demo Jira's pages: what people look at, and change, where they have no program."""

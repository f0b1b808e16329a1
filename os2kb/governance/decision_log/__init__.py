"""A decision made in an issue: what follows for the log, for the issue, and for who approves it."""

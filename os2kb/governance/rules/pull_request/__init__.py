"""Rules for pull requests."""

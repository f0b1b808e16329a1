"""Rules for issues."""

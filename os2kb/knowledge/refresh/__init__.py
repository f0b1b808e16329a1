"""Keeping the index fresh: read what has changed, build, and remember how it went."""

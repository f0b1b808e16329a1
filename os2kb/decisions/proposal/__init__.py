"""A proposal to the log: what is seen of it, what it holds, and which files it changes."""

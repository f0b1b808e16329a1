"""The checks on pull requests, put into words."""

"""What one or two models would have made of a repository's past."""

"""Text from outside, made harmless before it stands in a text of ours."""

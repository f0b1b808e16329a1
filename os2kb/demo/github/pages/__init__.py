"""The pages of the demo GitHub, for people."""

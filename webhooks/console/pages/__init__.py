"""The pages of the console, each with the template of its name."""

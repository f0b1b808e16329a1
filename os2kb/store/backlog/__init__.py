"""What is kept of issues and their tickets: the links, what was agreed on, and runs over all."""

"""What is wrong with a decision log, and how to mend it."""

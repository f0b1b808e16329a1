"""How good a version of the index is on a file of questions whose answers are known."""

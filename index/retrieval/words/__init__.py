"""Words: what passages and questions are compared by, and read as where they are misspelt."""

"""What pages tell of, gathered from the store, GitHub and the index, as far as one may see it."""

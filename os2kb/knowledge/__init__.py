"""Knowledge: where it comes from, how it gets into the index, how good it is."""

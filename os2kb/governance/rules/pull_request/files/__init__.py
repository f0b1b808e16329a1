"""Rules about which files are changed, and what stands in them."""

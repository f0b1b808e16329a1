"""Products: what belongs together, as the file of the installation says."""

"""Rules about branches and commits."""

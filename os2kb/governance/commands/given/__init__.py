"""Which commands are given: read in comments, permitted, not seen to yet, asked before."""

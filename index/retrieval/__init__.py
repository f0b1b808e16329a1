"""Retrieval: the legs of a search, how they are fused, and what they say about a hit."""

"""Composers: what turns the passages that were found into a draft of an answer."""

"""The knowledge API: search, suggest, ask, and what people tell us of the answers."""

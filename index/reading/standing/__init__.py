"""Whether a document, or an entry of one, is in force, and since when."""

"""The embedder of an installation, as its settings name it."""

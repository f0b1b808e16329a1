"""The texts that a product may say in its own words: Markdown with placeholders, and no code."""

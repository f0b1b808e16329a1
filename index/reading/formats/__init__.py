"""One reader per format: text into blocks with their lines."""

"""Reading: files into documents, documents into passages."""

"""`GET /`: the search page, the cited answer on it, and the documents that it finds things in."""

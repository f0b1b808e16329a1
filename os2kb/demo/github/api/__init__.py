"""The HTTP side: each endpoint is a row in a table and a function from Call to Reply."""

"""What GitHub tells in GraphQL: much in one read, and what its REST API does not show."""

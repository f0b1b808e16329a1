"""The durable engine: what runs when, never lost and never twice at once."""

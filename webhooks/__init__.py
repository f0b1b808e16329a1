"""The HTTP service: receives deliveries; serves search, answers and operations."""

"""The weekly overview of a product's faults: read, put together, and sent once."""

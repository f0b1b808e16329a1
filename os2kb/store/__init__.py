"""The store: deliveries, receipts and links, on SQLite or PostgreSQL."""

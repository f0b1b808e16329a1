"""What the index does in processes of its own: how they are started, and what they are asked."""

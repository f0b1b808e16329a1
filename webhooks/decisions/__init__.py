"""The public decision log: pages, JSON and a feed of the decisions that the world may see."""

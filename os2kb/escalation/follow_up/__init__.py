"""How a product's promises were kept."""

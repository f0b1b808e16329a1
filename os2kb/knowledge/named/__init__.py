"""Sources that Policies name (`knowledge.sources`): which they are, and what is kept of them."""

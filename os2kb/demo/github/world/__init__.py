"""The world of the demo GitHub: what there is, and what goes over its wire."""

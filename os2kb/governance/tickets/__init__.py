"""Tickets: what an issue's ticket in the product's tracker is linked to, and what it is set to."""

"""What every demo server has: how it is served, what goes wrong on demand, what it remembers."""

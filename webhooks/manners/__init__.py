"""How the service behaves towards whoever asks, whatever they ask: one layer round all routes."""

"""What changes the world of the demo GitHub, noun by noun, and who is told."""

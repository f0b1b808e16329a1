"""How the API shows what the demo GitHub remembers: one function per noun, JSON out."""

"""Figures of many faults: what a model would have made of them, and how they were kept. Pure."""

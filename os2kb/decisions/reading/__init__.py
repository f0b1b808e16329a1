"""Decisions out of text: tolerant, and open about what was put right."""

"""The decision log: decisions read from the formats in use, written in one, and held to each other.

Pure: text in, Decisions, text and Findings out.
"""

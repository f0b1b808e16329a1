"""Observe: read the forge, the ledger and the index into Facts. All reads, no writes."""

"""Backfill: what a Policy would make of every subject of a repository."""

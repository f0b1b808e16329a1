"""Forges: where contributions happen. GitHub is one."""

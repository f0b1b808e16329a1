"""Sweeps: every linked pair of issue and ticket, read in bulk and looked at one by one."""

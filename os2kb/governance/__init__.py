"""Facts in, findings and a plan out. Pure: no I/O, no clock, no settings."""

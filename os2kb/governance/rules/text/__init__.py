"""Rules for any text people write."""

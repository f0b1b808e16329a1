"""What was asked and answered, as far as it is kept."""

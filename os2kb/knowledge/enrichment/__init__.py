"""What a build adds to passages, so that they are found by more than their own words."""

"""Rules about what others say: reviewers, checks and rights holders."""

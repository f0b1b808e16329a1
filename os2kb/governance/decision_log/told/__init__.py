"""What people are told of a decision: in our comment on its issue, and when they ask."""

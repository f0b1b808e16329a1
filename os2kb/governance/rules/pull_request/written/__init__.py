"""Rules about what an author writes: title, description and the issue it solves."""

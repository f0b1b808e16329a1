"""`/questions`: where people send on what found no answer."""

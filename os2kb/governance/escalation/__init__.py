"""The escalation model: how severe a fault is, who holds the ball, and who is told next."""

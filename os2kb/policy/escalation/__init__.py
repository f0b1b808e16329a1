"""What an escalation model comes to: who is on its ladder, and what in it cannot hold."""

"""What a text from outside says: its prose, the issues it names, the form it answers."""

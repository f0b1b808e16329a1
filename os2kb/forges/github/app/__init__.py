"""The GitHub App: who we are there, what it is granted, and what it asks for."""

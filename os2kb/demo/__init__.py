"""The demo: a stand-in for GitHub, and a walk through what the bot does."""

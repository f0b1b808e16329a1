"""The console: what the bot saw, decided and did, for coordinators and maintainers."""

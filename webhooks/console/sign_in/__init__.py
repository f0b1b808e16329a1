"""The door of the console: who may come in, and how the service knows them again."""

"""Chats: Zulip and mail, where people are told things."""

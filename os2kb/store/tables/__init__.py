"""The tables of the store, the same on SQLite and PostgreSQL."""

from os2kb.store.tables.asked import answers, cached_answers, faq, feedback, questions
from os2kb.store.tables.backlog import copies, runs, tickets, workflows
from os2kb.store.tables.columns import UtcDateTime, metadata
from os2kb.store.tables.installation import secrets, sessions
from os2kb.store.tables.knowledge import decision_logs, decisions, known_issues
from os2kb.store.tables.ledger import receipts
from os2kb.store.tables.work import deliveries, links, repositories, wakes

__all__ = [
    "UtcDateTime",
    "answers",
    "cached_answers",
    "copies",
    "decision_logs",
    "decisions",
    "deliveries",
    "faq",
    "feedback",
    "known_issues",
    "links",
    "metadata",
    "questions",
    "receipts",
    "repositories",
    "runs",
    "secrets",
    "sessions",
    "tickets",
    "wakes",
    "workflows",
]

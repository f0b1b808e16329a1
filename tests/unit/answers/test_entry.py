"""What the log keeps of an answer, and what it does not."""

from datetime import UTC, datetime

import pytest

from os2kb.answers.answer import Answer, Reason
from os2kb.answers.journal.entry import PUBLIC, entry

NOW = datetime(2026, 6, 4, tzinfo=UTC)


@pytest.mark.parametrize(
    ("question", "reason", "kept"),
    [
        ("Hvem ejer produktet?", "no-evidence", True),
        ("Кто утверждает?", "language", True),
        ("Hej", "unclear", True),
        ("", "unclear", False),
        ("🍕🎉", "unclear", False),
        ("1234 ???", "unclear", False),
        ("", "private-topic", False),
    ],
)
def test_what_nobody_asked_in_words_is_not_kept(question: str, reason: Reason, kept: bool) -> None:
    answer = Answer(question, "Nej.", True, (), "extractive", "da", "0" * 20, reason)
    assert (entry(answer, "cli", None, PUBLIC, "v1", NOW) is not None) == kept

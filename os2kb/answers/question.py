"""A question as it can be worked with, or why it cannot."""

import re
import unicodedata

from os2kb.answers.answer import Reason
from os2kb.answers.private_topics import Matter, private_matter
from os2kb.answers.small_talk import is_small_talk
from os2kb.answers.written import texts
from os2kb.phrases import Phrase

LONGEST = 1_000  # characters; a longer text is a story, not a question
FEWEST_LETTERS = 2

_UNSEEN_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_REPEATED = re.compile(r"(.)\1{20,}")


def clean(text: str) -> str:
    """The question on one line, without NUL, controls, bidirectional marks and lone surrogates."""
    seen = (
        " " if character.isspace() else character
        for character in text
        if character.isspace() or unicodedata.category(character) not in _UNSEEN_CATEGORIES
    )
    return unicodedata.normalize("NFC", " ".join("".join(seen).split()))


def reason_to_decline(cleaned: str) -> Reason | None:
    """Why a cleaned question is not looked up at all; None where it is.

    `private-topic` goes first: what may be sensitive is treated so, however unclear it is.
    """
    if _matter(cleaned):
        return "private-topic"
    if is_small_talk(cleaned):
        return "unclear"
    letters = [character for character in cleaned if character.isalpha()]
    if len(cleaned) > LONGEST or len(letters) < FEWEST_LETTERS or _REPEATED.search(cleaned):
        return "unclear"
    latin = sum("LATIN" in unicodedata.name(letter, "") for letter in letters)
    return "language" if latin * 2 < len(letters) else None


def said_instead(reason: Reason, cleaned: str) -> Phrase:
    """What is said to a cleaned question that is not looked up, for that reason."""
    if reason == "private-topic" and _matter(cleaned) == "flaw":
        return texts.FLAW
    if reason == "unclear" and is_small_talk(cleaned):
        return texts.ABOUT
    return texts.ABSTENTION[reason]


def _matter(cleaned: str) -> Matter | None:
    return private_matter(cleaned[: 20 * LONGEST])

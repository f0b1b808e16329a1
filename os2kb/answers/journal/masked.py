"""Text as it may be kept: nothing that identifies people, nothing a database cannot hold."""

from index.masking import mask
from os2kb.answers.question import clean

LONGEST = 1_000  # characters of a question or a comment
LONGEST_ANSWER = 20_000


def masked_line(text: str) -> str:
    """A question or a comment on one line, without CPR numbers, addresses, numbers and secrets."""
    # Masked before it is cut, so that no half of a number is left at the end.
    return mask(clean(text))[:LONGEST]


def names_somebody(question: str) -> bool:
    """Whether a cleaned question holds what would be masked."""
    return mask(question) != question


def masked(text: str) -> str:
    """The same of a text with several lines."""
    whole = text.replace("\0", "").encode("utf-8", "replace").decode("utf-8")
    return mask(whole)[:LONGEST_ANSWER]

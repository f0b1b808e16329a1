"""What an issue form asked, and what was answered.

GitHub writes a filled-in form as Markdown: each question as a heading, the answer below it, and
`_No response_` where there is none.
https://docs.github.com/en/communities/using-templates-to-encourage-useful-issues-and-pull-requests/syntax-for-issue-forms
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from os2kb.governance.reading.prose import Heading, folded, headings

_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_NO_ANSWER = re.compile(r"[_*]*(?:no response|intet svar|ikke besvaret)[_*]*\.?", re.IGNORECASE)
_UNTICKED = re.compile(r"\s*[-*+]\s+\[ ?\](?:\s.*)?")
_MOST = 300  # questions; a form has fewer
_NUMBERED = re.compile(r"^\s*\d+[.)]\s*")


@dataclass(frozen=True, slots=True)
class Answer:
    """A question and what stands below it; `text` is empty where nothing was answered."""

    question: str
    text: str


@lru_cache(maxsize=16)
def answers(body: str) -> tuple[Answer, ...]:
    """Every heading outside quotes, lists and code as a question, in order.

    An answer ends at the next heading of its own rank or a higher one.
    """
    lines = body.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    found = tuple(islice(headings(body), _MOST))
    return tuple(
        Answer(one.text, _answered("\n".join(lines[one.end : _end(one.rank, found[at + 1 :])])))
        for at, one in enumerate(found)
    )


def _end(rank: int, following: Iterable[Heading]) -> int | None:
    return next((one.start for one in following if one.rank <= rank), None)


def _answered(written: str) -> str:
    """What was answered, without what the form put there itself."""
    text = _COMMENT.sub("", written).strip()
    if _NO_ANSWER.fullmatch(text):
        return ""
    lines = [line for line in text.split("\n") if line.strip()]
    if lines and all(_UNTICKED.fullmatch(line) for line in lines):
        return ""
    return text


def name(question: str) -> str:
    """A question as questions are compared: letters and digits, folded, without its number."""
    return folded(_NUMBERED.sub("", question))


def answer_to(question: str, given: Iterable[Answer]) -> str | None:
    """The answer to a question; None where it was not asked.

    A heading is the question where it is the same, else where it begins with it: `Prioritet (Lav,
    Mellem, Høj)` asks for `Prioritet`. Asked twice, it is answered where either is.
    """
    wanted, given = name(question), tuple(given)
    same = [one.text for one in given if name(one.question) == wanted]
    if not same:
        same = [one.text for one in given if f"{name(one.question)} ".startswith(f"{wanted} ")]
    return next((text for text in same if text), "") if same else None

"""A question and its answers as a page: the answers are its text, the question only its name.

So an answer can be quoted and a question cannot: what somebody asked is no source.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import yaml

from os2kb.governance.harmless.withheld import withhold
from os2kb.governance.reading.prose import prose
from os2kb.governance.rules.text.security_words import worth_weighing
from os2kb.governance.rules.text.vulnerability_cues import SUSPECTED, suspicion

VULNERABILITY = "it looks like a report of a vulnerability"
NOT_ANSWERED = "not answered"
_LONGEST = 2_000  # characters of the question
_FENCE = re.compile(r"\s{0,3}(`{3,}|~{3,})")
_HEADING = re.compile(r"\s{0,3}#{1,6}(?=[ \t])(.*)$")
_UNDERLINE = re.compile(r"\s{0,3}(?:=+|-+)\s*$")
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Question:
    """A question that was answered.

    Attributes:
        body: Markdown; empty where the title says it all.
        answers: Markdown, the best first.
        anchor: of the best answer on the page where people read it.
        date: ISO 8601 day of the best answer.
    """

    title: str
    body: str
    answers: Sequence[str]
    anchor: str = ""
    date: str = ""


def looks_like_a_vulnerability(title: str, texts: Sequence[str]) -> bool:
    """Whether one of the texts must not be repeated to anyone."""
    return any(
        worth_weighing(f"{title}\n{text}") and suspicion(title, prose(text)) >= SUSPECTED
        for text in texts or ("",)
    )


def question_page(question: Question) -> bytes:
    """The page, as Markdown in UTF-8. CPR numbers and secrets are masked."""
    title = " ".join(withhold(question.title).split())
    front: dict[str, object] = {"title": title}
    if question.date:
        front["date"] = question.date
    if asked := " ".join(withhold(_COMMENT.sub("", question.body)).split())[:_LONGEST]:
        front["asked"] = asked
    identity = f" {{#{question.anchor}}}" if question.anchor else ""
    answers = "\n\n".join("\n".join(_lines(withhold(answer))) for answer in question.answers)
    written = yaml.safe_dump(front, allow_unicode=True, sort_keys=False, width=10_000)
    page = f"---\n{written}---\n\n# {_plain_title(title)}{identity}\n\n{answers}\n"
    return page.replace("\0", "").encode("utf-8", "replace")


def _plain_title(title: str) -> str:
    return title.replace("{", "(").replace("}", ")")


def _lines(markdown: str) -> Iterator[str]:
    """An answer's lines, its headings as bold ones: the page has one heading, the question."""
    fence = ""
    before = ""
    for line in _COMMENT.sub("", markdown).splitlines():
        mark = _FENCE.match(line)
        if mark:
            fence = "" if fence and mark[1].startswith(fence) else fence or mark[1]
        if fence or mark:
            yield line
        elif heading := _HEADING.match(line):
            said = heading[1].strip(" \t#")
            yield f"**{said}**" if said else ""
        elif before.strip() and _UNDERLINE.match(line):
            yield ""  # what would make a heading of the line above
        else:
            yield line
        before = line

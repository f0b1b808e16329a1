"""Issues in which a decision was made, and which no entry names."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from index.masking import mask
from os2kb.decisions.entry import Entry
from os2kb.decisions.guard import unguarded
from os2kb.decisions.lint.finding import Finding
from os2kb.decisions.tidy import one_line
from os2kb.phrases import Phrase

_NAMED = re.compile(
    r"(?<![\w.-])(?P<repository>[\w.-]{1,100}/[\w.-]{1,100})?(?:#|/issues/)(?P<number>\d{1,9})"
)
_SHOWN = 100  # characters of a title


@dataclass(frozen=True, slots=True)
class ClosedIssue:
    """An issue that was closed as completed with the label of decisions.

    Attributes:
        repository: `owner/name`.
    """

    repository: str
    number: int
    title: str

    @property
    def name(self) -> str:
        """`owner/repo#42`."""
        return f"{self.repository}#{self.number}"


def without_entry(
    entries: Sequence[Entry], issues: Iterable[ClosedIssue], repository: str
) -> Iterator[Finding]:
    """`entry`: every decision that was made in an issue is in the log.

    Args:
        entries: of the log.
        issues: in which a decision was made.
        repository: that a bare `#42` in an entry refers to.
    """
    named = {one for entry in entries for one in _named(entry, repository)}
    for issue in issues:
        if issue.name.casefold() in named:
            continue
        title = mask(one_line(issue.title))[:_SHOWN]
        yield Finding(
            "entry",
            "warning",
            issue.name,
            0,
            Phrase(
                f"Issuet “{title}” er lukket som en beslutning, og ingen indførsel nævner det.",
                f"The issue “{title}” was closed as a decision, and no entry names it.",
            ),
            Phrase(
                "Venter et forslag på godkendelse, så godkend det; ellers skriv den ind, eller "
                "tag etiketten af.",
                "If a proposal waits for approval, approve it; else write an entry, or take the "
                "label off.",
            ),
        )


def _named(entry: Entry, repository: str) -> Iterator[str]:
    """The issues that an entry names as its own, or refers to."""
    decision = entry.decision
    extra = (one.text for one in decision.extra)
    for text in (decision.issue, decision.references, *extra):
        for found in _NAMED.finditer(unguarded(text)):
            yield f"{found['repository'] or repository}#{found['number']}".casefold()

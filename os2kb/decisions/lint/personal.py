"""Whether an entry holds personal data; nothing of it is repeated."""

import re
from collections.abc import Iterator, Mapping
from datetime import date

from index.masking import MASK, MASKED_EMAIL, MASKED_PHONE
from index.personal.cues import Kind, may_hold, personal_in
from os2kb.decisions.entry import Entry
from os2kb.decisions.lint.finding import Finding, Log, fault
from os2kb.phrases import Phrase

_TOLD: Mapping[Kind, Phrase] = {
    "cpr": Phrase(f"et CPR-nummer ({MASK})", f"a CPR number ({MASK})"),
    "email": Phrase(
        f"en privat e-mailadresse ({MASKED_EMAIL})", f"a private e-mail address ({MASKED_EMAIL})"
    ),
    "phone": Phrase(f"et telefonnummer ({MASKED_PHONE})", f"a telephone number ({MASKED_PHONE})"),
}
_OF_FILE = (
    "Fjern det, og husk, at git stadig har den gamle udgave.",
    "Take it out, and remember that git still has the old version.",
)
_OF_ISSUE = (
    "Fjern det, og slet også den gamle udgave i issuets historik.",
    "Take it out, and delete the old version in the issue's history, too.",
)
_DIGITS = re.compile(r"\d(?:\D{0,12}\d){7}")  # fewer are no number of anybody's; it is told fast
_LONG = 5_000  # characters of a line that are looked at


def personal_data(entry: Entry, log: Log) -> Iterator[Finding]:
    """`personal-data`: no CPR number, private e-mail address or telephone number, line by line."""
    for number, whole in _lines(entry, log):
        line = whole[:_LONG]
        if not ("@" in line or _DIGITS.search(line)) or not may_hold(line):
            continue
        for kind in personal_in(line, entry.decision.date or date.max):
            told = _TOLD[kind]
            yield fault(
                entry,
                "personal-data",
                number,
                (f"Her ser ud til at stå {told.da}.", f"There seems to be {told.en} here."),
                _OF_ISSUE if entry.format == "issues" else _OF_FILE,
            )


def _lines(entry: Entry, log: Log) -> list[tuple[int, str]]:
    """All that is written; an issue's title stands on no line of its text."""
    title = [(0, entry.decision.title)] if entry.format == "issues" else []
    return title + log.written(entry)

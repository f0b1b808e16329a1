"""Whether an entry is the one that its file's name and its number say."""

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from index.danish import words
from os2kb.decisions.entry import Entry
from os2kb.decisions.lint.finding import Finding, Log, fault
from os2kb.decisions.writing.names import slug

_BEFORE = re.compile(r"^(?:\d{4}-\d\d-\d\d|[a-z]{0,3}\d{1,4})[-_ ]+", re.IGNORECASE)
_SMALL = frozenset(words("af at de den der det en er et for fra i med og om på skal som til ved"))
_ALIKE = 5  # letters that two words share, of which one may be the other inflected
_FEW = 0.5  # share of a name's words below which it speaks of something else


def other_than_its_file(entry: Entry, _: Log) -> Iterator[Finding]:
    """`file-title`: a file holds the decision that its name speaks of."""
    path = PurePosixPath(entry.path)
    if entry.format not in ("files", "adr"):
        return
    named = _words(_BEFORE.sub("", path.stem).replace("-", " "))
    titled = _words(entry.decision.title)
    if not named or not titled:
        return
    same = sum(any(_is_same(one, other) for other in titled) for one in named)
    if same / len(named) > _FEW or same >= len(titled) * _FEW + 1:
        return
    yield fault(
        entry,
        "file-title",
        entry.line("title"),
        (
            f"Filen hedder {path.name}, men handler om “{entry.decision.title}”.",
            f"The file is called {path.name}, but is about “{entry.decision.title}”.",
        ),
        (
            f"Giv den et navn som {slug(entry.decision.title)}.md, eller ret overskriften.",
            f"Call it {slug(entry.decision.title)}.md, or mend the heading.",
        ),
        level="warning",
    )


def _words(name: str) -> list[str]:
    return [one for one in words(name) if one not in _SMALL]


def _is_same(one: str, other: str) -> bool:
    if min(len(one), len(other)) < _ALIKE:
        return one == other
    return one[:_ALIKE] == other[:_ALIKE] or one in other or other in one


def numbers_taken(log: Log) -> Iterator[Finding]:
    """`number`: no two entries have the same."""
    first: dict[str, Entry] = {}
    for entry in log.entries:
        number = entry.decision.id
        before = first.setdefault(number, entry) if number else entry
        if before is not entry:
            yield fault(
                entry,
                "number",
                entry.line("id") if "id" in entry.places else entry.line("title"),
                (
                    f"Nr. {number} er taget af {before.path or before.decision.title}.",
                    f"Number {number} is taken by {before.path or before.decision.title}.",
                ),
                (
                    "Giv den nyeste af dem det næste ledige nummer.",
                    "Give the newest of them the next free number.",
                ),
            )

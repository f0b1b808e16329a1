"""Whether an entry is the one that its file's name and its number say."""

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from index.danish import words
from os2kb.decisions.dates import exact_date
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
    better = f"{_beginning(entry)}{slug(entry.decision.title)}.md"
    yield fault(
        entry,
        "file-title",
        entry.line("title"),
        (
            f"Filen hedder {path.name}, men handler om “{entry.decision.title}”.",
            f"The file is called {path.name}, but is about “{entry.decision.title}”.",
        ),
        (
            f"Giv filen et navn som {better}, eller ret overskriften.",
            f"Call the file {better}, or mend the heading.",
        ),
        level="warning",
    )


def _beginning(entry: Entry) -> str:
    """The number that the file's name begins with; the decision's own day, where it is a day."""
    match = _BEFORE.match(PurePosixPath(entry.path).stem)
    day = entry.decision.date
    return f"{day}-" if match and day and exact_date(match[0][:10]) else match[0] if match else ""


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
                    f"Nr. {number} bruges allerede i {before.path or before.decision.title}.",
                    f"Number {number} is used in {before.path or before.decision.title} already.",
                ),
                (
                    "Giv den nyeste af dem det næste ledige nummer.",
                    "Give the newest of them the next free number.",
                ),
            )

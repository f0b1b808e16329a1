"""What a change would make wrong with a log."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import PurePosixPath
from typing import Protocol

from index.reading.decoding import split_lines
from os2kb.decisions.entry import Entry
from os2kb.decisions.lint.finding import Finding, Log, fault, place
from os2kb.decisions.lint.lint import lint
from os2kb.decisions.reading.read import read_file
from os2kb.decisions.tidy import one_line
from os2kb.phrases import NOTHING, Phrase

_SHOWN = 160  # characters of each version


@dataclass(frozen=True, slots=True)
class LogChange:
    """A log, and the files that a change would leave otherwise.

    Attributes:
        path: the folder or page of the log.
        before: path to text, as the log is now.
        after: path to text of what the change touches; None for what it takes away.
    """

    path: str
    before: Mapping[str, str]
    after: Mapping[str, str | None]


class Earlier(Protocol):
    """What a file said before a commit changed it."""

    @property
    def commit(self) -> str:
        """That changed it."""

    @property
    def date(self) -> str:
        """Of that commit."""

    @property
    def text(self) -> str:
        """What it said."""


# What was read is kept: the log stays the same from look to look.
_read = lru_cache(8_192)(read_file)


def findings_of(change: LogChange) -> tuple[Finding, ...]:
    """What is wrong in the files that a change touches, held against all others of the log."""
    files = {**change.before, **change.after}
    # What is there already comes first: of two with one number, the new one has to give way.
    order = sorted(files, key=lambda path: (path in change.after, path))
    texts = {path: text for path in order if (text := files[path]) is not None}
    entries = tuple(entry for path, text in texts.items() for entry in _read(path, text))
    lines = {path: split_lines(texts[path]) for path in change.after if path in texts}
    lines |= {one.path: split_lines(texts[one.path]) for one in entries if one.path not in lines}
    folders = {str(parent) for path in texts for parent in PurePosixPath(path).parents}
    name = PurePosixPath(change.path).name
    found = lint(Log(entries, lines, texts.keys() | folders, name))
    touched = [one for one in found if change.after.get(one.path) is not None]
    touched += changed_after_acceptance(change)
    return tuple(sorted(touched, key=place))


def changed_after_acceptance(change: LogChange) -> Iterator[Finding]:
    """`changed`: what was accepted says the same still; another decision replaces it."""
    for path, text in change.after.items():
        earlier = {_identity(one): one for one in _read(path, change.before.get(path, ""))}
        for entry in _read(path, text) if text else ():
            before = earlier.get(_identity(entry))
            if before and (found := altered(before, entry)):
                yield found


def changed_since(log: Log, earlier: Mapping[str, Sequence[Earlier]]) -> Iterator[Finding]:
    """`changed`: the same, of a log whose earlier texts are known.

    Args:
        log: as it is now.
        earlier: path to what a file said before, oldest first.
    """
    for entry in log.entries:
        accepted = first_accepted(entry, earlier.get(entry.path, ()))
        if accepted is None:
            continue
        before, old = accepted
        when = f" {old.date} ({old.commit[:7]})"
        if found := altered(before, entry, Phrase(when, when)):
            yield found


def first_accepted(entry: Entry, earlier: Sequence[Earlier]) -> tuple[Entry, Earlier] | None:
    """The entry as it was first accepted, among what its file said before.

    Args:
        earlier: oldest first.
    """
    for old in earlier:
        read = {_identity(one): one for one in read_file(entry.path, old.text)}
        accepted = read.get(_identity(entry))
        if accepted is not None and accepted.decision.status == "accepted":
            return accepted, old
    return None


def says_otherwise(accepted: str, now: str) -> bool:
    """Whether a decision's text is another than the one that was accepted, however it is broken."""
    return bool(one_line(accepted)) and one_line(accepted) != one_line(now)


def altered(before: Entry, after: Entry, since: Phrase = NOTHING) -> Finding | None:
    """That an accepted decision says something else now, with both versions; None where not.

    Args:
        before: the entry as it was accepted.
        after: as it is now.
        since: when it said so, and in which commit that ended.
    """
    said = one_line(before.decision.decision), one_line(after.decision.decision)
    if before.decision.status != "accepted" or not says_otherwise(*said):
        return None
    old, new = _differing(*said)
    return fault(
        after,
        "changed",
        after.line("decision"),
        (
            f"Beslutningen var accepteret, og teksten er en anden nu. Før{since.da}: “{old}”. "
            f"Nu: “{new}”.",
            f"The decision was accepted, and its text is another now. Before{since.en}: “{old}”. "
            f"Now: “{new}”.",
        ),
        (
            "Sæt teksten tilbage, og skriv en ny beslutning, der erstatter den.",
            "Put the text back, and write a new decision that replaces it.",
        ),
        level="warning",
    )


def _identity(entry: Entry) -> str:
    """The entry of a file; of a page, the one with that number or title."""
    single = entry.format in ("files", "adr")
    return "" if single else entry.decision.id or entry.decision.title


def _differing(old: str, new: str) -> tuple[str, str]:
    """Both from a little before where they part, so that the difference is seen."""
    same = next((n for n, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), 0)
    start = max(0, same - _SHOWN // 4) if same > _SHOWN // 2 else 0
    shown = ((("… " if start else "") + one[start : start + _SHOWN]) for one in (old, new))
    first, second = (one + (" …" if len(one) >= _SHOWN else "") for one in shown)
    return first, second

"""What a rule of the log says of an entry."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Literal

from index.masking import mask
from os2kb.decisions.entry import Entry
from os2kb.phrases import Phrase

Level = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is wrong with an entry, or may be.

    Attributes:
        rule: its name, as `date-file`.
        path: the file, or `owner/repo#42` for an issue.
        line: 1-based; 0 for an issue.
        said: one sentence; plain text that may quote the entry.
        cure: one sentence that says how to mend it.
        suggestion: what the line would have to say instead; None where only a person knows.
    """

    rule: str
    level: Level
    path: str
    line: int
    said: Phrase
    cure: Phrase
    suggestion: str | None = None


def place(found: Finding) -> tuple[str, int, str, str]:
    """What Findings are ordered by: file, line, rule."""
    return found.path, found.line, found.rule, found.said.da


@dataclass(frozen=True, slots=True)
class Log:
    """The entries of a log, and what stands beside them.

    Attributes:
        lines: each file's lines as they stand, by its path.
        paths: every file that a link may lead to.
        folder: what the folder of them all is called.
        from_issues: decisions are made in issues, so that each entry has one.
    """

    entries: tuple[Entry, ...]
    lines: Mapping[str, Sequence[str]]
    paths: Collection[str] = ()
    folder: str = ""
    from_issues: bool = False

    def written(self, entry: Entry) -> list[tuple[int, str]]:
        """The lines of an entry with their 1-based numbers."""
        first, last = entry.lines
        lines = self.lines.get(entry.path, ())[first - 1 : last]
        return list(enumerate(lines, first))

    def line(self, entry: Entry, number: int) -> str:
        """One of them; empty where there is none."""
        lines = self.lines.get(entry.path, ())
        return lines[number - 1] if 0 < number <= len(lines) else ""

    def replaced(self, entry: Entry, part: str, value: str) -> str | None:
        """The line on which a key stands, with another value; None where it is not as written."""
        line, old = self.line(entry, entry.line(part)), entry.written.get(part, "")
        if part not in entry.places:
            return None
        if not old:
            return f"{line.rstrip()} {value}" if line.rstrip().endswith(("**", ":")) else None
        head, found, tail = line.rpartition(old)
        return head + value + tail if found else None

    def named(self) -> dict[str, Entry]:
        """Entries by number and by the name of their file; the first of several."""
        found: dict[str, Entry] = {}
        for entry in self.entries:
            for name in (entry.decision.id, PurePosixPath(entry.path).name):
                if name:
                    found.setdefault(name, entry)
        return found


def fault(
    entry: Entry,
    rule: str,
    line: int,
    said: tuple[str, str],
    cure: tuple[str, str],
    *,
    level: Level = "error",
    suggestion: str | None = None,
) -> Finding:
    """A Finding of an entry, said in Danish and English, without anybody's personal data.

    A line that holds such is not suggested: a mask is no right line.
    """
    told, cured = (Phrase(*map(mask, one)) for one in (said, cure))
    kept = suggestion if suggestion is None or mask(suggestion) == suggestion else None
    return Finding(rule, level, entry.path, line, told, cured, kept)

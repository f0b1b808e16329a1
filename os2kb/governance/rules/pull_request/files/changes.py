"""What a changed file amounts to."""

import re
from collections.abc import Iterable

from os2kb.governance.facts import ChangedFile

MOST_NAMED = 3
_HUNK = re.compile(r"@@ -\d+(?:,\d+)? \+(\d+)")


def changed_lines(file: ChangedFile) -> int | None:
    """Lines added and removed; None where the forge said neither them nor the patch."""
    if file.lines is not None:
        return file.lines
    if file.patch is None:
        return None
    return sum(line[:1] in ("+", "-") for line in file.patch.splitlines())


def first_changed_line(file: ChangedFile) -> int:
    """The first line that is other than before, as the change leaves it; 1 where nothing shows it.

    Where lines are only taken out, it is the one that now stands in their place.
    """
    number = 1
    for line in (file.patch or "").splitlines():
        if hunk := _HUNK.match(line):
            number = int(hunk[1])
        elif line[:1] in ("+", "-"):
            return max(1, number)
        elif line[:1] == " ":
            number += 1
    return 1


def shown_lines(file: ChangedFile) -> dict[int, str]:
    """The lines that the difference shows as the change leaves them, by their number."""
    found: dict[int, str] = {}
    number = 0
    for line in (file.patch or "").split("\n"):
        if hunk := _HUNK.match(line):
            number = int(hunk[1])
        elif number and line[:1] in ("+", " "):
            found[number] = line[1:]
            number += 1
    return found


def has_new_content(file: ChangedFile) -> bool:
    """Whether the file says something else than before: it was not removed, and not only moved."""
    if file.change in ("removed", "unchanged"):
        return False
    return file.change != "renamed" or bool(changed_lines(file))


def named(files: Iterable[ChangedFile], most: int = MOST_NAMED) -> str:
    """The first files' paths, as one reads them in a sentence."""
    paths = [file.path for file in files]
    return ", ".join(paths[:most]) + (", …" if len(paths) > most else "")

"""What a changed file amounts to."""

from collections.abc import Iterable

from os2kb.governance.facts import ChangedFile


def changed_lines(file: ChangedFile) -> int | None:
    """Lines added and removed; None where the forge said neither them nor the patch."""
    if file.lines is not None:
        return file.lines
    if file.patch is None:
        return None
    return sum(line[:1] in ("+", "-") for line in file.patch.splitlines())


def has_new_content(file: ChangedFile) -> bool:
    """Whether the file says something else than before: it was not removed, and not only moved."""
    if file.change in ("removed", "unchanged"):
        return False
    return file.change != "renamed" or bool(changed_lines(file))


def named(files: Iterable[ChangedFile], most: int = 3) -> str:
    """The first files' paths, as one reads them in a sentence."""
    paths = [file.path for file in files]
    return ", ".join(paths[:most]) + (", …" if len(paths) > most else "")

"""How a command shows where a passage stands, and whether it is in force."""

from collections.abc import Sequence

from index.passages import Language, Status
from os2kb.phrases import Phrase

_STATUS: dict[Status, Phrase] = {
    "draft": Phrase("udkast", "draft"),
    "proposal": Phrase("forslag", "proposal"),
    "superseded": Phrase("afløst", "superseded"),
    "archived": Phrase("arkiveret", "archived"),
}


def headings(title: str, heading: Sequence[str]) -> str:
    """A title and the headings below it, without a first heading that only repeats the title."""
    repeats = title and heading and heading[0].endswith(title)
    return " › ".join(filter(None, (title, *heading[1 if repeats else 0 :])))


def place(url: str, path: str, lines: tuple[int, int]) -> str:
    """File and lines, after the address where there is one."""
    first, last = lines
    where = f"{path}:{first}" + (f"-{last}" if last != first else "")
    return f"{url} · {where}" if url else where


def status_word(status: Status, language: Language) -> str:
    """*udkast* and the like; empty for what is in force."""
    return _STATUS[status].in_language(language) if status in _STATUS else ""

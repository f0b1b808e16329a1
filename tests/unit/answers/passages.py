"""Passages and hits for the tests, as the index would make them of one small file."""

from index.passages import Hit, Language, Passage, Status
from os2kb.answers.draft import Found


def passage(
    text: str,
    *,
    name: str = "p1",
    path: str = "docs/roller.md",
    first_line: int = 1,
    title: str = "Roller",
    heading: tuple[str, ...] = (),
    lang: Language = "da",
    status: Status = "current",
) -> Passage:
    """A passage that holds every line of `text`."""
    return Passage(
        id=name,
        source="håndbog",
        path=path,
        lines=(first_line, first_line + text.rstrip("\n").count("\n")),
        title=title,
        heading=heading,
        anchor="",
        text=text,
        url=f"https://example.org/{path}",
        product=None,
        kind="governance",
        lang=lang,
        status=status,
        visibility="public",
    )


def hits(*passages: Passage) -> tuple[Hit, ...]:
    """The passages as hits, best first."""
    return tuple(Hit(each, 1 - at / 10, "") for at, each in enumerate(passages))


def found(*passages: Passage, margin: float = 2.0) -> Found:
    """The passages as a search found them that is fairly sure of itself."""
    return Found(hits(*passages), margin=margin)

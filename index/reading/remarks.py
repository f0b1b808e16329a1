"""What a document's front matter says and nobody can use: whoever wrote it should know."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import NamedTuple, get_args

from index.masking import mask
from index.passages import Kind
from index.reading.decoding import printable, split_lines
from index.reading.front_matter import front_matter
from index.reading.standing.dates import date_in
from index.reading.standing.stated import DATE_KEYS, is_status

_SHOWN = 60  # characters of a value


class Remark(NamedTuple):
    """A mistake, on a line of the file (1-based)."""

    line: int
    said: str


def remarks(text: str) -> tuple[Remark, ...]:
    """The mistakes in a document's front matter; what it leaves out or says with Liquid is none."""
    lines = split_lines(mask(text))
    front, after = front_matter(lines)
    held = [line for line, left in zip(lines, after, strict=True) if line != left]
    return tuple(Remark(_line_of(key, held), said) for key, said in _mistakes(front))


def _mistakes(front: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    """Keys, and what is wrong with their values."""
    stated = {key: value for key, value in front.items() if value not in (None, "")}
    kinds = get_args(Kind)
    if "kind" in stated and str(stated["kind"]).lower() not in kinds:
        yield "kind", f"kind: {_shown(stated['kind'])} is none of {', '.join(kinds)}"
    if "status" in stated and not is_status(str(stated["status"])):
        yield "status", f"status: {_shown(stated['status'])} is not known, and counts as in force"
    for key in DATE_KEYS:
        value = stated.get(key, "")
        is_date = isinstance(value, date) or date_in(str(value))
        if value and not is_date and "{" not in str(value):  # Liquid
            yield key, f"{key}: {_shown(value)} is no date such as 2026-01-12"


def _shown(value: object) -> str:
    return f"“{printable(str(value))[:_SHOWN]}”"


def _line_of(key: str, front: list[str]) -> int:
    numbers = (
        at for at, line in enumerate(front, 1) if line.strip("- ").lower().startswith(f"{key}:")
    )
    return next(numbers, 1)

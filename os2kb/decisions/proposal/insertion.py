"""An entry put into the one file of a log: every other byte stays as it was, or nothing is done."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from os2kb.decisions.decision import Decision
from os2kb.decisions.entry import Entry, Format
from os2kb.decisions.reading.read import read_file
from os2kb.decisions.writing import log as log_writing
from os2kb.decisions.writing import page as page_writing
from os2kb.decisions.writing.parts import document

ONE_FILE: frozenset[Format] = frozenset({"page", "log"})
"""The formats in which one file holds all entries."""


def inserted(text: str, path: str, decision: Decision, as_format: Format) -> str:
    """The file with an entry more, where it belongs; empty where it cannot be put there unharmed.

    By day, in the order that the file is in. On a page it stands under its year, and under its
    product where the page is divided by products.

    Args:
        text: what the file says now; blank for none.
        path: the file's.
        decision: what is not there yet.
        as_format: of the log.
    """
    if not text.strip():
        write = log_writing.written_log if as_format == "log" else page_writing.written_page
        return write([decision])
    before = read_file(path, text)
    if as_format == "page" and before and not any(one.decision.product for one in before):
        decision = replace(decision, product="")
    lines = text.split("\n")
    block, at = _on_page(lines, before, decision)
    if as_format == "log":
        block, at = list(log_writing.written_entry(decision)), _by_day(before, decision.date)
    ended = "\r" if lines[0].endswith("\r") else ""
    told = [line + ended for line in document(block).rstrip("\n").split("\n")]
    made = "\n".join(_put(lines, told, len(lines) if at is None else at, ended))
    return made if _is_unharmed(before, read_file(path, made), decision) else ""


def _put(lines: Sequence[str], block: Sequence[str], at: int, ended: str) -> list[str]:
    """Lines with others put before the line of that number, from 0, and a blank one between."""
    while at == len(lines) and at and not lines[at - 1].strip():
        at -= 1
    above = [ended] if at and lines[at - 1].strip() else []
    below = [ended] if at < len(lines) and lines[at].strip() else []
    rest = list(lines[at:]) or [""]
    return [*lines[:at], *above, *block, *below, *rest]


def _by_day(entries: Sequence[Entry], day: date | None) -> int | None:
    """Before which line an entry of a day belongs, from 0; None for the end of the file.

    After the last entry means right after it: more may stand below, in the same group.
    """
    if not entries:
        return None
    days = [str(one.decision.date or "") for one in entries]
    own = str(day or "")
    if days[0] >= days[-1]:
        later = (one for one, its in zip(entries, days, strict=True) if its <= own)
    else:
        later = (one for one, its in zip(entries, days, strict=True) if its > own)
    following = next(later, None)
    return following.lines[0] - 1 if following else entries[-1].lines[1]


def _on_page(
    lines: Sequence[str], entries: Sequence[Entry], decision: Decision
) -> tuple[list[str], int | None]:
    """The blocks of an entry on a page, with the headings that it lacks; and where they belong."""
    own = list(page_writing.written_entry(decision))
    years = {
        number: line.strip("# \r")
        for number, line in enumerate(lines)
        if line.startswith("## ") and line.strip("# \r").isdecimal()
    }
    if not years and entries:
        return own, _by_day(entries, decision.date)
    year = page_writing.year_of(decision)
    of_year = [one for one in entries if page_writing.year_of(one.decision) == year]
    product = decision.product.casefold()
    alike = [one for one in of_year if one.decision.product.casefold() == product]
    if alike:
        return own, _by_day(alike, decision.date)
    heading = page_writing.product_heading(decision)
    begun = next((number for number, name in years.items() if name == year), None)
    if begun is not None:
        return [*heading, *own], begun + 1 if not of_year or not heading else of_year[-1].lines[1]
    rising = len(years) > 1 and list(years.values()) == sorted(years.values())
    later = (n for n, name in years.items() if (name > year if rising else name < year))
    return [f"## {year}", *heading, *own], next(later, None)


def _is_unharmed(before: Sequence[Entry], after: Sequence[Entry], decision: Decision) -> bool:
    """Whether all that was read before is read again, and one more: the decision."""
    left = [one.decision for one in after]
    own = [number for number, one in enumerate(left) if _same(one, decision)]
    if len(own) != 1:
        return False
    del left[own[0]]
    return left == [one.decision for one in before]


def _same(one: Decision, other: Decision) -> bool:
    def known(decision: Decision) -> tuple[object, ...]:
        parts = (decision.id, decision.title, decision.date, decision.issue, decision.decision)
        return (*parts, decision.context, decision.product.casefold())

    return known(one) == known(other)

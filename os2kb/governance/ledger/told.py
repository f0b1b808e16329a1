"""Whom our ledger says we told of a subject, and what we were cut off in telling."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from os2kb.governance.facts import Facts
from os2kb.governance.ledger.marks import NOT_CALLED_FOR, marker_line, own_comment
from os2kb.governance.receipts import Receipt

_TELL = "tell:"
_MENTION = "tell:mention:"
_PRIVATE = "tell:private:"
_ANEW = "tell:anew:"
_THE_MENTION = "mention"


@dataclass(frozen=True, slots=True)
class Mention:
    """A comment that mentions people: its number in the subject, and whom."""

    number: int
    to: tuple[str, ...]


def told(facts: Facts) -> frozenset[str]:
    """Whom we told, and who cannot be told, as the Policy named them then.

    A comment of ours that is there was made, whatever we heard of it; also one that came along from
    another product, of which the ledger says nothing here.
    """
    return frozenset(_mentioned_before_the_move(facts)) | frozenset(
        name
        for one in facts.receipts
        if one.action.startswith(_TELL) and not one.action.startswith(_PRIVATE)
        if _is_over(facts, one)
        for name in one.content.split("\n")
    )


def told_privately(facts: Facts) -> frozenset[str]:
    """The names under which something was told of a possible vulnerability."""
    return frozenset(
        one.action.removeprefix(_TELL)
        for one in facts.receipts
        if one.action.startswith(_PRIVATE) and _is_over(facts, one)
    )


def anew(at: datetime, to: str) -> str:
    """The name under which somebody is told once of a reopening; all whom one comment mentions."""
    name = _THE_MENTION if to.startswith("@") else to
    return f"{_ANEW.removeprefix(_TELL)}{at:%Y%m%dT%H%M%S}:{name}"


def told_anew_of(facts: Facts, at: datetime) -> frozenset[str]:
    """Whom we told of a reopening."""
    begins = f"{_ANEW}{at:%Y%m%dT%H%M%S}:"
    ours = (one for one in facts.receipts if one.action.startswith(begins) and _is_over(facts, one))
    return frozenset(name for one in ours for name in one.content.split("\n"))


def cut_off_mention(facts: Facts) -> Mention | None:
    """The mention that never got through, cut off or refused; None for none."""
    return next(
        (
            Mention(number, tuple(one.content.split("\n")))
            for number, one in _mentions(facts)
            if one.state in ("planned", "skipped") and not _is_over(facts, one)
        ),
        None,
    )


def next_mention(facts: Facts) -> int:
    """The number of the next one.

    Our comments count, too: a subject that was moved here brings those of another product along.
    """
    known = {number for number, _ in _mentions(facts)}
    number = max(known, default=0) + 1
    while own_comment(facts, f"{_MENTION}{number}") is not None:
        number += 1
    return number


def _mentions(facts: Facts) -> Iterator[tuple[int, Receipt]]:
    for one in facts.receipts:
        number = one.action.removeprefix(_MENTION)
        if number != one.action and number.isdecimal():
            yield int(number), one


def _mentioned_before_the_move(facts: Facts) -> Iterator[str]:
    """People and teams; streams and mailboxes are told where it is now."""
    moved, opening = facts.moved_at, marker_line(_MENTION).removesuffix(" -->")
    ours = (one for one in facts.comments if one.author.is_self and one.body.startswith(opening))
    for one in ours:
        if moved and one.created_at <= moved:
            to = one.body.partition("\n")[2].partition("\n")[0]
            yield from (name for name in to.split() if name.startswith("@"))


def _is_over(facts: Facts, receipt: Receipt) -> bool:
    """Whether it was made, or never can be: a mention that the forge refused is tried again."""
    if receipt.state not in ("planned", "skipped"):
        return True
    of_anew = receipt.action.startswith(_ANEW) and receipt.action.endswith(f":{_THE_MENTION}")
    if receipt.action.startswith(_MENTION) or of_anew or receipt.state == "planned":
        return own_comment(facts, receipt.action) is not None
    return receipt.note != NOT_CALLED_FOR

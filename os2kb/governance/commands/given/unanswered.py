"""Which comments give commands that nobody has seen to yet, and notes of what became of them."""

import re
from collections import defaultdict, deque
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

from os2kb.governance.actions import DONE, Remember
from os2kb.governance.commands.given.command import Command, commands_in, may_give_commands
from os2kb.governance.facts import Comment, Facts
from os2kb.governance.ledger.marks import latest
from os2kb.governance.receipts import Receipt

TOO_OLD = timedelta(days=7)
MOST_AN_HOUR = 20
"""Comments of one person on one subject whose commands are seen to within an hour."""
HOUR = timedelta(hours=1)
KEEP_ASKERS = TOO_OLD + HOUR
"""For how long it matters whose commands our ledger says were seen to."""

_LEFT_ALONE = "left alone"
_TOO_MANY = "too many in an hour"
_REPLY = re.compile(r"\s*<!-- os2kb:reply:(\d{1,20}) -->")


def unanswered(facts: Facts, now: datetime) -> tuple[tuple[Comment, tuple[Command, ...]], ...]:
    """The comments that give commands and have no reply yet, oldest first.

    Nobody waits for a reply to an old comment: where the bot is new, it leaves old talk alone. What
    a person writes beyond `MOST_AN_HOUR` is left alone for good. One whose commands were
    carried out or begun stays, also where it was edited since: it gives none any more, and is owed
    its reply. What was written before the subject was moved here was for another product's bot.
    """
    waiting = (comment for comment, earlier in _waiting(facts, now) if earlier is not None)
    return tuple((comment, commands_in(comment)) for comment in waiting)


def beyond_the_bound(facts: Facts, now: datetime) -> tuple[Remember, ...]:
    """Notes of what is left alone for good, also once earlier comments are deleted."""
    over = (comment.id for comment, earlier in _waiting(facts, now) if earlier is None)
    return tuple(Remember(f"command:{one}", _TOO_MANY, because="/os2", asked=True) for one in over)


def last_of_the_hour(facts: Facts, now: datetime) -> frozenset[int]:
    """Those of them after which their writer's next ones are left alone for a while."""
    last = MOST_AN_HOUR - 1
    return frozenset(one.id for one, earlier in _waiting(facts, now) if (earlier or 0) >= last)


def _waiting(facts: Facts, now: datetime) -> Iterator[tuple[Comment, int | None]]:
    """Each, and how many of its writer's are seen to in the hour before it; None: too many."""
    deleted = _deleted(facts)
    over, decided, too_many = _seen_to(facts), _decided(facts, now), _noted(facts, _TOO_MANY)
    over_until = max(now - TOO_OLD, facts.moved_at or now - TOO_OLD)
    lately: defaultdict[str, deque[datetime]] = defaultdict(deque)
    for comment in facts.comments:
        if comment.id in too_many:  # and it takes nothing from the hour
            continue
        waits = comment.id not in over
        new = waits and comment.id not in decided
        if new and (comment.created_at <= over_until or not may_give_commands(comment)):
            continue
        times = lately[comment.author.login]
        while times and comment.created_at - times[0] >= HOUR:
            times.popleft()
        gone = sum(
            number < comment.id and comment.created_at - at < HOUR
            for number, at in deleted.get(comment.author.login, ())
        )
        earlier = len(times) + gone
        if new and earlier >= MOST_AN_HOUR:
            yield comment, None
            continue
        if new and not commands_in(comment):
            continue
        if waits:
            yield comment, earlier
        times.append(comment.created_at)


def askers(facts: Facts) -> Mapping[str, str]:
    """Action key to the login of whose commands it sees to, for what our ledger is to keep."""
    return {
        key: one.author.login
        for one in facts.comments
        if not one.author.is_self
        for key in (f"command:{one.id}", f"comment:reply:{one.id}")
    }


def _deleted(facts: Facts) -> Mapping[str, list[tuple[int, datetime]]]:
    """Comments that were seen to and are gone, with their numbers and when that was, by login.

    Numbers tell their order: when we saw to them, our clock says, and that may be later.
    """
    kept = {one.id for one in facts.comments} | _noted(facts, _TOO_MANY)
    found: dict[int, Receipt] = {}
    for one in facts.receipts:
        comment = one.action.rpartition(":")[2]
        if one.asker and comment.isdigit() and int(comment) not in kept:
            found.setdefault(int(comment), one)
    by_login: defaultdict[str, list[tuple[int, datetime]]] = defaultdict(list)
    for number, first in found.items():
        by_login[first.asker].append((number, first.at))
    return by_login


def _seen_to(facts: Facts) -> set[int]:
    """Comments that were answered or left alone, as the ledger or our reply itself shows."""
    done = [one.action for one in facts.receipts if one.state in ("applied", "undone")]
    answered = {one for one in done if one.startswith("comment:reply:")}
    ours = (_REPLY.match(one.body) for one in facts.comments if one.author.is_self)
    named = [one.rpartition(":")[2] for one in answered]
    shown = {int(one) for one in (*named, *(found[1] for found in ours if found)) if one.isdigit()}
    return shown | _noted(facts, _LEFT_ALONE)


def _noted(facts: Facts, what: str) -> set[int]:
    """Comments of which our ledger says this last."""
    notes = {one.action: one for one in facts.receipts if _is_note(one)}
    said = [one for one in notes.values() if (one.state, one.content) == ("applied", what)]
    return {int(one.action.rpartition(":")[2]) for one in said}


def _is_note(receipt: Receipt) -> bool:
    return receipt.action.startswith("command:")


def is_done(facts: Facts, comment: int) -> bool:
    """Whether the commands of a comment were carried out."""
    kept = latest(facts.receipts, f"command:{comment}")
    return kept is not None and (kept.state, kept.content) == ("applied", DONE)


def begun(facts: Facts, now: datetime) -> dict[int, Receipt]:
    """Comment ids, with the planned note that they were, where carrying them out was cut off.

    They are finished as they were decided, whatever became of the comment; a week later nobody
    expects that any more.
    """
    notes = _decided(facts, now)
    return {comment: note for comment, note in notes.items() if note.state == "planned"}


def _decided(facts: Facts, now: datetime) -> dict[int, Receipt]:
    """The same of those that were carried out as well: each is owed its reply."""
    notes = {one.action: one for one in facts.receipts if _is_note(one)}
    return {
        int(one.action.rpartition(":")[2]): one
        for one in notes.values()
        if one.content == DONE and one.state in ("planned", "applied") and now - one.at < TOO_OLD
    }


def note_done(comment: int) -> Remember:
    """The note that they were."""
    return Remember(f"command:{comment}", DONE, because="/os2")


def leave_alone(comment: int) -> Remember:
    """The note that nothing more comes of them; an observing bot may write it into its ledger."""
    return Remember(f"command:{comment}", _LEFT_ALONE, because="/os2", asked=True)

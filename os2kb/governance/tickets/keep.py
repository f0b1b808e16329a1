"""What keeps an issue and its ticket in step now: Facts and Policy to what comes of each field.

What GitHub may see of the ticket comes from `os2kb.backlog.leaving` alone.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from os2kb.backlog.comments import Copy, Done, merge_comments
from os2kb.backlog.copies import written_copy
from os2kb.backlog.merge import Merged, Rules, Write, merge
from os2kb.backlog.sides import LONGEST, MANY, Side, Value, Values, nothing, other
from os2kb.backlog.why import WHY
from os2kb.governance.actions import Carry, CopyComment
from os2kb.governance.actions.carry import BECAUSE, CARRY, Carried
from os2kb.governance.facts import Facts
from os2kb.governance.ledger.marks import ALREADY_SO, NOT_CALLED_FOR, latest
from os2kb.governance.receipts import Receipt
from os2kb.governance.tickets.agreed import chosen_after, chosen_for, chosen_in, got_through
from os2kb.governance.tickets.in_step import FieldInStep, InStep
from os2kb.governance.tickets.pair import Pair, pair_of
from os2kb.governance.tickets.retract import left_public
from os2kb.governance.tickets.ways import through_workflow
from os2kb.phrases import Phrase
from os2kb.policy.policy import Policy
from os2kb.policy.sections.jira import FieldName

TRY_AGAIN, SHOWS_BY = timedelta(days=1), timedelta(minutes=1)
_WHY: Mapping[str, Phrase] = {
    "undone": Phrase(
        "Det blev taget tilbage med `/os2 undo`, så det føres ikke over igen.",
        "It was taken back by `/os2 undo`, so it is not carried over again.",
    ),
    "refused": Phrase(
        "Den anden side afviste det; grunden står i loggen hos den, der driver mig, og jeg prøver "
        "igen i morgen.",
        "The other side refused it; the reason is in the log of whoever runs me, and I try again "
        "tomorrow.",
    ),
    "closed-off": Phrase(
        "Den anden side er låst eller arkiveret.", "The other side is locked or archived."
    ),
}


def kept_in_step(facts: Facts, policy: Policy, now: datetime) -> InStep | None:
    """What is to be done, and why the rest is not; None where nothing is to be kept in step."""
    pair = pair_of(facts, policy)
    if pair is None:
        return None
    late = _late(pair, now)
    merged = _merged(pair, frozenset(late))
    fields = tuple(_field(pair, one, now) for one in merged)
    comments = comments_of(pair)
    copies = tuple(_copies(pair, comments, now))
    torn = {f"{one.comment.side}:{one.comment.id}": one for one in comments if _is_torn(one)}
    return InStep(
        fields,
        comments,
        copies,
        texts={name: pair.texts_of(one) for name, one in torn.items()},
        shown=pair.left.shown,
        shown_texts={name: pair.shown_of(one) for name, one in torn.items()},
        github=pair.values["github"],
        stays=pair.left.stays,
        left_public=left_public(facts, policy),
        losses=pair.losses,
        agreed={**pair.linked.agreed, **_agreed_now(pair, merged)},
        found=_found(pair, comments),
        wake_at=min(
            (*(one.try_again for one in fields if one.try_again), *late.values()), default=None
        ),
    )


def comments_of(pair: Pair) -> tuple[Done, ...]:
    """What comes of each comment, by what people chose where it and its copy were both edited."""
    merged = merge_comments(
        pair.comments,
        pair.copies,
        pair.section.direction("comments"),
        public="comments" in pair.section.public,
    )
    return tuple(_chosen(pair, one) if _is_torn(one) else one for one in merged)


def _is_torn(one: Done) -> bool:
    return one.outcome == "conflict"


def _chosen(pair: Pair, one: Done) -> Done:
    """A copy is written anew from its source, or is right as it is; a source is never touched."""
    side = chosen_for(pair.facts, f"{one.comment.side}:{one.comment.id}", pair.texts_of(one))
    if side is None:
        return one
    if side != one.comment.side:
        return replace(one, outcome="same", settled=True)
    return replace(one, outcome="updated", text=one.comment.text)


def _found(pair: Pair, comments: tuple[Done, ...]) -> Mapping[Side, tuple[Copy, ...]]:
    """Copies to note: those that nothing was noted of, and those that are right as they are."""
    right = {(one.comment.side, one.comment.id): one.comment for one in comments if one.settled}
    found = {}
    for side, known in pair.copies.items():
        now = (
            replace(copy, base=right[side, copy.source].text)
            if (side, copy.source) in right
            else copy
            for copy in known
        )
        found[side] = tuple(one for one in now if one not in pair.linked.copies.get(side, ()))
    return found


def _late(pair: Pair, now: datetime) -> Mapping[FieldName, datetime]:
    """What we wrote on GitHub a moment ago and it does not show yet, with when to look again.

    To take the old value for a change would undo, in Jira, what was just carried from there.
    """
    found = {}
    for name, value in pair.values["github"].items():
        last = latest(pair.facts.receipts, f"{CARRY}github:{name}")
        if last is None or last.state != "applied" or now - last.at >= SHOWS_BY:
            continue
        is_older = pair.facts.updated_at < last.at.replace(microsecond=0)
        if is_older and not got_through(Carried.read(last.content), value):
            found[name] = last.at + SHOWS_BY
    return found


def _merged(pair: Pair, late: frozenset[FieldName]) -> tuple[Merged, ...]:
    directions = {name: pair.section.direction(name) for name in pair.merged}
    public = frozenset(pair.left.shown) & frozenset(pair.section.public)
    return merge(
        pair.base,
        pair.said["github"].without(late),
        pair.said["jira"],
        Rules(directions, public),
        chosen_in(pair.facts, pair.values),
    )


def _agreed_now(pair: Pair, merged: tuple[Merged, ...]) -> Values:
    """The base of each field without what is still to be written."""
    found = {}
    for one in merged:
        base = pair.base.get(one.field, nothing(one.field))
        github, jira = (values.get(one.field, base) for values in pair.values.values())
        if one.outcome == "same":
            found[one.field] = one.agreed
        elif one.field in MANY and one.outcome not in ("held", "unsayable", "unread"):
            both = frozenset(github), frozenset(jira)
            found[one.field] = (both[0] & both[1]) | ((both[0] ^ both[1]) & frozenset(base))
        elif one.field in pair.base:
            found[one.field] = base
    return found


def _field(pair: Pair, one: Merged, now: datetime) -> FieldInStep:
    if one.outcome != "carried":
        return FieldInStep(one, one.outcome, WHY[one.outcome])
    carries, stopped = [], []
    for write in one.writes:
        found = _carry(pair, one, write, now)
        if isinstance(found, Carry):
            carries.append(found)
        else:
            stopped.append(found)
    if carries or not stopped:
        return FieldInStep(one, "carried", WHY["carried"], tuple(carries))
    return stopped[0]


def _carry(pair: Pair, one: Merged, write: Write, now: datetime) -> Carry | FieldInStep:
    """The write as an Action, or why it is not to be made."""
    if pair.facts.locked if write.side == "github" else pair.jira.read.archived:
        return FieldInStep(one, "closed-off", _WHY["closed-off"])
    key = f"{CARRY}{write.side}:{one.field}"
    write = replace(write, value=_without_undone(pair.facts, key, write))
    if write.value == write.expects:
        return FieldInStep(one, "undone", _WHY["undone"])
    last = latest(pair.facts.receipts, key)
    again = _refused_until(last, now) if last else None
    if last and again and Carried.read(last.content).value == write.value:
        return FieldInStep(one, "refused", _WHY["refused"], try_again=again)
    carry = _action(pair, write)
    if one.field == "status" and write.side == "jira":
        return through_workflow(pair, one, carry)
    return carry


def _action(pair: Pair, write: Write) -> Carry:
    side = pair.github if write.side == "github" else pair.jira
    return Carry(
        write.side,
        write.field,
        write.value,
        write.expects,
        pair.base.get(write.field, nothing(write.field)),
        side.told(write.field, write.value, write.expects),
        _own(pair, write),
        pair.github.among(write.field) if write.side == "github" else frozenset(),
        because=BECAUSE,
    )


def _without_undone(facts: Facts, key: str, write: Write) -> Value:
    """The value to write without what was taken back; what the side says, where that is all.

    Of several values each was taken back by itself, and may have been carried again since.
    """
    done = [one for one in facts.receipts if one.action == key]
    if isinstance(write.value, str):
        last = done[-1] if done else None
        if last is None or last.state != "undone" or chosen_after(facts, write.field, last):
            return write.value
        same = Carried.read(last.content).value == write.value
        return write.expects if same else write.value
    not_on: frozenset[str] = frozenset()
    not_off: frozenset[str] = frozenset()
    for one in done:
        on, off = Carried.read(one.content).turned
        if one.state == "undone":
            not_on, not_off = not_on | on, not_off | off
        elif one.state == "applied":
            not_on, not_off = not_on - on, not_off - off
    return (write.value - not_on) | (not_off & frozenset(write.expects))


def _own(pair: Pair, write: Write) -> str | frozenset[str]:
    if write.side == "jira":
        return pair.jira.own(write.field)
    if write.field == "assignee":
        logins = {one.casefold(): one for one in pair.facts.assignees}
        return logins.get(str(write.expects), "")
    return pair.github.own(write.field)


def _refused_until(last: Receipt, now: datetime) -> datetime | None:
    refused = last.state == "skipped" and last.note not in (NOT_CALLED_FOR, ALREADY_SO)
    again = last.at + TRY_AGAIN
    return again if refused and now < again else None


def _copies(pair: Pair, comments: tuple[Done, ...], now: datetime) -> Iterator[CopyComment]:
    for one in comments:
        target = other(one.comment.side)
        shut = pair.facts.locked if target == "github" else pair.jira.read.archived
        if one.outcome not in ("created", "updated") or shut:
            continue
        body, expects = _body(pair, one), pair.own_words(target, one.copy)
        copy = CopyComment(
            target, one.comment.id, body, one.text, one.copy, expects, because=BECAUSE
        )
        last = latest(pair.facts.receipts, copy.key)
        stopped = last is not None and (
            last.state == "undone" or (last.content == copy.content and _refused_until(last, now))
        )
        if not stopped and len(copy.body) <= LONGEST[(target, "comments")]:
            yield copy


def _body(pair: Pair, one: Done) -> str:
    side: Side = one.comment.side
    if side == "github":
        said = next(said for said in pair.facts.comments if str(said.id) == one.comment.id)
        return written_copy(side, one.text, said.author.login, said.url, pair.facts.language)
    author = next(said for said in pair.jira.read.comments if said.id == one.comment.id).author
    url = f"{pair.linked.url}?focusedCommentId={one.comment.id}"
    who = pair.jira.words.login(author) or ""
    return written_copy(side, one.text, who, url, pair.facts.language)

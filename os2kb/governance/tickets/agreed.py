"""What an issue and its ticket agreed on last, and what people said about it since."""

from collections.abc import Mapping

from os2kb.backlog.leaving import mark_of
from os2kb.backlog.sides import MANY, Side, Value, Values, Words, nothing
from os2kb.governance.actions.carry import CARRY, Carried
from os2kb.governance.facts import Facts
from os2kb.governance.receipts import Receipt
from os2kb.governance.tickets.linked import made_by_us
from os2kb.policy.sections.jira import FieldName

CHOICE, RELEASED = "jira:choice:", "hold:release:"
"""How the names begin of what is kept of `/os2 jira sync FIELD SIDE` and of a release."""
_IN_HISTORY: Mapping[FieldName, tuple[str, ...]] = {
    "title": ("summary",),
    "type": ("issuetype",),
    "severity": ("priority",),
    "fixVersion": ("fixversions", "fix version"),
}


def base_of(facts: Facts, said: Mapping[Side, Values]) -> dict[FieldName, Value]:
    """The value of each field that both agreed on last.

    Of a ticket that we made, what nobody else has set there counts as agreed on: the issue says
    more. A write whose answer we never heard was agreed on where it shows.
    """
    linked = facts.ticket
    assert linked is not None  # or there is nothing to agree with  # noqa: S101
    base: dict[FieldName, Value] = dict(linked.agreed)
    if made_by_us(facts):
        for name, value in said["jira"].items():
            if name not in base and not _theirs(facts, name):
                base[name] = value
    for side, values in said.items():
        for name, value in values.items():
            cut_off = _cut_off(facts.receipts, f"{CARRY}{side}:{name}")
            if cut_off is not None and _on_the_way(facts, side, name, value):
                base[name] = value
            elif cut_off is not None:
                base[name] = _got_through(cut_off, value, base.get(name, nothing(name)), name)
    return base


def half_put_on(
    facts: Facts, labels: Mapping[FieldName, Words], jira: Values
) -> dict[FieldName, Value]:
    """What the issue says of fields that one label stands for, where we were cut off in between.

    The new label was put on, and the old one is still there. It counts as saying the one that the
    ticket does not say, so that the labels are put right.

    Args:
        facts: with the ledger.
        labels: those of each field that are there now.
        jira: what the ticket says.
    """
    found: dict[FieldName, Value] = {}
    for name, now in labels.items():
        cut_off = _cut_off(facts.receipts, f"{CARRY}github:{name}")
        if cut_off is not None and now == frozenset(cut_off.put) | frozenset(cut_off.expects):
            is_back = jira.get(name) == cut_off.before
            found[name] = cut_off.value if is_back else cut_off.before
    return found


def got_through(carried: Carried, now: Value) -> bool:
    """Whether what was to be set shows: of several values, at least one that was changed."""
    if isinstance(now, str) or isinstance(carried.value, str):
        return now == carried.value
    on, off = carried.turned
    return bool((on & now) or (off - now))


def agreed_after(carried: Carried, base: Value) -> Value:
    """The base once something was carried; of several values only those that were."""
    if isinstance(carried.value, str) or isinstance(base, str):
        return carried.value
    on, off = carried.turned
    return (base | on) - off


def choice(side: Side, said: Mapping[Side, Value]) -> str:
    """What is kept of whose value a person chose, of exactly these two."""
    return " ".join((side, _mark(said["github"]), _mark(said["jira"])))


def chosen_in(facts: Facts, said: Mapping[Side, Values]) -> dict[FieldName, Side]:
    """Whose value a person chose, until it was carried or either side says something else."""
    found: dict[FieldName, Side] = {}
    for name, value in said["github"].items():
        kept = _applied(facts, f"{CHOICE}{name}")
        if kept is None or name in MANY or _is_carried(facts, name, kept):
            continue
        values: dict[Side, Value] = {"github": value, "jira": said["jira"].get(name, "")}
        for side in values:
            if kept.content == choice(side, values):
                found[name] = side
    return found


def chosen_for(facts: Facts, comment: str, said: Mapping[Side, Value]) -> Side | None:
    """Whose text a person chose for a comment and its copy, of exactly these two.

    Args:
        comment: side and id of the source, `github:77`.
    """
    kept = _applied(facts, f"{CHOICE}{comment}")
    return next((side for side in said if kept and kept.content == choice(side, said)), None)


def chosen_after(facts: Facts, name: FieldName, receipt: Receipt) -> bool:
    """Whether a person chose a side of a field after that was done."""
    kept = _applied(facts, f"{CHOICE}{name}")
    return kept is not None and facts.receipts.index(kept) > facts.receipts.index(receipt)


def _is_carried(facts: Facts, name: FieldName, kept: Receipt) -> bool:
    """Whether a choice has had its effect: the same two values may differ again one day."""
    keys = {f"{CARRY}{side}:{name}" for side in ("github", "jira")}
    since = facts.receipts[facts.receipts.index(kept) :]
    return any(one.action in keys and one.state in ("applied", "undone") for one in since)


def released_in(facts: Facts) -> frozenset[str]:
    """Marks of the texts that a person let go."""
    return frozenset(
        one.action.removeprefix(RELEASED)
        for one in facts.receipts
        if one.action.startswith(RELEASED) and one.state == "applied"
    )


def _theirs(facts: Facts, name: FieldName) -> bool:
    ticket = facts.ticket.ticket if facts.ticket else None
    if ticket is None or ticket.history_cut:
        return True
    return any(one in ticket.chosen for one in _IN_HISTORY.get(name, (name,)))


def _cut_off(receipts: tuple[Receipt, ...], key: str) -> Carried | None:
    planned = [one for one in receipts if one.action == key and one.state == "planned"]
    return Carried.read(planned[-1].content) if planned else None


def _on_the_way(facts: Facts, side: Side, name: FieldName, now: Value) -> bool:
    """Whether it is open only because we were cut off on the way from one ending to another.

    By the histories: where anybody else opened it, or may have, that is theirs.
    """
    if name != "status" or now != "open":
        return False
    if side == "jira":
        return not _theirs(facts, name)
    turns = [one for one in facts.turns if one.turn in ("closed", "reopened")]
    return bool(turns) and turns[-1].actor.is_self


def _got_through(carried: Carried, now: Value, base: Value, name: FieldName) -> Value:
    if name not in MANY or isinstance(now, str) or isinstance(base, str):
        return now if got_through(carried, now) else base
    on, off = carried.turned
    return (base | (on & now)) - (off - now)


def _applied(facts: Facts, name: str) -> Receipt | None:
    kept = [one for one in facts.receipts if one.action == name and one.state == "applied"]
    return kept[-1] if kept else None


def _mark(value: Value) -> str:
    return mark_of(value if isinstance(value, str) else "\n".join(sorted(value)))

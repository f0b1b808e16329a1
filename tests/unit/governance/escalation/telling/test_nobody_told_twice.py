"""Nobody is told twice, whatever happens and however often we are cut off."""

from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from os2kb.governance.actions import Tell
from os2kb.governance.facts import Role
from os2kb.governance.ledger.marks import own_comment
from tests.examples import examples
from tests.unit.governance.cases import SELF, START, comment
from tests.unit.governance.escalation.at_work import (
    BO,
    DRIFT,
    EVERYBODY,
    KIM,
    MAY_ESCALATE,
    Desk,
    fault,
    messages,
    model,
    planned,
    whom,
)

# What may happen between two looks.
steps = st.lists(
    st.tuples(
        st.integers(1, 900),
        st.sampled_from(
            (
                *("look", "look", "look", "cut off before", "cut off after", "deleted"),
                *("answer", "asked", "label", "unlabel", "escalate", "full", "room"),
                *("closed", "reopened"),
            )
        ),
    ),
    max_size=14,
)


@examples(60)
@given(st.sampled_from(("kritisk", "mindre")), steps)
def test_nobody_is_told_twice_whatever_happens_and_however_often_we_are_cut_off(
    severity: str, happens: list[tuple[int, str]]
) -> None:
    desk = Desk(fault(severity, roles={"kim": Role.TRIAGE}), model(MAY_ESCALATE))
    heard: Counter[str] = Counter()
    at = START
    for number, (after, step) in enumerate(happens):
        at += timedelta(minutes=after)
        happened(desk, heard, step, at, number)
    look(desk, heard, at)
    reopened = sum(one.turn == "reopened" for one in desk.facts.turns)
    assert all(heard[name] <= 1 + (name == DRIFT) * reopened for name in heard)
    assert set(heard) <= set(EVERYBODY)
    assert whom(desk.plan(at)) == []  # and a second look tells nobody
    assert desk.plan(at).writes() == ()


def look(desk: Desk, heard: Counter[str], at: datetime) -> None:
    for one in messages(desk.look(at)):
        heard.update(one.to)


def happened(desk: Desk, heard: Counter[str], step: str, at: datetime, number: int) -> None:
    match step:
        case "look":
            look(desk, heard, at)
        case "cut off before" | "cut off after":
            cut_off(desk, heard, at, written=step == "cut off after")
        case "deleted":
            delete_ours(desk)
        case "closed" if desk.facts.open:
            desk.turn("closed", BO, at)
        case "reopened" if not desk.facts.open:
            desk.turn("reopened", KIM, at)
        case "answer":
            desk.comment("Vi er på den", BO, at, number=1_000 + number)
        case "asked":
            desk.label("afventer svar", BO, at)
        case "label":
            desk.label("fejl: alvorlig", KIM, at)
        case "unlabel" if "afventer svar" in desk.facts.labels:
            desk.label("afventer svar", BO, at, on=False)
        case "escalate":
            desk.comment("/os2 escalate", KIM, at, number=1_000 + number)
        case "full":
            desk.facts = replace(desk.facts, messages=dict.fromkeys(EVERYBODY, 99))
        case "room":
            desk.facts = replace(desk.facts, messages={})


def delete_ours(desk: Desk) -> None:
    """A person deletes what we wrote and know that we wrote."""
    known = [r.action for r in desk.facts.receipts if r.state == "applied"]
    ours = [own_comment(desk.facts, action) for action in known if action.startswith("tell:")]
    left = tuple(one for one in desk.facts.comments if one not in ours)
    desk.facts = replace(desk.facts, comments=left)


def cut_off(desk: Desk, heard: Counter[str], at: datetime, *, written: bool) -> None:
    """A look that is killed at its first message: planned, and perhaps it got through.

    A chat hears a message once for each name that it is sent under; a comment shows.
    """
    writes = desk.plan(at).writes()
    first = next((n for n, one in enumerate(writes) if isinstance(one, Tell)), None)
    if first is None:
        desk.write(writes)
        return
    desk.write(writes[:first])
    told = writes[first]
    assert isinstance(told, Tell)
    same = replace(planned(told), plan=max((r.plan for r in desk.facts.receipts), default=0) + 1)
    held = [r for r in desk.facts.receipts if (r.action, r.state) != (same.action, "planned")]
    comments = desk.facts.comments
    if written and told.to[0].startswith("@"):
        heard.update(told.to)
        comments = (*comments, comment(told.body, 5_000 + len(comments), SELF))
    desk.facts = replace(desk.facts, receipts=(*held, same), comments=comments)

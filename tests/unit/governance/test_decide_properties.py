"""What holds of every Plan, whatever the Facts."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from random import Random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from os2kb.governance.decide import decide
from os2kb.governance.facts import ChangedFile, Facts, Linked, Role
from os2kb.governance.plan import (
    Action,
    AddLabel,
    PutComment,
    React,
    Remember,
    RemoveLabel,
    SetCheck,
    Undo,
    numbered,
)
from os2kb.governance.receipts import Receipt, next_plan
from tests.unit.governance.cases import (
    ANSWER,
    BO,
    IDA,
    NOW,
    OTHER_BOT,
    POLICY,
    REPOSITORY,
    SELF,
    comment,
    event,
    issue,
    pull,
)
from tests.unit.governance.test_neutralise import ATTACKS, rendered_text
from tests.unit.governance.world import World

TITLES = (
    *("Kalenderen opdateres ikke", "Ønske om eksport", "Eksport", "XSS i søgefeltet"),
    *("Hvordan gør jeg?", "Fejl i dokumentationen", "[12]: Ret"),
)
BODIES = (
    *("", "Tak.", "/os2 help", "/os2 why", "/os2 ask Hvem?", "/os2 x", "Sikkerhedshul her"),
    *(
        "/os2 recheck",
        "/os2 label bug",
        "/os2 label Spørgsmål",
        "/os2 label wontfix",
        "/os2 label x",
    ),
    *("/os2 ignore", "/os2 ignore linked-issue", "/os2 ignore security-report", "/os2 pause"),
    *("/os2 resume", "/os2 resume linked-issue", "/os2 undo", "/os2 pause\n/os2 label Bug"),
)
FILES = (
    ChangedFile("src/app.php", "modified", "+x"),
    ChangedFile("README.md", "modified", "+x"),
    ChangedFile("CHANGELOG.md", "modified", "@@ -1 +1,2 @@\n ## [Unreleased]\n+- x"),
    ChangedFile("CHANGELOG.md", "modified", None),
)
labels = st.sampled_from(REPOSITORY.labels)
texts = st.sampled_from(TITLES) | st.sampled_from(ATTACKS) | st.text(max_size=20)


@st.composite
def subjects(draw: st.DrawFn) -> Facts:
    """Issues and pull requests with a past: labels and comments by people, bots and us."""
    whole = issue if draw(st.booleans()) else pull
    people = st.sampled_from((IDA, BO, OTHER_BOT, SELF))
    comments = tuple(
        comment(draw(st.sampled_from(BODIES)), 100 + place, draw(people))
        for place in range(draw(st.integers(0, 3)))
    )
    history = tuple(
        event(draw(labels), added=draw(st.booleans()), actor=draw(people), minute=minute)
        for minute in range(draw(st.integers(0, 4)))
    )
    facts = replace(
        whole(),
        title=draw(texts),
        body=draw(texts | st.sampled_from(BODIES)),
        author=draw(st.sampled_from((IDA, OTHER_BOT))),
        open=draw(st.booleans()) or draw(st.booleans()),
        locked=draw(st.booleans()) and draw(st.booleans()),
        labels=tuple(draw(st.lists(labels, unique=True, max_size=3))),
        comments=comments,
        history=history,
        language=draw(st.sampled_from(("da", "en"))),
        answers={one.id: ANSWER for one in comments},
        linked=draw(st.sampled_from(((), (Linked(12),)))),
        roles={"ida": draw(st.sampled_from(Role)), "bo": draw(st.sampled_from(Role))},
        proposed_policy_problems=draw(st.sampled_from((None, ()))),
    )
    if facts.pull_request is None:
        return facts
    files = tuple(draw(st.lists(st.sampled_from(FILES), max_size=2)))
    return replace(facts, pull_request=replace(facts.pull_request, files=files))


def applied(facts: Facts, actions: tuple[Action, ...]) -> Facts:
    """What a forge and our ledger look like once the actions are carried out."""
    first = next_plan(facts.receipts)
    for place, (number, action) in enumerate(numbered(actions, first)):
        at = NOW + timedelta(seconds=place)
        facts = _written(facts, action, place)
        done = Receipt(action.key, "applied", action.because, at, action.content, plan=number)
        facts = replace(facts, receipts=(*facts.receipts, done))
    return facts


def _written(facts: Facts, action: Action, place: int) -> Facts:
    match action:
        case AddLabel():
            return _label(facts, action.label, added=True, minute=60 + place)
        case RemoveLabel():
            return _label(facts, action.label, added=False, minute=60 + place)
        case PutComment():
            first = f"<!-- os2kb:{action.marker} -->"
            others = tuple(one for one in facts.comments if not one.body.startswith(first))
            return replace(
                facts, comments=(*others, comment(action.body, 500 + len(facts.comments), SELF))
            )
        case Undo():
            return _taken_back(facts, action.receipt, 60 + place)
        case SetCheck() | React() | Remember():
            return facts


def _label(facts: Facts, label: str, *, added: bool, minute: int) -> Facts:
    """The label put on or taken off, in the case the repository writes it in."""
    others = tuple(one for one in facts.labels if one != label)
    return replace(
        facts,
        labels=(*others, label) if added else others,
        history=(*facts.history, event(label, added=added, actor=SELF, minute=minute)),
    )


def marked_undone(receipts: Iterable[Receipt], undone: Receipt) -> tuple[Receipt, ...]:
    """The ledger, in which a receipt is known by its action and its Plan."""
    same = (undone.action, undone.plan)
    return tuple(
        replace(one, state="undone") if (one.action, one.plan) == same else one for one in receipts
    )


def _taken_back(facts: Facts, receipt: Receipt, minute: int) -> Facts:
    facts = replace(facts, receipts=marked_undone(facts.receipts, receipt))
    match receipt.action.split(":", 2):
        case ["label", verb, label]:
            return _label(facts, label, added=verb == "remove", minute=minute)
        case ["comment", marker]:
            first = f"<!-- os2kb:{marker} -->"
            kept = tuple(one for one in facts.comments if not one.body.startswith(first))
            return replace(facts, comments=kept)
    return facts


@settings(deadline=None)
@given(subjects())
def test_a_second_decision_plans_nothing(facts: Facts) -> None:
    first = decide(facts, POLICY, "act", NOW)
    second = decide(applied(facts, first.writes()), POLICY, "act", NOW)
    assert second.writes() == ()


@settings(deadline=None)
@given(subjects(), st.integers(0, 6))
def test_being_cut_off_anywhere_and_starting_again_ends_in_the_same(
    facts: Facts, done: int
) -> None:
    writes = decide(facts, POLICY, "act", NOW).writes()
    whole = applied(facts, writes)
    cut_off = applied(facts, writes[:done])
    again = applied(cut_off, decide(cut_off, POLICY, "act", NOW).writes())
    assert set(again.labels) == set(whole.labels)
    assert {one.body for one in again.comments} == {one.body for one in whole.comments}


@settings(deadline=None)
@given(subjects(), st.integers(0, 6))
def test_commands_that_were_planned_and_cut_off_are_finished_as_they_were_decided(
    facts: Facts, done: int
) -> None:
    writes = decide(facts, POLICY, "act", NOW).writes()
    whole = applied(facts, writes)
    begun = applied(facts, writes[:done])
    planned = tuple(
        Receipt(one.key, "planned", one.because, NOW, one.content, plan=number)
        for number, one in tuple(numbered(writes, next_plan(facts.receipts)))[done:]
    )
    cut_off = replace(begun, receipts=(*begun.receipts, *planned))
    finished = decide(cut_off, POLICY, "act", NOW).writes()
    assert Counter(_of_commands(finished)) == Counter(_of_commands(writes[done:]))
    assert set(applied(cut_off, finished).labels) == set(whole.labels)


def _of_commands(actions: Iterable[Action]) -> list[tuple[str, str]]:
    """What commands come to, replies aside."""
    asked = (one for one in actions if one.because.startswith("/os2"))
    return [(one.key, one.content) for one in asked if not one.key.startswith("comment:")]


@settings(deadline=None)
@given(subjects(), labels, st.booleans())
def test_what_a_person_does_to_a_label_is_never_reverted(
    facts: Facts, label: str, added: bool
) -> None:
    settled = applied(facts, decide(facts, POLICY, "act", NOW).writes())
    others = tuple(one for one in settled.labels if one != label)
    if added == (label in settled.labels):
        return  # there is nothing for the person to do
    touched = replace(
        settled,
        labels=(*others, label) if added else others,
        history=(*settled.history, event(label, added=added, actor=BO, minute=200)),
    )
    for action in decide(touched, POLICY, "act", NOW).writes():
        assert action.key != f"label:{'remove' if added else 'add'}:{label}"


@settings(deadline=None)
@given(subjects())
def test_labels_are_the_repositorys_own_never_wontfix_and_one_type_at_most(facts: Facts) -> None:
    types = {"Bug", "Udviklingsønsker", "Dokumentation", "Spørgsmål"}
    writes = decide(facts, POLICY, "act", NOW).writes()
    added = [one for one in writes if isinstance(one, AddLabel)]
    assert {one.label for one in added} <= set(REPOSITORY.labels) - {"wontfix"} - set(facts.labels)
    assert len(types & {one.label for one in added if not one.because.startswith("/os2")}) <= 1
    removed = [one.label for one in writes if isinstance(one, RemoveLabel)]
    assert removed == []  # nothing here was ours to take off


@settings(deadline=None)
@given(subjects())
def test_observing_writes_only_what_was_asked(facts: Facts) -> None:
    for action in decide(facts, POLICY, "observe", NOW).writes():
        into_our_ledger = isinstance(action, Remember) and action.value == "left alone"
        reply = action.key.startswith("comment:reply:")
        assert isinstance(action, SetCheck) or reply or into_our_ledger


@settings(deadline=None)
@given(subjects(), texts, texts)
def test_no_text_from_outside_reaches_beyond_our_comments(
    facts: Facts, quote: str, question: str
) -> None:
    (cited,) = ANSWER.citations
    hostile = replace(cited, quote=quote, title=quote, heading=(question,), url=question)
    answer = replace(ANSWER, question=question, text=f"- {quote} [1]", citations=(hostile,))
    facts = replace(
        facts,
        citations={"linked-issue": hostile, "security-report": hostile},
        answers={one.id: answer for one in facts.comments},
    )
    for action in decide(facts, POLICY, "act", NOW).writes():
        if isinstance(action, PutComment):
            assert action.body.startswith(f"<!-- os2kb:{action.marker} -->\n")
            rest = action.body.partition("\n")[2]
            assert "<!-- os2kb" not in re.sub(r"`[^`]*`", "", rest)
            assert "<script" not in rest
            pieces = rendered_text(rest)
            assert not any(re.search(r"@\w|#\d|\bgh-\d", one, re.IGNORECASE) for one in pieces)


@settings(deadline=None)
@given(subjects())
def test_the_same_facts_give_the_same_plan(facts: Facts) -> None:
    assert decide(facts, POLICY, "act", NOW) == decide(facts, POLICY, "act", NOW)


# Few labels, so that what happens often happens to the same one.
TOUCHED = ("Bug", "Fejl", "Udviklingsønsker", "mangler issue", "It-sikkerhed")
others = st.sampled_from((IDA, BO, OTHER_BOT))
people = st.sampled_from((IDA, BO))
COMMANDS = (
    *("/os2 label Bug", "/os2 label Udviklingsønsker", "/os2 label mangler issue"),
    *("/os2 undo", "/os2 ignore", "/os2 ignore type-label", "/os2 pause", "/os2 resume"),
)
touched = st.sampled_from(TOUCHED)
steps = st.one_of(
    st.tuples(st.just("put on"), touched, others),
    st.tuples(st.just("take off"), touched, others),
    st.tuples(st.just("rename"), st.just("Bug"), st.just("Fejl")),
    st.tuples(st.just("retitle"), st.sampled_from(TITLES)),
    st.tuples(st.just("link"), st.sampled_from(((), (Linked(12),)))),
    st.tuples(st.just("list"), st.integers(0, 4)),
    st.tuples(st.just("clock"), st.integers(-7_200, 7_200)),
    st.tuples(st.just("edit our comments")),
    st.tuples(st.just("write"), st.sampled_from(COMMANDS), people),
    st.tuples(st.just("reconcile while"), touched, others),
    st.tuples(st.just("reconcile as before while"), touched, others),
)


def taken(world: World, step: tuple[Any, ...]) -> None:
    match step:
        case ("put on", label, who):
            world.put_on(label, who)
        case ("take off", label, who):
            world.take_off(label, who)
        case ("rename", old, new):
            world.rename(old, new)
        case ("retitle", title):
            world.facts = replace(world.facts, title=title)
        case ("link", issues):
            world.facts = replace(world.facts, linked=issues)
        case ("list", more):
            world.listed = min(world.listed + more, len(world.events))
        case ("clock", seconds):
            world.clock += timedelta(seconds=seconds)
        case ("write", text, who):
            world.write(text, who)
        case ("edit our comments",):
            world.edit_our_comments()
        case ("reconcile while", label, who):
            world.reconcile(lambda: world.put_on(label, who) and None)
        case ("reconcile as before while", label, who):
            world.listed = len(world.events)
            world.reconcile(lambda: world.put_on(label, who) and None, old=True)
            world.listed = len(world.events)  # it was long ago


@settings(deadline=None, max_examples=300)
@given(st.sampled_from((issue(), pull())), st.lists(st.tuples(steps, st.booleans()), max_size=20))
def test_whatever_people_bots_clocks_and_lags_do_nothing_of_theirs_is_undone(
    facts: Facts, happens: list[tuple[tuple[Any, ...], bool]]
) -> None:
    world = World(replace(facts, roles={"bo": Role.MAINTAIN, "ida": Role.READ}), POLICY)
    world.reconcile()
    for step, seen in happens:
        taken(world, step)
        if seen:
            world.reconcile()
        assert world.faults == []
    world.reconcile()
    assert world.faults == []
    assert world.plan() == ()


@settings(deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 1), steps), min_size=1, max_size=8),
    st.lists(st.integers(0, 7), max_size=8),
    st.randoms(use_true_random=False),
)
def test_deliveries_in_any_order_and_number_end_in_the_same(
    happens: list[tuple[int, tuple[Any, ...]]], again: list[int], dice: Random
) -> None:
    """A delivery only says which subject to look at; two subjects, whose deliveries are mixed."""
    roles = {"bo": Role.MAINTAIN, "ida": Role.READ}

    def both() -> tuple[World, World]:
        made = tuple(World(replace(facts, roles=roles), POLICY) for facts in (issue(), pull()))
        for subject, step in happens:
            taken(made[subject], step)
        for one in made:
            one.listed = len(one.events)
        return made[0], made[1]

    deliveries = [subject for subject, _ in happens]
    in_order, mixed = both(), both()
    for subject in deliveries:
        in_order[subject].reconcile()
    shuffled = [*deliveries, *(deliveries[one % len(deliveries)] for one in again)]
    dice.shuffle(shuffled)
    for subject in shuffled:
        mixed[subject].reconcile()
        mixed[subject].listed = len(mixed[subject].events)
    for one, other in zip(in_order, mixed, strict=True):
        assert set(one.on) == set(other.on)
        assert {key: said.body for key, said in one.said.items()} == {
            key: said.body for key, said in other.said.items()
        }
        assert one.faults == other.faults == []

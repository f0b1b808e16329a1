"""What holds of every Plan, whatever the Facts."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from os2kb.governance.actions import Action, AddLabel, PutComment, Remember, RemoveLabel, SetCheck
from os2kb.governance.decide import decide
from os2kb.governance.facts import Facts
from os2kb.governance.plan import numbered
from os2kb.governance.receipts import Receipt, next_plan
from tests.unit.governance.carried_out import applied
from tests.unit.governance.cases import (
    ANSWER,
    BO,
    NOW,
    POLICY,
    REPOSITORY,
    event,
)
from tests.unit.governance.drawn_subjects import labels, subjects, texts
from tests.unit.governance.test_neutralise import rendered_text


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
    # What the ledger knows nothing of, and we did, is taken for what was cut off: none of it here.
    facts = replace(facts, history=tuple(one for one in facts.history if not one.actor.is_self))
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

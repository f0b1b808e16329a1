"""What was said before an issue and its ticket were linked stays where it was said."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from os2kb.governance.facts import Account
from os2kb.governance.receipts import Receipt
from os2kb.governance.tickets.told_in_step import plan_in_step, why_in_step
from os2kb.policy.load import load_policy
from os2kb.policy.problem import BadPolicy
from tests.unit.governance.cases import START, comment
from tests.unit.governance.tickets.in_step import Both, agreeing, rules, said_in_jira

KIM = Account("kim")
LINKED = START + timedelta(hours=2)


def spoken(comments_from: str = "link", linked_at: datetime = LINKED) -> Both:
    """On both sides something was said an hour before they were linked, and a while after."""
    policy = rules(("  users:", f"  comments_from: {comments_from}\n  users:"))
    moments = {1: -timedelta(hours=1), 2: timedelta(0), 3: timedelta(hours=1)}
    here = [
        replace(comment(f"Her {n}", n, KIM), created_at=LINKED + at) for n, at in moments.items()
    ]
    there = [
        replace(said_in_jira(n, f"Dér {n}"), created_at=LINKED + at) for n, at in moments.items()
    ]
    it = agreeing(policy).issue(comments=tuple(here)).ticket(comments=tuple(there))
    assert it.facts.ticket is not None
    it.facts = replace(it.facts, ticket=replace(it.facts.ticket, linked_at=linked_at))
    return it


def copied(it: Both) -> set[str]:
    return set(it.writes)


NEWER = {f"{side} copy of {n}" for side in ("github", "jira") for n in (2, 3)}
EVERY = {f"{side} copy of {n}" for side in ("github", "jira") for n in (1, 2, 3)}


def test_only_what_came_since_is_copied_and_the_very_second_counts():
    assert copied(spoken()) == NEWER
    assert copied(spoken(linked_at=LINKED + timedelta(milliseconds=700))) == NEWER


@pytest.mark.parametrize(
    ("comments_from", "what"),
    [("all", EVERY), (f"{START - timedelta(days=2):%Y-%m-%d}", EVERY), ('"9999-12-31"', set())],
)
def test_a_policy_says_otherwise(comments_from: str, what: set[str]):
    assert copied(spoken(comments_from)) == what


def test_a_ticket_that_we_made_gets_all_that_was_said_in_its_issue():
    it = spoken()
    made = Receipt("ticket:create:DEMO", "applied", "/os2 jira", LINKED, "", "DEMO-7", plan=1)
    it.facts = replace(it.facts, receipts=(made,))
    assert copied(it) == NEWER | {"jira copy of 1"}


def test_what_was_said_after_the_command_counts_though_it_was_carried_out_later():
    it = spoken(linked_at=LINKED + timedelta(minutes=90))
    assert copied(it) == set()
    command = comment("/os2 jira link DEMO-7", 80, KIM)
    it.issue(comments=(*it.facts.comments, replace(command, created_at=LINKED)))
    done = (
        Receipt("ticket:link:DEMO-7", "applied", "/os2 jira", LINKED, "", "DEMO-7", plan=1),
        Receipt("command:80", "applied", "/os2 jira", LINKED, "done", plan=1),
    )
    it.facts = replace(it.facts, receipts=done)
    assert copied(it) == NEWER


def test_it_is_told_how_many_stay_and_on_github_only_of_its_own():
    step = spoken().look()
    plan = "\n".join(one.da for one in plan_in_step(step))
    assert "Kommentarer herfra, som er ældre end det, der kopieres, og bliver her: 1" in plan
    assert "Kommentarer i Jira, som er ældre end det, der kopieres, og bliver dér: 1" in plan
    public = "\n".join(why_in_step(step, "da"))
    assert "bliver her: `1` (`jira.comments_from`)" in public
    assert "Kommentarer i Jira" not in public


@pytest.mark.parametrize("wrong", ["i går", "2026-13-01", "links", "''"])
def test_what_is_neither_a_word_nor_a_day_is_refused_with_the_words(wrong: str):
    text = f"version: 1\njira: {{project: DEMO, comments_from: {wrong}}}\n"
    with pytest.raises(BadPolicy) as refused:
        load_policy(text)
    assert "Skriv `link`, `all` eller en dag" in refused.value.problems[0].message.da

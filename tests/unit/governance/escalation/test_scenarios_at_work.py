"""The sample scenarios, looked at as the bot looks at real issues: who hears of them, once."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from os2kb.governance.actions import Tell
from os2kb.governance.decide import decide
from os2kb.governance.facts import Account, Comment, Facts, LabelEvent, TurnEvent
from os2kb.governance.ledger.holds import ESCALATED
from os2kb.governance.receipts import Receipt
from os2kb.policy.policy import Policy
from os2kb.policy.sections.escalation import QuietHours
from os2kb.scenarios.facts import roles_of
from os2kb.scenarios.history import Event, account
from os2kb.scenarios.moments import before, moment_of
from os2kb.scenarios.read import Loaded, read_scenarios
from os2kb.scenarios.scenario import Scenario
from tests.unit.governance.cases import issue

SAMPLES = Path(__file__).parents[4] / "samples" / "scenarios" / "escalation"
FILES = sorted(one for one in SAMPLES.glob("*.yml") if one.name != "os2kb.yml")
# Whose turn it was before the first look, and for whom nothing was left to hear of by then.
SPARED = {"melderen svarer først efter påske": {"@os2demo/maintainers"}}
NEVER_QUIET = QuietHours.model_validate({"from": "03:13", "to": "03:14"})


def cases() -> list[tuple[str, Loaded]]:
    return [
        (file.name, one)
        for file in FILES
        for one in read_scenarios(file)
        if isinstance(one, Loaded)
    ]


def name(value: str | Loaded) -> str:
    return value if isinstance(value, str) else value.name


@pytest.mark.parametrize(("file", "case"), cases(), ids=name)
def test_whoever_hears_had_their_turn_and_hears_once(file: str, case: Loaded) -> None:
    scenario, policy = case.scenario, at_work(case.policy)
    heard: list[str] = []
    ledger: tuple[Receipt, ...] = ()
    for one in scenario.moments:
        at = moment_of(one.at)
        facts = facts_at(scenario, policy, at)
        facts = replace(facts, receipts=(*facts.receipts, *ledger))
        told = [x for x in decide(facts, policy, "act", at).writes() if isinstance(x, Tell)]
        heard += [name for message in told for name in message.to]
        ledger += tuple(Receipt(x.key, "applied", x.because, at, x.content) for x in told)
        if "notified" in one.expect.model_fields_set:
            assert set(heard) == set(one.expect.notified) - SPARED.get(case.name, set())
    assert len(heard) == len(set(heard))


def at_work(policy: Policy) -> Policy:
    assert policy.escalation is not None
    model = policy.escalation.model_copy(update={"status": "vedtaget", "quiet_hours": NEVER_QUIET})
    return policy.model_copy(update={"mode": "act", "escalation": model})


def facts_at(scenario: Scenario, policy: Policy, at: datetime) -> Facts:
    """What observe would read of it at a moment."""
    now = datetime.max.replace(tzinfo=at.tzinfo)
    past = sorted(((before(one.at, now), one) for one in scenario.history), key=lambda one: one[0])
    facts = issue(roles=roles_of(scenario), forms=())
    for when, one in past:
        if when <= at:
            facts = after(facts, one, when, policy)
    return facts


def after(facts: Facts, one: Event, when: datetime, policy: Policy) -> Facts:
    by = account(one.by)
    facts = replace(facts, updated_at=when)
    if label := one.label_put_on or one.label_taken_off:
        return labelled(facts, LabelEvent(label, one.label_put_on is not None, by, when))
    match one.event:
        case "opened":
            body = "".join(f"### {name}\n\n{said}\n\n" for name, said in one.form.items())
            return replace(facts, author=by, body=body, created_at=when)
        case "commented":
            said = Comment(len(facts.comments) + 1, by, "Hej", when, when, "")
            return replace(facts, comments=(*facts.comments, said))
        case "closed" | "reopened":
            turn = TurnEvent(one.event, by, when)
            return replace(facts, open=one.event == "reopened", turns=(*facts.turns, turn))
        case "assigned" | "unassigned":
            turn = TurnEvent(one.event, by, when, Account(one.assignee or ""))
            return replace(facts, turns=(*facts.turns, turn))
        case "pause" | "resume":
            content = "on" if one.event == "pause" else "off"
            return noted(facts, "hold:pause", content, f"/os2 {one.event}", when)
        case "escalate":
            return noted(facts, ESCALATED, "1", "/os2 escalate", when)
        case "severity":
            label = policy.labels.severity[one.severity or ""].casefold()
            return noted(facts, f"hold:label:{label}", "on", "/os2 severity", when)
    raise AssertionError(f"no sample has {one.event} yet")


def labelled(facts: Facts, event: LabelEvent) -> Facts:
    others = tuple(one for one in facts.labels if one != event.label)
    labels = (*others, event.label) if event.added else others
    return replace(facts, labels=labels, history=(*facts.history, event))


def noted(facts: Facts, action: str, content: str, because: str, when: datetime) -> Facts:
    note = Receipt(action, "applied", because, when, content)
    return replace(facts, receipts=(*facts.receipts, note))

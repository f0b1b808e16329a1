"""What is told of a pair: field by field to whoever runs the bot, and no value in public."""

from dataclasses import replace
from typing import Any

import pytest

from os2kb.backlog.workflow import Transition
from os2kb.governance.comments.conflict import conflict_note
from os2kb.governance.decide import decide
from os2kb.governance.plan_json import plan_json
from os2kb.governance.tickets.keep import SHOWS_BY
from os2kb.governance.tickets.told_in_step import plan_in_step, waits_line, why_in_step
from os2kb.policy.policy import Policy
from tests.unit.governance.cases import NOW
from tests.unit.governance.tickets.in_step import agreeing, one_way, rules, said_in_jira


def test_in_public_a_workflow_is_told_of_in_the_policys_own_words_alone():
    def told(*offered: Transition) -> tuple[str, str]:
        it = agreeing().ticket(status="In Progress", transitions=offered)
        it.issue(open=False, state_reason="completed")
        step = it.look()
        public = "\n".join(why_in_step(step, "da"))
        return public, "\n".join(one.da for one in plan_in_step(step))

    public, whole = told(Transition("1", "Godkend hos Hansen", "Done", ("Fakturanr",)))
    assert "“Godkend hos Hansen” kræver feltet Fakturanr" in whole
    assert "Et trin på vejen kræver et felt, som" in public
    assert not {"Hansen", "Fakturanr"} & set(public.replace("”", " ").split())
    public, whole = told(Transition("1", "Godkend hos Hansen", "Done", allowed=False))
    assert "“Godkend hos Hansen” til Done" in whole
    assert "Botten må ikke tage trinnet til Done" in public
    it = agreeing().ticket(
        status="In Progress", transitions=(Transition("1", "Ud", "Hos Hansen", allowed=False),)
    )
    assert it.facts.ticket is not None
    known = {"Hos Hansen": (Transition("2", "Luk", "Done"),)}
    it.facts = replace(it.facts, ticket=replace(it.facts.ticket, workflow=known))
    it.issue(open=False, state_reason="completed")
    (public,) = (one for one in why_in_step(it.look(), "da") if "trin" in one)
    assert "Botten må ikke tage et trin på vejen;" in public


def test_what_a_workflow_lacks_is_told_in_public_only_where_the_status_may_leave_jira():
    def told(policy: Policy) -> str:
        it = agreeing(policy).ticket(status="In Progress", transitions=())
        it.issue(open=False, state_reason="completed")
        return "\n".join(why_in_step(it.look(), "da"))

    assert "ingen vej fra In Progress" in told(rules())
    private = told(rules(("description, status,", "description,")))
    assert "In Progress" not in private
    assert "`os2kb plan` siger hvad" in private


HARMLESS, HARMFUL = "Noget andet", "Borgeren 010190-1234 kan omgå login"


@pytest.mark.parametrize(
    ("policy", "closed"),
    [
        (rules(), {"security_level": "Kun os"}),
        (rules(("public: [title, description, ", "public: [")), {}),
        (one_way("github-to-jira"), {"security_level": "Kun os"}),
    ],
)
@pytest.mark.parametrize("name", ["summary", "description"])
def test_of_what_may_not_leave_github_hears_the_same_whatever_stands_in_it(
    policy: Policy, closed: dict[str, Any], name: str
):
    def heard(text: str) -> tuple[str, ...]:
        it = agreeing(policy).ticket(**closed, **{name: text})
        step = it.look()
        told = (*why_in_step(step, "da"), waits_line(step, "da"))
        noted = (one.body for one in conflict_note(it.facts, step))
        return (*told, *noted)

    assert heard(HARMFUL) == heard(HARMLESS)
    assert not {"Borgeren", "010190"} & set(" ".join(heard(HARMFUL)).split())


def test_a_plan_tells_of_every_field_and_of_what_stays_in_jira_and_repeats_no_value():
    it = agreeing(rules(("public: [title, ", "public: [")))
    it.issue(title="Login er nede", labels=("Bug", "fejl: mindre", "kalender"))
    it.ticket(summary="Hemmeligt", comments=(said_in_jira(5, "Kun os", restricted_to="Os"),))
    plan = decide(it.facts, it.policy, "act", NOW)
    told = plan_json(plan, "da")["in_step"]
    outcomes = {one["field"]: one["outcome"] for one in told["fields"]}
    assert outcomes["title"] == "conflict"
    assert outcomes["labels"] == "carried"
    assert told["comments"] == [{"side": "jira", "id": "5", "outcome": "not-public"}]
    assert told["stays"] == [
        {"what": "title", "why": "not-named"},
        {"what": "5", "why": "restricted"},
    ]
    assert plan.in_step is not None
    said = "\n".join(one.da for one in plan_in_step(plan.in_step))
    assert "Feltet title: Ændret på begge sider" in said
    assert "5 bliver i Jira: Kun nogle må se det i Jira." in said
    assert "Hemmeligt" not in said + str(told)


def test_once_the_issue_is_changed_what_is_judged_of_it_is_looked_at_again():
    it = agreeing().ticket(summary="Login er nede")
    assert decide(it.facts, it.policy, "act", NOW).wake_at == NOW + SHOWS_BY
    assert decide(it.facts, it.policy, "observe", NOW).wake_at != NOW + SHOWS_BY
    other_way = agreeing().issue(title="Login er nede")
    assert decide(other_way.facts, other_way.policy, "act", NOW).wake_at != NOW + SHOWS_BY

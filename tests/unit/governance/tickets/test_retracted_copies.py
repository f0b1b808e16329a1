"""What Jira closes after it was copied is taken off GitHub again, where nobody edited the copy."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from os2kb.backlog.as_read import CommentAsRead
from os2kb.backlog.comments import Copy
from os2kb.governance.actions import CopyComment, LinkTicket, Remember, RetractCopy, ShowSync
from os2kb.governance.commands.in_the_way import in_the_way
from os2kb.governance.commands.undo import last_plan
from os2kb.governance.decide import decide
from os2kb.governance.facts import Facts, TurnEvent
from os2kb.governance.plan import Plan
from os2kb.governance.receipts import State
from os2kb.governance.tickets.retract import retractions
from os2kb.governance.tickets.told_in_step import plan_in_step, why_in_step
from os2kb.policy.policy import Policy
from tests.unit.governance.cases import NOW, SELF, comment
from tests.unit.governance.tickets.in_step import Both, agreeing, rules, said_in_jira

SAID = said_in_jira(5, "Se *her*, [~acc-kim] og @ida")


def copied(policy: Policy | None = None, **edited: Any) -> Both:
    """A comment of Jira's and its copy, which we made and noted."""
    it = agreeing(policy).ticket(comments=(SAID,))
    (copy,) = it.look().copies
    assert isinstance(copy, CopyComment)
    it.note(copy)
    body = f"<!-- os2kb:{copy.key} -->\n{copy.body}"
    return it.issue(comments=(replace(comment(body, 80, SELF), **edited),))


def closed(it: Both, **how: Any) -> Both:
    """Somebody closes the comment in Jira."""
    return it.ticket(comments=(replace(SAID, **how),))


def plan(it: Both) -> Plan:
    return decide(it.facts, it.policy, "act", NOW)


def retracted(it: Both) -> list[RetractCopy]:
    return [one for one in plan(it).writes() if isinstance(one, RetractCopy)]


def test_as_long_as_everybody_sees_it_the_copy_stays():
    assert retracted(copied()) == []


@pytest.mark.parametrize(
    "how",
    [{"restricted_to": "Administrators"}, {"internal": True}],
)
def test_a_comment_that_is_closed_after_it_was_copied_loses_its_copy(how: dict[str, Any]):
    (gone,) = retracted(closed(copied(), **how))
    assert (gone.source, gone.known) == ("5", "80")
    assert gone.expects.endswith("@<!-- -->ida")


def test_so_do_all_of_a_ticket_that_gets_a_security_level_or_is_not_shown_to_us():
    assert len(retracted(copied().ticket(security_level="Intern"))) == 1
    assert len(retracted(copied().ticket(comments=()))) == 1, "deleted, or closed to us, too"
    assert len(retracted(copied().without_ticket())) == 1
    assert retracted(copied().without_ticket(is_hidden=True)) == [], "all of the project is"
    assert retracted(copied().without_ticket(is_gone=False)) == [], "Jira does not answer"


def test_an_audience_that_keeps_nobody_out_closes_nothing():
    policy = rules(("  users:", "  audience: [Alle]\n  users:"))
    assert retracted(closed(copied(policy), restricted_to="Alle")) == []


def test_whatever_way_comments_go_by_now_but_not_where_they_go_nowhere():
    one_way = closed(copied(), restricted_to="Os")
    one_way.policy = rules(("comments: both", "comments: github-to-jira"))
    assert len(retracted(one_way)) == 1
    unnamed = closed(copied(), restricted_to="Os")
    unnamed.policy = rules((", comments]", "]"))
    assert len(retracted(unnamed)) == 1
    off = closed(copied(), restricted_to="Os")
    off.policy = rules(("comments: both", "comments: off"))
    assert retracted(off) == []


def test_a_copy_that_a_person_edited_stays_and_jira_alone_is_told():
    body = "<!-- os2kb:copy:jira:5 -->\n[Fra Jira](<https://x.dk>):\n\nSe her, siger Kim"
    it = closed(copied(body=body), restricted_to="Os")
    assert retracted(it) == []
    (shown,) = [one for one in plan(it).writes() if isinstance(one, ShowSync)]
    assert "kommentaren 5 (ikke for alle længere, men kopien på GitHub" in shown.said
    step = it.look()
    assert "kommentaren 5 (ikke for alle længere" in "\n".join(one.da for one in plan_in_step(step))
    assert "5" not in "\n".join(why_in_step(step, "da")), "on GitHub nobody is told"


def test_one_without_our_mark_was_edited_too_and_is_known_by_our_store():
    it = closed(copied(body="Kims egne ord"), restricted_to="Os")
    assert it.facts.ticket is not None
    known = {"jira": (Copy("5", "80", "Se"),)}
    it.facts = replace(it.facts, ticket=replace(it.facts.ticket, copies=known))  # type: ignore[arg-type]
    assert retracted(it) == []
    assert it.look().left_public == ("5",)


def test_where_our_ledger_was_lost_a_copy_that_nobody_edited_is_ours():
    it = closed(copied(), restricted_to="Os")
    it.facts = replace(it.facts, receipts=())
    assert len(retracted(it)) == 1
    (said,) = it.facts.comments
    later = replace(said, updated_at=said.created_at + timedelta(minutes=1))
    assert retracted(it.issue(comments=(later,))) == []


def test_a_marker_in_a_persons_comment_is_nothing_of_ours():
    theirs = comment("<!-- os2kb:copy:jira:5 -->\nx\n\ny", 80)
    assert retracted(closed(agreeing().issue(comments=(theirs,)), restricted_to="Os")) == []


def test_an_undo_brings_nothing_back_and_a_pause_lets_it_be():
    it = closed(copied(), restricted_to="Os")
    (gone,) = retracted(it)
    copy = it.facts.receipts[-1]
    it.issue(comments=()).note(gone)
    assert retracted(it) == []
    assert gone.key not in [one.action for one in last_plan(it.facts.receipts)]
    assert in_the_way(it.facts, copy) is not None
    paused = closed(copied(), restricted_to="Os").note(
        Remember("hold:pause", "on", because="/os2 pause")
    )
    assert retracted(paused) == []


def test_one_that_is_opened_again_is_copied_again():
    it = closed(copied(), restricted_to="Os")
    (gone,) = retracted(it)
    it.issue(comments=()).note(gone).ticket(comments=(SAID,))
    assert list(it.writes) == ["github copy of 5"]


def test_a_discussion_or_a_possible_vulnerability_loses_its_copies_too():
    def one(facts: Facts) -> int:
        return len(retractions(facts, it.policy))

    it = closed(copied(), restricted_to="Os")
    became = TurnEvent("converted_to_discussion", SELF, NOW)
    assert one(replace(it.facts, turns=(became,))) == 1
    assert one(replace(it.facts, body="Man kan omgå login: et sikkerhedshul")) == 1


def linked(it: Both, key: str, state: State = "applied") -> Both:
    """Our ledger notes that somebody linked a ticket."""
    it.note(LinkTicket(key, because="/os2 jira link"), state)
    *before, last = it.facts.receipts
    it.facts = replace(it.facts, receipts=(*before, replace(last, reference=key)))
    return it


def test_a_copy_from_the_ticket_that_was_linked_before_stays_for_that_may_show_it_still():
    it = linked(copied(), "DEMO-8").ticket(comments=())
    assert retracted(it) == []
    assert it.look().left_public == ()
    assert retracted(it.without_ticket()) == []


def test_one_from_the_same_ticket_before_it_was_unlinked_goes_when_it_is_closed():
    it = copied()
    receipts = it.facts.receipts
    it.facts = replace(it.facts, receipts=())
    linked(it, "DEMO-7", "undone")
    it.facts = replace(it.facts, receipts=(*it.facts.receipts, *receipts))
    linked(it, "DEMO-7")
    assert len(retracted(it.ticket(comments=()))) == 1
    assert len(retracted(closed(it.ticket(comments=(SAID,)), restricted_to="Os"))) == 1


def test_other_comments_are_left_alone():
    other: CommentAsRead = said_in_jira(6, "For alle")
    it = copied().ticket(comments=(replace(SAID, restricted_to="Os"), other))
    assert [one.source for one in retracted(it)] == ["5"]

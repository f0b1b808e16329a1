"""Modes, labels, and where nothing is governed."""

from dataclasses import replace

import pytest

from os2kb.governance.actions import AddLabel, Remember, RemoveLabel
from os2kb.governance.facts import ChangedFile, Facts, Linked, Role
from os2kb.governance.plan import weaker
from os2kb.phrases import Phrase
from os2kb.policy.problem import PolicyProblem
from tests.unit.governance.cases import (
    BO,
    IDA,
    POLICY,
    body,
    comment,
    event,
    issue,
    keys,
    plan,
    policy,
    pull,
    receipt,
)

OBSERVING = policy("labels: {type: {bug: Bug}}")
PROBLEM = PolicyProblem(".github/os2kb.yml", 3, Phrase("Ukendt nøgle `x`.", "Unknown key `x`."))


def test_the_weaker_mode_rules() -> None:
    assert weaker("act", "observe") == "observe"
    assert weaker("off", "act") == "off"
    assert plan(issue(), OBSERVING, "act").mode == "observe"
    assert plan(issue(), POLICY, "observe").mode == "observe"


def test_observing_plans_but_writes_nothing_unasked() -> None:
    planned = plan(issue(), OBSERVING)
    assert planned.actions == (AddLabel("Bug", because="type-label"),)
    assert planned.writes() == ()


def test_observing_replies_to_commands_that_read() -> None:
    asked = issue(comments=(comment("/os2 why"),))
    assert keys(asked, OBSERVING) == ["comment:reply:77"]
    assert "ser kun med" in body(asked, "comment:reply:77", OBSERVING)


@pytest.mark.parametrize("text", ["/os2 launch", "/os2 label Bug", "/os2 undo", "/os2 recheck"])
def test_observing_leaves_commands_that_do_not_read_alone_for_good(text: str) -> None:
    given = issue(comments=(comment(text),), roles={"ida": Role.ADMIN})
    (noted,) = plan(given, OBSERVING).writes()
    assert noted == Remember(
        "command:77", "left alone", because="/os2", asked=True
    )  # not on the forge
    later = replace(given, receipts=(receipt("command:77", "/os2", content="left alone"),))
    assert keys(later, OBSERVING) == []
    assert keys(replace(later, labels=("Bug",)), POLICY) == []  # the Policy says act one day


def test_off_writes_nothing_at_all() -> None:
    asked = pull(comments=(comment("/os2 help"),), proposed_policy_problems=(PROBLEM,))
    assert keys(asked, POLICY, "off") == []


def test_whoever_applies_can_only_take_away() -> None:
    planned = plan(pull(comments=(comment("/os2 help"),)))
    assert len(planned.writes("act")) > len(planned.writes("observe")) == 1
    assert planned.writes("off") == ()
    assert plan(issue(), OBSERVING).writes("act") == ()


def test_labels_that_findings_call_for_are_put_on_with_the_rule_that_asks() -> None:
    assert plan(issue()).actions == (AddLabel("Bug", because="type-label"),)
    assert AddLabel("mangler issue", because="linked-issue") in plan(pull()).actions


def test_a_label_the_repository_has_not_is_never_made() -> None:
    bare = issue(repository=replace(issue().repository, labels=("Spørgsmål",)))
    assert keys(bare) == []


def test_a_label_that_is_on_is_not_put_on_again() -> None:
    assert keys(issue(labels=("bug",))) == []


def test_our_label_is_taken_off_when_nothing_calls_for_it_any_more() -> None:
    mended = pull(
        ChangedFile("README.md", "modified", "+x"),
        linked=(Linked(12),),
        labels=("mangler issue",),
        receipts=(receipt("label:add:mangler issue", "linked-issue"),),
    )
    assert RemoveLabel("mangler issue", because="linked-issue") in plan(mended).actions


UNRELEASED = "@@ -1 +1,2 @@\n ## [Unreleased]\n+- x"
SHARED_LABEL = policy(
    """
mode: act
labels: {status: {needs-issue: mangler, needs-changelog: mangler}}
guidelines: {rules: {linked-issue: required, changelog: required}}
"""
)


@pytest.mark.parametrize(("patch", "taken_off"), [(None, False), (UNRELEASED, True)])
def test_a_label_of_several_rules_stays_while_the_one_that_put_it_on_does_not_know(
    patch: str | None, taken_off: bool
) -> None:
    repository = replace(pull().repository, labels=("mangler",))
    facts = pull(
        ChangedFile("CHANGELOG.md", "modified", patch),
        linked=(Linked(12),),
        repository=repository,
        labels=("mangler",),
        receipts=(receipt("label:add:mangler", "changelog"),),
    )
    assert ("label:remove:mangler" in keys(facts, SHARED_LABEL)) is taken_off


def test_a_persons_label_is_not_taken_off() -> None:
    mended = pull(
        ChangedFile("README.md", "modified", "+x"), linked=(Linked(12),), labels=("mangler issue",)
    )
    assert keys(mended) == []


def test_a_label_taken_off_by_a_person_stays_off() -> None:
    off = pull(history=(event("mangler issue", added=False, actor=BO),))
    assert "label:add:mangler issue" not in keys(off)
    lagging = pull(receipts=(receipt("label:add:mangler issue", "linked-issue"),))
    assert "label:add:mangler issue" not in keys(lagging)


def test_our_type_is_changed_when_the_text_says_another() -> None:
    changed = issue("Ønske om eksport", labels=("Bug",), receipts=(receipt("label:add:Bug"),))
    assert keys(changed) == ["label:add:Udviklingsønsker", "label:remove:Bug"]


def test_our_type_makes_room_for_a_persons() -> None:
    both = issue(
        labels=("Bug", "Spørgsmål"),
        receipts=(receipt("label:add:Bug"),),
        history=(event("Spørgsmål", added=True, actor=IDA),),
    )
    assert keys(both) == ["label:remove:Bug"]


def test_our_label_follows_a_policy_that_renames_it() -> None:
    renamed = policy("mode: act\nlabels: {type: {bug: Spørgsmål}}")
    ours = issue(labels=("Bug",), receipts=(receipt("label:add:Bug"),))
    assert keys(ours, renamed) == ["label:add:Spørgsmål", "label:remove:Bug"]


def test_a_rule_that_does_not_know_leaves_its_labels() -> None:
    unclear = issue("Eksport", labels=("Bug",), receipts=(receipt("label:add:Bug"),))
    assert keys(unclear) == []


def test_wontfix_is_never_set() -> None:
    by = policy("mode: act\nlabels: {type: {bug: Bug}}")
    sneaked = by.model_copy(
        update={"labels": by.labels.model_copy(update={"type": {"bug": "wontfix"}})}
    )
    assert keys(issue(), sneaked) == []


@pytest.mark.parametrize("change", [{"open": False}, {"locked": True}])
def test_closed_and_locked_subjects_are_left_alone(change: dict[str, bool]) -> None:
    assert keys(replace(pull(), **change)) == []


def test_a_closed_subject_still_answers_and_a_locked_one_does_not() -> None:
    asked = issue(comments=(comment("/os2 help"),))
    assert keys(replace(asked, open=False)) == ["comment:reply:77"]
    assert keys(replace(asked, locked=True)) == []


def test_a_broken_policy_governs_nothing() -> None:
    broken = pull(policy_problems=(PROBLEM,), comments=(comment("/os2 help"),))
    assert plan(broken).actions == ()
    assert plan(broken).findings == ()


def draft_of(facts: Facts) -> Facts:
    assert facts.pull_request is not None
    return replace(facts, pull_request=replace(facts.pull_request, draft=True))


def test_a_draft_is_judged_but_left_alone_until_it_is_ready() -> None:
    draft = draft_of(pull())
    assert plan(draft).findings == plan(pull()).findings
    assert keys(draft) == []
    labelled = replace(
        draft,
        labels=("mangler issue",),
        linked=(Linked(12),),
        receipts=(receipt("label:add:mangler issue", "linked-issue"),),
    )
    assert keys(labelled) == []  # nor is anything taken off


def test_a_draft_that_reports_a_vulnerability_is_shown_the_private_channel() -> None:
    report = replace(draft_of(pull()), title="XSS i søgefeltet")
    assert keys(report) == ["label:add:It-sikkerhed", "comment:security"]


def test_why_tells_that_a_pull_request_is_a_draft() -> None:
    asked = pull(comments=(comment("/os2 why"),))
    assert "kladde" in body(draft_of(asked), "comment:reply:77")
    assert "a draft" in body(replace(draft_of(asked), language="en"), "comment:reply:77")
    assert "kladde" not in body(asked, "comment:reply:77")


def test_a_draft_that_edits_the_policy_gets_its_check() -> None:
    draft = draft_of(pull(proposed_policy_problems=(PROBLEM,)))
    assert [one.key for one in plan(draft).writes()] == ["check:os2kb / policy:abc123"]

"""The check run on a pull request: whether it meets the guidelines."""

import re
from dataclasses import replace

import pytest

from os2kb.governance.actions import SetCheck
from os2kb.governance.comments.checks.guidelines import guidelines_check
from os2kb.governance.evaluate import evaluate
from os2kb.governance.facts import ChangedFile, Facts, Linked
from os2kb.governance.findings import Finding, Phrase, Place
from os2kb.governance.ledger.marks import NOT_CALLED_FOR
from tests.unit.governance.asked import given
from tests.unit.governance.cases import (
    CITATION,
    IDA,
    NOW,
    OTHER_BOT,
    POLICY,
    checks,
    issue,
    policy,
    pull,
    receipt,
)

README = ChangedFile("README.md", "modified", "+x")


def check(facts: Facts) -> SetCheck:
    (found,) = checks(facts, "guidelines")
    return found


def found_at(*places: Place, required: bool = True) -> Finding:
    return Finding(
        "licence",
        "fail",
        Phrase("Licenshovedet mangler.", "The licence header is missing."),
        Phrase("Tilføj det.", "Add it."),
        required=required,
        places=places,
    )


def test_a_required_rule_that_fails_asks_for_action() -> None:
    made = check(pull(citations={"linked-issue": CITATION}))
    assert (made.conclusion, made.title) == ("action_required", "Én ting skal rettes")
    assert "opret et issue først" in made.summary
    assert "  > En pull request skal henvise til et issue." in made.summary
    assert check(pull(language="en")).title == "One thing to mend"


def test_advice_alone_is_a_success_that_says_so() -> None:
    made = check(pull(linked=(Linked(12),)))
    assert (made.conclusion, made.title) == (
        "success",
        "Kravene er opfyldt; se anbefalingerne",
    )
    assert "CHANGELOG" in made.summary


def test_a_pull_request_in_order_is_a_success() -> None:
    made = check(pull(README, linked=(Linked(12),)))
    assert (made.conclusion, made.title) == ("success", "Alt er på plads")
    assert made.summary.startswith("I orden: henviser til et issue")


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("/os2 ignore linked-issue", "Intet at rette; ser bort fra linked-issue"),
        ("/os2 ignore", "Intet at rette; ser bort fra linked-issue, changelog"),
    ],
)
def test_what_is_left_out_stands_in_the_title_and_who_asked_in_the_summary(
    text: str, title: str
) -> None:
    made = check(given(text, pull(README)))
    assert (made.conclusion, made.title) == ("success", title)
    assert "(kim har bedt om det: `linked-issue`" in made.summary


def test_what_cannot_be_known_holds_nobody_back() -> None:
    unseen = ChangedFile("CHANGELOG.md", "modified", None)
    made = check(pull(unseen, linked=(Linked(12),)))
    assert (made.conclusion, made.title) == ("success", "Intet fundet, der skal rettes")


def test_a_protected_branch_gets_its_check_also_where_no_rule_has_anything_to_say() -> None:
    made = check(pull(author=OTHER_BOT))
    assert (made.conclusion, made.summary) == ("success", "Ingen af reglerne gælder her.")


def test_only_pull_requests_in_act_with_rules_in_force_have_a_check() -> None:
    assert not checks(issue(), "guidelines")
    assert not checks(pull(), "guidelines", mode="observe")
    assert not checks(pull(), "guidelines", policy("mode: act"))
    assert not checks(replace(pull(), title="XSS i søgefeltet"), "guidelines")
    assert not checks(pull(open=False), "guidelines")
    request = pull().pull_request
    assert request is not None
    assert not checks(replace(pull(), pull_request=replace(request, draft=True)), "guidelines")


def test_the_check_is_set_once_for_each_commit_and_outcome() -> None:
    made = check(pull())
    said = replace(receipt(made.key), content=made.content)
    assert not checks(pull(receipts=(said,)), "guidelines")
    assert checks(pull(linked=(Linked(12),), receipts=(said,)), "guidelines")
    request = pull().pull_request
    assert request is not None
    pushed = replace(pull(receipts=(said,)), pull_request=replace(request, head_sha="def456"))
    assert check(pushed).head_sha == "def456"


def test_a_check_that_was_cut_off_while_nobody_wanted_it_is_set_once_somebody_does() -> None:
    made = check(pull())
    ended = replace(receipt(made.key, state="skipped"), content=made.content, note=NOT_CALLED_FOR)
    assert checks(pull(receipts=(ended,)), "guidelines")
    refused = replace(ended, note="the App may not")
    assert not checks(pull(receipts=(refused,)), "guidelines")


def test_a_check_is_not_set_anew_because_its_quotes_were_read_at_a_later_commit() -> None:
    def cited(commit: str) -> Facts:
        url = f"https://github.example/os2demo/docs/blob/{commit}/a.md#issues"
        return pull(citations={"linked-issue": replace(CITATION, url=url)})

    made = check(cited("a" * 40))
    assert "a" * 40 in made.summary
    said = replace(receipt(made.key), content=made.content)
    assert not checks(replace(cited("b" * 40), receipts=(said,)), "guidelines")


def test_each_line_at_fault_is_annotated_as_strictly_as_its_rule() -> None:
    findings = (
        found_at(Place("src/a.php", 1), Place("src/b.php", 7)),
        found_at(Place("src/c.php", 3), required=False),
    )
    (made,) = guidelines_check(pull(), findings)
    assert [(one.path, one.line, one.level) for one in made.annotations] == [
        ("src/a.php", 1, "failure"),
        ("src/b.php", 7, "failure"),
        ("src/c.php", 3, "warning"),
    ]
    assert made.annotations[0].message == "Licenshovedet mangler. Tilføj det."
    assert "`src/a.php:1`, `src/b.php:7`" in made.summary


def test_a_check_on_hostile_texts_is_one_that_github_takes() -> None:
    hostile = "@@ida\0\ud800<script>" * 1_000
    citation = replace(CITATION, quote=hostile, heading=(hostile,))
    facts = pull(citations={"linked-issue": citation, "changelog": citation}, author=IDA)
    worst = tuple(
        replace(one, evidence=Phrase(hostile, hostile), places=(Place("<script>.php", 1),) * 60)
        for one in evaluate(facts, POLICY, NOW) * 13
    )
    (made,) = guidelines_check(facts, worst)
    assert len(made.summary) < 65_535
    assert "<script" not in re.sub("`[^`]*`", "", made.summary)
    assert len(made.annotations) == 50
    assert all(len(one.message) <= 1_000 for one in made.annotations)

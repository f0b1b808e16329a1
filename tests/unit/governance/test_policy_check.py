"""The check on a pull request that edits the Policy."""

from dataclasses import replace

from os2kb.governance.actions import SetCheck
from os2kb.governance.comments.checks.policy import PREVIEW, awaits_preview
from os2kb.governance.facts import Facts
from os2kb.phrases import Phrase
from os2kb.policy.policy import Policy
from os2kb.policy.problem import PolicyProblem
from tests.unit.governance.cases import (
    POLICY,
    checks,
    pull,
    receipt,
)

PROBLEM = PolicyProblem(".github/os2kb.yml", 3, Phrase("Ukendt nøgle `x`.", "Unknown key `x`."))


def check(facts: Facts, by: Policy = POLICY) -> SetCheck:
    (found,) = checks(facts, "policy", by)
    return found


def test_a_broken_proposal_is_annotated_line_by_line_and_asked_for() -> None:
    made = check(pull(proposed_policy_problems=(PROBLEM,)))
    assert (made.name, made.conclusion, made.asked) == ("os2kb / policy", "failure", True)
    assert [(one.path, one.line, one.message) for one in made.annotations] == [
        (".github/os2kb.yml", 3, "Ukendt nøgle `x`.")
    ]
    assert check(pull(proposed_policy_problems=(PROBLEM,), language="en")).title == (
        "The Policy has one mistake."
    )


def test_a_good_proposal_mends_a_broken_policy() -> None:
    made = check(pull(policy_problems=(PROBLEM,), proposed_policy_problems=()))
    assert made.conclusion == "success"


def test_the_check_is_set_again_only_where_it_says_something_else() -> None:
    facts = pull(proposed_policy_problems=(PROBLEM,))
    said = replace(receipt(check(facts).key), content=check(facts).content)
    assert not checks(replace(facts, receipts=(said,)), "policy")
    refused = replace(said, state="skipped", note="only a GitHub App may write checks")
    assert not checks(replace(facts, receipts=(refused,)), "policy")
    mended = replace(facts, receipts=(said,), proposed_policy_problems=())
    assert check(mended).conclusion == "success"


def test_a_check_that_is_asked_for_again_is_set_again_and_so_is_the_preview() -> None:
    facts = pull(proposed_policy_problems=())
    valid = replace(receipt(check(facts).key, "policy"), content=check(facts).content)
    shown = replace(valid, because=PREVIEW, content="hvad der ville ændre sig")
    previewed = replace(facts, receipts=(valid, shown))
    assert not checks(previewed, "policy")
    assert not awaits_preview(previewed)
    again = replace(previewed, checks_again=True)
    assert check(again).content == valid.content
    assert awaits_preview(replace(previewed, receipts=(valid, shown, valid)))


def test_a_check_on_many_hostile_mistakes_is_one_that_github_takes() -> None:
    worst = replace(PROBLEM, message=Phrase("@" * 60_000, "#" * 60_000))
    made = check(pull(proposed_policy_problems=(worst,) * 50))
    assert len(made.summary) < 65_535
    assert len(made.annotations) == 50
    assert all(len(one.message) <= 1_000 for one in made.annotations)


def test_a_proposal_that_touches_no_policy_has_no_check() -> None:
    assert not checks(pull(), "policy")


def test_a_branch_that_is_not_the_default_one_never_makes_it_hold() -> None:
    never = check(pull(base="develop", proposed_policy_problems=())).summary
    assert "går til `develop`, og policyen læses kun fra standardgrenen, `main`" in never
    holds = check(pull(proposed_policy_problems=())).summary
    assert "Den gælder, når den er flettet ind i standardgrenen." in holds

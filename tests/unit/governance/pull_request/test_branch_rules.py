"""branch-name and target-branch: git-flow as the product has it."""

import pytest

from tests.unit.governance.cases import OTHER_BOT, pull, strict, verdict, with_pull


@pytest.mark.parametrize(
    ("branch", "expected"),
    [("feature/12-x", "pass"), ("hotfix/x", "pass"), ("ret", "fail"), ("Feature/x", "fail")],
)
def test_a_branch_has_an_agreed_name(branch: str, expected: str) -> None:
    assert verdict("branch-name", pull(branch=branch), strict("branch-name")) == expected


@pytest.mark.parametrize(
    ("branch", "base", "expected"),
    [
        ("feature/x", "develop", "pass"),
        ("feature/x", "main", "fail"),
        ("hotfix/x", "main", "pass"),
        ("andet", "main", "n/a"),
    ],
)
def test_a_branch_goes_where_its_kind_goes(branch: str, base: str, expected: str) -> None:
    by = strict("target-branch", ", allow: {'feature/*': develop, 'hotfix/*': main}")
    assert verdict("target-branch", pull(branch=branch, base=base), by) == expected


@pytest.mark.parametrize("branch", ["develop", "main"])
def test_a_lasting_branch_needs_no_other_name_but_one_in_a_fork_does(branch: str) -> None:
    facts = pull(branch=branch)
    assert verdict("branch-name", facts, strict("branch-name")) == "n/a"
    assert verdict("branch-name", with_pull(facts, from_fork=True), strict("branch-name")) == "fail"


def test_a_bots_branch_has_its_own_name() -> None:
    assert verdict("branch-name", pull(author=OTHER_BOT), strict("branch-name")) == "n/a"


@pytest.mark.parametrize(
    ("base", "expected"),
    [("main", "pass"), ("develop", "pass"), ("release/2.0", "pass"), ("feature/y", "fail")],
)
def test_a_kind_of_branch_may_have_several_ways_to_go(base: str, expected: str) -> None:
    by = strict("target-branch", ", allow: {'hotfix/*': [main, develop, 'release/*']}")
    assert verdict("target-branch", pull(branch="hotfix/7", base=base), by) == expected

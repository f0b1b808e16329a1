"""merge-commits and sign-off: how the branch came about, and whose it is."""

import pytest

from os2kb.governance.facts import Account, Commit, Facts
from tests.unit.governance.cases import OTHER_BOT, finding, pull, strict, verdict, with_pull

PLAIN = Commit("1" * 40, "Rettede visning", None)
MERGE = Commit("abcdef1" + "0" * 33, "Merge branch 'main' into x", None, parents=2)


def commits(*listed: Commit, branch: str = "feature/x", cut: bool = False) -> Facts:
    return with_pull(pull(branch=branch), commits=listed, commits_cut=cut)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (commits(PLAIN), "pass"),
        (commits(PLAIN, MERGE), "fail"),
        (commits(PLAIN, cut=True), "unknown"),
        (commits(MERGE, cut=True), "fail"),
        (commits(MERGE, branch="release/2.0"), "n/a"),
        (commits(MERGE, branch="develop"), "n/a"),
        (with_pull(commits(MERGE, branch="develop"), from_fork=True), "fail"),
        (pull(), "unknown"),
    ],
)
def test_a_branch_is_rebased_and_not_merged_into(facts: Facts, expected: str) -> None:
    assert verdict("merge-commits", facts, strict("merge-commits")) == expected


def test_the_first_merge_is_named_with_what_mends_it() -> None:
    found = finding("merge-commits", commits(PLAIN, MERGE), strict("merge-commits"))
    assert "abcdef1" in found.evidence.da
    assert "rebase origin main" in found.remedy.da


def signed(trailer: str, *, author: Account | None = None, name: str = "Ida Ida") -> Commit:
    message = f"Rettede visning\n\nForklaring.\n\n{trailer}"
    return Commit("2" * 40, message, author, author_name=name, author_email="ida@example.dk")


@pytest.mark.parametrize(
    ("commit", "expected"),
    [
        (signed("Signed-off-by: Ida Ida <ida@example.dk>"), "pass"),
        (signed("signed-off-by: ida ida <IDA@example.dk>"), "pass"),
        (signed("Signed-off-by: Ida Ida <other@example.dk>"), "pass"),  # by name
        (signed("Signed-off-by: I. Ida <ida@example.dk>"), "pass"),  # by address
        (signed("Signed-off-by: Ida Ida <ida@example.dk>\r"), "pass"),
        (signed("Co-authored-by: Bo <bo@example.dk>\nSigned-off-by: Ida Ida <i@x.dk>"), "pass"),
        (signed("Signed-off-by: Bo Bo <bo@example.dk>"), "fail"),  # another's
        (signed("Signed-off-by: Ida Ida"), "fail"),
        (signed("Se Signed-off-by: Ida Ida <ida@example.dk>"), "fail"),
        (signed(""), "fail"),
        (signed("Signed-off-by: Bo <bo@example.dk>", name=""), "fail"),
        (Commit("3" * 40, "x\n\nSigned-off-by: Bo <bo@example.dk>", None), "pass"),  # nobody known
        (signed("", author=OTHER_BOT), "n/a"),
        (signed("", name="renovate[bot]"), "n/a"),  # whose account the forge does not say
        (MERGE, "n/a"),
    ],
)
def test_a_commit_is_signed_off_by_its_author(commit: Commit, expected: str) -> None:
    assert verdict("sign-off", commits(commit), strict("sign-off")) == expected


GOOD = signed("Signed-off-by: Ida Ida <ida@example.dk>")


def test_unsigned_commits_are_counted_and_addresses_never_repeated() -> None:
    found = finding("sign-off", commits(GOOD, signed("")), strict("sign-off"))
    assert found.evidence.en.startswith("1 of 2 ")
    assert "HEAD~2" in found.remedy.en
    assert "example.dk" not in f"{found}"


def test_commits_out_of_sight_are_not_called_signed() -> None:
    assert verdict("sign-off", commits(GOOD, cut=True), strict("sign-off")) == "unknown"
    assert verdict("sign-off", pull(), strict("sign-off")) == "unknown"


def test_a_bot_signs_nothing() -> None:
    facts = with_pull(pull(author=OTHER_BOT), commits=(signed(""),))
    assert verdict("sign-off", facts, strict("sign-off")) == "n/a"

"""The rules for pull requests: what passes, what fails, where they have nothing to say."""

from dataclasses import replace

import pytest

from os2kb.governance.facts import ChangedFile, Facts, Linked
from os2kb.governance.unreleased import added_under
from tests.unit.governance.cases import (
    OTHER_BOT,
    finding,
    pull,
    strict,
    verdict,
)


def test_a_pull_request_that_names_an_existing_issue_passes() -> None:
    found = finding("linked-issue", pull(linked=(Linked(12), Linked(13))))
    assert (found.verdict, found.label) == ("pass", "")
    assert "#12, #13" in found.evidence.da


def test_a_pull_request_without_an_issue_fails() -> None:
    found = finding("linked-issue", pull())
    assert (found.verdict, found.label) == ("fail", "status.needs-issue")


def test_a_number_that_is_no_issue_is_said_to_be_none() -> None:
    assert "#12" in finding("linked-issue", pull(title="Ret #12")).evidence.en


def test_a_bots_pull_request_needs_no_issue() -> None:
    assert verdict("linked-issue", pull(author=OTHER_BOT)) == "n/a"


UNDER_UNRELEASED = "@@ -5,4 +5,5 @@\n ## [Unreleased]\n \n+- Tilføjede eksport.\n \n ## [1.0.0]"


@pytest.mark.parametrize(
    ("patch", "place"),
    [
        (UNDER_UNRELEASED, "unreleased"),
        ("@@ -1,2 +1,5 @@\n # Changelog\n+\n+## [Unreleased]\n+\n+- Ny.", "unreleased"),
        ("@@ -5,3 +5,5 @@\n ## Unreleased\n+### Added\n+- Ny.\n ### Fixed", "unreleased"),
        ("@@ -5,3 +5,4 @@\n ## [Ikke udgivet]\n+- Ny.", "unreleased"),
        ("@@ -9,3 +9,4 @@ ## [Unreleased]\n - a\n+- Ny.\n - b", "unreleased"),
        ("@@ -9,3 +9,4 @@\n ## [1.2.0] - 2026-01-01\n+- Ny.\n - b", "elsewhere"),
        ("@@ -9,3 +9,4 @@\n - a\n+- Ny.\n - b", "unknown"),
        ("@@ -5,2 +5,4 @@\n ## [Unreleased]\n+\n+## [1.3.0] - 2026-03-01\n ", "release"),
        ("@@ -5,2 +5,3 @@\n ## [Unreleased]\n+\n ", "nothing"),
        ("@@ -5,3 +5,2 @@\n ## [Unreleased]\n-- Gammel.\n ", "nothing"),
        (
            "@@ -5,2 +5,3 @@\n ## [Unreleased]\n \n@@ -40,2 +41,3 @@\n ## [1.0.0]\n+- Sen.",
            "elsewhere",
        ),
        ("", "nothing"),
    ],
)
def test_a_patch_shows_where_the_changelog_grew(patch: str, place: str) -> None:
    assert added_under(patch) == place


APP = ChangedFile("src/app.php", "modified", "@@ -1 +1 @@\n-a\n+b")


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ((APP,), "fail"),
        ((APP, ChangedFile("CHANGELOG.md", "modified", UNDER_UNRELEASED)), "pass"),
        ((APP, ChangedFile("web/Changelog.rst", "modified", UNDER_UNRELEASED)), "pass"),
        ((APP, ChangedFile("CHANGELOG.md", "modified", None)), "unknown"),
        ((APP, ChangedFile("CHANGELOG.md", "modified", "@@ -9 +9,2 @@\n ## 1.0\n+x")), "fail"),
        ((APP, ChangedFile("CHANGELOG.md", "removed", "@@ -1 +0,0 @@\n-x")), "fail"),
        ((ChangedFile("README.md", "modified", "+x"),), "n/a"),
        ((ChangedFile(".github/workflows/ci.yml", "modified", "+x"),), "n/a"),
        ((ChangedFile("docs/æøå/drift.md", "modified", "+x"), APP), "fail"),
    ],
)
def test_what_changes_for_users_stands_in_the_changelog(
    files: tuple[ChangedFile, ...], expected: str
) -> None:
    assert verdict("changelog", pull(*files)) == expected


def test_a_policy_says_which_files_need_no_entry() -> None:
    by = strict("changelog", ", exempt: ['src/*']")
    assert verdict("changelog", pull(APP), by) == "n/a"
    assert verdict("changelog", pull(ChangedFile("README.md", "modified", "+x")), by) == "fail"


def test_a_bots_pull_request_needs_no_entry() -> None:
    assert verdict("changelog", pull(author=OTHER_BOT)) == "n/a"


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("[12]: Ret fejl", "pass"),
        ("Ret fejl", "fail"),
        ("[12]: " + "æ" * 63, "pass"),
        ("[12]: " + "æ" * 64, "fail"),
        ("", "fail"),
    ],
)
def test_a_title_has_the_agreed_form(title: str, expected: str) -> None:
    by = strict("title", r", pattern: '^\[\d+\]: \S', max_length: 69")
    assert verdict("title", pull(title=title), by) == expected


def test_a_title_rule_without_demands_says_nothing() -> None:
    assert verdict("title", pull(), strict("title")) == "n/a"


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


LONG_LOG = (
    "# Ændringslog\n\n## [Unreleased]\n\n" + "- før\n" * 20 + "- ny\n\n## [1.0.0]\n\n- gammel\n"
)
FAR_BELOW = "@@ -22,3 +22,4 @@\n - før\n - før\n - før\n+- ny"
IN_A_RELEASE = "@@ -27,1 +28,2 @@\n \n+- gammel"


@pytest.mark.parametrize(
    ("patch", "after", "expected"),
    [
        (FAR_BELOW, LONG_LOG, "pass"),
        (FAR_BELOW, "", "unknown"),
        (FAR_BELOW, "# Ændringslog\n", "unknown"),
        (IN_A_RELEASE, LONG_LOG, "fail"),
    ],
)
def test_the_whole_changelog_tells_what_its_patch_does_not_show(
    patch: str, after: str, expected: str
) -> None:
    facts = pull(APP, ChangedFile("CHANGELOG.md", "modified", patch))
    assert verdict("changelog", replace(facts, changelogs={"CHANGELOG.md": after})) == expected


def cut(facts: Facts) -> Facts:
    assert facts.pull_request is not None
    return replace(facts, pull_request=replace(facts.pull_request, files_cut=True))


def test_a_changelog_that_may_lie_among_the_files_not_listed_is_not_called_missing() -> None:
    assert verdict("changelog", cut(pull(APP))) == "unknown"
    assert verdict("changelog", cut(pull(ChangedFile("README.md", "modified", "+x")))) == "unknown"
    exempt = strict("changelog", ", exempt: ['src/*']")
    assert verdict("changelog", cut(pull(APP)), exempt) == "unknown"


def test_a_changelog_among_the_files_listed_is_read() -> None:
    noted = ChangedFile("CHANGELOG.md", "modified", "@@ -1 +1,2 @@\n ## [Unreleased]\n+- x")
    assert verdict("changelog", cut(pull(APP, noted))) == "pass"

"""changelog: what changes for users is told under what is not yet released."""

from dataclasses import replace

import pytest

from os2kb.governance.facts import ChangedFile
from os2kb.governance.rules.pull_request.files.unreleased import added_under
from tests.unit.governance.cases import OTHER_BOT, finding, pull, strict, verdict, with_pull

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


LATE = "@@ -40,3 +41,4 @@\n ## [1.0.0]\n \n+- Sen.\n - a"


@pytest.mark.parametrize(
    ("logs", "rule", "places"),
    [
        ({"CHANGELOG.md": LATE}, "", [("CHANGELOG.md", 43)]),
        (
            {"CHANGELOG.md": LATE, "web/CHANGELOG.md": LATE},
            "",
            [("CHANGELOG.md", 43), ("web/CHANGELOG.md", 43)],
        ),
        ({"CHANGELOG.md": UNDER_UNRELEASED}, ", link: true", [("CHANGELOG.md", 7)]),
        (
            {"CHANGELOG.md": "@@ -5,4 +5,6 @@\n ## [Unreleased]\n-- Gammel\n+- Ny\n+- Nyere\n "},
            ", link: true",
            [("CHANGELOG.md", 6)],
        ),
        ({"src/app.php": "@@ -1 +1 @@\n-a\n+b"}, "", []),
        ({"CHANGELOG.md": "@@ -5,3 +5,2 @@\n ## [Unreleased]\n-- Gammel.\n "}, "", []),
    ],
)
def test_the_line_that_stands_in_the_wrong_place_or_lacks_a_link_is_pointed_at(
    logs: dict[str, str], rule: str, places: list[tuple[str, int]]
) -> None:
    files = [ChangedFile(path, "modified", patch) for path, patch in logs.items()]
    found = finding("changelog", pull(*files), strict("changelog", rule))
    assert found.verdict == "fail"
    assert [(one.path, one.line) for one in found.places] == places


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


def test_a_changelog_that_may_lie_among_the_files_not_listed_is_not_called_missing() -> None:
    assert verdict("changelog", with_pull(pull(APP), files_cut=True)) == "unknown"
    assert (
        verdict(
            "changelog", with_pull(pull(ChangedFile("README.md", "modified", "+x")), files_cut=True)
        )
        == "unknown"
    )
    exempt = strict("changelog", ", exempt: ['src/*']")
    assert verdict("changelog", with_pull(pull(APP), files_cut=True), exempt) == "unknown"


def test_a_changelog_among_the_files_listed_is_read() -> None:
    noted = ChangedFile("CHANGELOG.md", "modified", "@@ -1 +1,2 @@\n ## [Unreleased]\n+- x")
    assert verdict("changelog", with_pull(pull(APP, noted), files_cut=True)) == "pass"


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        ("- [#42](https://github.example/os2demo/os2demo/pull/42) Viser datoen.", "pass"),
        ("- Viser datoen, se https://github.example/os2demo/os2demo/pull/42", "pass"),
        ("- Viser datoen (#42).", "pass"),
        ("- Viser datoen (#421).", "fail"),
        ("- Viser datoen.", "fail"),
    ],
)
def test_an_entry_links_to_its_pull_request_where_the_policy_asks(
    entry: str, expected: str
) -> None:
    log = ChangedFile("CHANGELOG.md", "modified", f"@@ -1 +1,2 @@\n ## [Unreleased]\n+{entry}")
    found = finding("changelog", pull(APP, log), strict("changelog", ", link: true"))
    assert found.verdict == expected
    assert verdict("changelog", pull(APP, log), strict("changelog")) == "pass"
    assert ("#42" in found.remedy.da) == (expected == "fail")


def test_a_release_needs_no_link() -> None:
    heading = "@@ -5,2 +5,4 @@\n ## [Unreleased]\n+\n+## [1.3.0] - 2026-03-01\n "
    log = ChangedFile("CHANGELOG.md", "modified", heading)
    assert verdict("changelog", pull(APP, log), strict("changelog", ", link: true")) == "pass"

"""tests, documentation and api-description: where one file is changed, another is too."""

from dataclasses import replace

import pytest

from os2kb.governance.facts import ChangedFile
from os2kb.governance.rules.globs import matches
from tests.unit.governance.cases import OTHER_BOT, finding, pull, strict, verdict, with_pull


def changed(path: str) -> ChangedFile:
    return ChangedFile(path, "modified", "@@ -1 +1 @@\n-a\n+b", lines=2)


@pytest.mark.parametrize(
    ("rule", "paths", "expected"),
    [
        ("tests", ("src/Feed.php",), "fail"),
        ("tests", ("src/Feed.php", "tests/FeedTest.php"), "pass"),
        ("tests", ("src/feed.py", "src/test_feed.py"), "pass"),
        ("tests", ("assets/feed.tsx", "assets/feed.test.tsx"), "pass"),
        ("tests", ("tests/FeedTest.php",), "n/a"),  # a test asks for no other test
        ("tests", ("README.md", "docs/drift.md"), "n/a"),
        ("tests", ("src/Æblegrød/Visning.php", "tests/Æblegrød/VisningTest.php"), "pass"),
        ("documentation", ("src/Feed.php",), "fail"),
        ("documentation", ("src/Feed.php", "docs/feed.md"), "pass"),
        ("documentation", ("src/Feed.php", "README.md"), "pass"),
        ("documentation", ("src/Feed.php", "CHANGELOG.md"), "fail"),
        ("documentation", ("tests/FeedTest.php",), "n/a"),
        ("api-description", ("src/Controller/FeedController.php",), "fail"),
        ("api-description", ("src/ApiResource/Feed.php", "public/api-spec-v2.yaml"), "pass"),
        ("api-description", ("app/api/feed.py", "docs/openapi.json"), "pass"),
        ("api-description", ("tests/api/test_feed.py",), "n/a"),
        ("api-description", ("src/Feed.php",), "n/a"),
    ],
)
def test_a_change_brings_what_belongs_to_it(
    rule: str, paths: tuple[str, ...], expected: str
) -> None:
    assert verdict(rule, pull(*map(changed, paths)), strict(rule)) == expected


@pytest.mark.parametrize(
    ("patch", "line"),
    [
        ("@@ -1 +1 @@\n-a\n+b", 1),
        ("@@ -10,3 +12,4 @@ class Feed\n a\n b\n+c\n d", 14),
        ("@@ -10,4 +12,3 @@\n a\n-b\n c\n d", 13),
        ("@@ -1,2 +0,0 @@\n-a\n-b", 1),
        ("@@ -1,2 +1,2 @@\n a\n b\n@@ -9 +9,2 @@\n a\n+b", 10),
        (None, 1),
    ],
)
def test_the_change_of_the_api_that_asks_for_a_description_is_pointed_at(
    patch: str | None, line: int
) -> None:
    api = ChangedFile("src/ApiResource/Feed.php", "modified", patch, lines=2)
    (place,) = finding("api-description", pull(api), strict("api-description")).places
    assert (place.path, place.line) == ("src/ApiResource/Feed.php", line)


def test_no_more_places_are_pointed_at_than_are_named_and_none_where_anything_may_lack_it() -> None:
    files = [changed(f"src/ApiResource/Feed{n}.php") for n in range(9)]
    assert len(finding("api-description", pull(*files), strict("api-description")).places) == 3
    assert finding("tests", pull(*files), strict("tests")).places == ()


OWN = strict("documentation", ", when: ['config/*', '!config/local/*'], then: ['docs/drift.md']")


@pytest.mark.parametrize(
    ("paths", "expected"),
    [
        (("config/app.yaml",), "fail"),
        (("config/app.yaml", "docs/drift.md"), "pass"),
        (("config/app.yaml", "docs/andet.md"), "fail"),
        (("config/local/app.yaml",), "n/a"),
    ],
)
def test_a_policy_says_what_belongs_to_what(paths: tuple[str, ...], expected: str) -> None:
    assert verdict("documentation", pull(*map(changed, paths)), OWN) == expected


SOURCE, TEST = changed("src/Feed.php"), changed("tests/FeedTest.php")


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ((SOURCE, replace(TEST, change="removed")), "fail"),
        ((replace(SOURCE, change="removed"),), "n/a"),
        ((replace(SOURCE, change="renamed", patch=None, lines=0),), "n/a"),
        ((replace(SOURCE, change="renamed", patch=None, lines=None),), "n/a"),
        ((replace(SOURCE, change="renamed"),), "fail"),
        ((replace(SOURCE, patch=None, lines=None),), "fail"),  # too large to be shown
    ],
)
def test_only_new_content_asks_and_only_what_stays_answers(
    files: tuple[ChangedFile, ...], expected: str
) -> None:
    assert verdict("tests", pull(*files), strict("tests")) == expected


@pytest.mark.parametrize(
    ("files", "expected"),
    [((SOURCE,), "unknown"), ((TEST,), "unknown"), ((SOURCE, TEST), "pass")],
)
def test_what_may_lie_out_of_sight_is_not_called_missing(
    files: tuple[ChangedFile, ...], expected: str
) -> None:
    assert verdict("tests", with_pull(pull(*files), files_cut=True), strict("tests")) == expected


def test_the_finding_names_the_first_files_and_calls_for_a_change() -> None:
    files = [changed(f"src/{name}.php") for name in "abcde"]
    found = finding("tests", pull(*files), strict("tests"))
    assert found.evidence.en.startswith("src/a.php, src/b.php, src/c.php, …")
    assert found.label == "status.needs-change"


def test_a_bots_update_needs_no_tests() -> None:
    assert verdict("tests", pull(SOURCE, author=OTHER_BOT), strict("tests")) == "n/a"


@pytest.mark.parametrize(
    ("path", "globs", "expected"),
    [
        ("src/a.php", ("*.php",), True),
        ("src/a.php", ("*.PHP",), False),
        ("src/a.php", ("*.php", "!src/*"), False),
        ("src/a.php", ("!src/*", "*.php"), False),  # the order says nothing
        ("src/a.php", ("!docs/*",), False),
        ("src/a.php", (), False),
        ("src/[x]\n.php", ("*.php",), True),
    ],
)
def test_globs_cross_folders_and_take_out_again(
    path: str, globs: tuple[str, ...], expected: bool
) -> None:
    assert matches(path, globs) is expected

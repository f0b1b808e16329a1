"""size: others can review it well."""

import pytest

from os2kb.governance.facts import ChangedFile
from tests.unit.governance.cases import OTHER_BOT, finding, pull, strict, verdict, with_pull

SMALL = strict("size", ", max_files: 2, max_lines: 10")


def file(path: str, lines: int | None = None, patch: str | None = None) -> ChangedFile:
    return ChangedFile(path, "modified", patch, lines)


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ((file("a.php", 10),), "pass"),
        ((file("a.php", 11),), "fail"),
        ((file("a.php", 6), file("b.php", 5)), "fail"),
        ((file("a.php", 1), file("b.php", 1), file("c.php", 1)), "fail"),
        ((file("a.php", 1), file("composer.lock", 9000), file("web/package-lock.json", 1)), "pass"),
        ((file("a.php", None, "@@ -1,3 +1,3 @@\n-a\n+b\n c"),), "pass"),
        ((file("a.php", None, "@@\n" + "+x\n" * 11),), "fail"),
        ((file("logo.png", 0),), "pass"),
        ((file("a.php"),), "unknown"),  # neither patch nor number
        ((file("a.php"), file("b.php", 11)), "fail"),  # what is seen is enough
    ],
)
def test_files_and_lines_are_counted(files: tuple[ChangedFile, ...], expected: str) -> None:
    assert verdict("size", pull(*files), SMALL) == expected


def test_three_thousand_files_are_too_many_and_a_list_that_was_cut_is_no_proof() -> None:
    many = [file(f"src/{number}.php", 1) for number in range(3000)]
    assert verdict("size", with_pull(pull(*many), files_cut=True), strict("size")) == "fail"
    generated = [file(f"{number}.svg", 1) for number in range(3000)]
    assert verdict("size", with_pull(pull(*generated), files_cut=True), strict("size")) == "unknown"


def test_a_limit_can_be_raised() -> None:
    raised = strict("size", ", max_files: 99")
    many = [file(f"{number}.php", 1) for number in range(99)]
    assert verdict("size", pull(*many), raised) == "pass"
    assert verdict("size", pull(*many), strict("size")) == "fail"


def test_the_finding_says_what_was_counted() -> None:
    assert "11" in finding("size", pull(file("a.php", 11)), SMALL).evidence.da


def test_a_bots_pull_request_has_the_size_it_has() -> None:
    assert verdict("size", pull(file("a.php", 9999), author=OTHER_BOT), SMALL) == "n/a"

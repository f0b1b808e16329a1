"""screenshot: a change of the interface is shown."""

from dataclasses import replace

import pytest

from os2kb.governance.facts import ChangedFile
from os2kb.governance.rules.pull_request.written.pictures import has_picture
from tests.unit.governance.cases import (
    IDA,
    OTHER_BOT,
    comment,
    finding,
    pull,
    strict,
    verdict,
    with_pull,
)

STYLE = ChangedFile("assets/skærm.scss", "modified", "@@ -1 +1 @@\n-a\n+b", lines=2)
CODE = ChangedFile("src/app.php", "modified", "@@ -1 +1 @@\n-a\n+b", lines=2)
BY = strict("screenshot")
PICTURE = "![Efter](https://github.example/user-attachments/assets/1)"


@pytest.mark.parametrize(
    ("files", "body", "expected"),
    [
        ((STYLE,), "Ny farve.", "fail"),
        ((STYLE,), PICTURE, "pass"),
        ((CODE,), "Ny farve.", "n/a"),
        ((ChangedFile("docs/index.html", "modified", "+x"),), "", "n/a"),
        ((ChangedFile("assets/liste.test.tsx", "modified", "+x"),), "", "n/a"),
        ((replace(STYLE, change="removed"),), "", "n/a"),
    ],
)
def test_a_change_of_the_interface_comes_with_a_picture(
    files: tuple[ChangedFile, ...], body: str, expected: str
) -> None:
    assert verdict("screenshot", pull(*files, body=body), BY) == expected


def test_a_picture_may_come_in_a_comment_of_a_person() -> None:
    shown = pull(STYLE, comments=(comment(PICTURE, author=IDA),))
    assert verdict("screenshot", shown, BY) == "pass"
    badge = pull(STYLE, comments=(comment(PICTURE, author=OTHER_BOT),))
    assert verdict("screenshot", badge, BY) == "fail"


def test_files_out_of_sight_may_be_of_the_interface() -> None:
    assert verdict("screenshot", with_pull(pull(CODE), files_cut=True), BY) == "unknown"
    assert verdict("screenshot", with_pull(pull(STYLE), files_cut=True), BY) == "fail"


def test_the_finding_names_the_file() -> None:
    assert "assets/skærm.scss" in finding("screenshot", pull(STYLE), BY).evidence.da


@pytest.mark.parametrize(
    ("markdown", "shown"),
    [
        (PICTURE, True),
        ("- punkt\n  ![](x.png)", True),
        ("[![](x.png)](y)", True),
        ('<img width="200" src="x.png">', True),
        ('Før: <img src="x.png"> efter', True),
        ('<video src="x.mp4"></video>', True),
        ("https://github.com/user-attachments/assets/0a1b-2c", True),
        ("![mangler][billede]", False),
        ("<!-- ![](x.png) -->", False),
        ('<!-- <img src="x.png"> -->', False),
        ("`![](x.png)`", False),
        ("```\n![](x.png)\n```", False),
        ("> ![](x.png)", False),
        ("<img alt='ingen'>", False),
        ("https://example.dk/andet", False),
        ("<img " + "a" * 300_000, False),
        ("\x00\ud800![](x.png)", True),
    ],
)
def test_a_picture_is_one_that_readers_see(markdown: str, shown: bool) -> None:
    assert has_picture(markdown) is shown

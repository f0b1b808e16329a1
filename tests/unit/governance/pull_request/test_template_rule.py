"""template: headings kept, checklist answered."""

import unicodedata

import pytest

from os2kb.governance.rules.pull_request.written.checklist import Task, tasks
from tests.unit.governance.cases import OTHER_BOT, finding, pull, strict, verdict

TEMPLATE = """\
<!-- Slet ikke overskrifterne. -->
#### Henvisning til sag

Indsæt et link til sagen.

#### Skærmbillede af ændringen

#### Tjekliste

- [ ] Min kode er dækket af tests.
- [ ] Jeg har rettet dokumentationen.

Er noget ikke opfyldt, så skriv hvorfor.

#### Øvrige bemærkninger
"""
FILLED = """\
#### Henvisning til sag

#12

#### Skærmbillede af ændringen

Ingen.

#### Tjekliste

- [x] Min kode er dækket af tests.
- [X] Jeg har rettet dokumentationen.

#### Øvrige bemærkninger
"""
BY = strict("template")


def judged(body: str, template: str = TEMPLATE, options: str = "") -> str:
    facts = pull(body=body, templates={".github/PULL_REQUEST_TEMPLATE.md": template})
    return verdict("template", facts, strict("template", options))


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (FILLED, "pass"),
        (FILLED.replace("\n", "\r\n"), "pass"),
        (FILLED.replace("æ", "ae").replace("Ø", "Oe"), "pass"),  # without a Danish keyboard
        (unicodedata.normalize("NFD", FILLED), "pass"),
        (FILLED.replace("####", "##"), "pass"),
        (FILLED.replace("#### Øvrige bemærkninger", "**Øvrige bemærkninger**"), "pass"),
        (FILLED.replace("Tjekliste", "✅ Tjekliste:"), "pass"),
        (FILLED.replace("#### Tjekliste\n", ""), "fail"),
        (FILLED.replace("#### Henvisning til sag", "<!-- #### Henvisning til sag -->"), "fail"),
        (FILLED.replace("[x]", "[ ]"), "fail"),
        (FILLED.replace("- [x] Min kode er dækket af tests.\n", ""), "fail"),
        (TEMPLATE, "fail"),
        ("", "fail"),
        ("\x00\ud800\u202e" + FILLED, "pass"),
    ],
)
def test_the_templates_headings_are_kept_and_its_checklist_answered(
    body: str, expected: str
) -> None:
    assert judged(body) == expected


UNTICKED = FILLED.replace("[x]", "[ ]")


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (UNTICKED.replace("tests.", "tests. Der er ingen kode."), "pass"),
        (UNTICKED.replace("tests.\n", "tests.\n  Der er ingen kode.\n"), "pass"),
        (
            UNTICKED.replace("Min kode er dækket af tests.", "~~Min kode er dækket af tests.~~"),
            "pass",
        ),
        (UNTICKED.replace("#### Øvrige", "Kun tekst er rettet.\n\n#### Øvrige"), "pass"),
        (UNTICKED.replace("ionen.\n\n", "ionen.\nKun tekst er rettet.\n\n"), "pass"),
        (UNTICKED.replace("Ingen.", "Der er ikke noget at vise."), "fail"),  # elsewhere
        (UNTICKED.replace("#### Øvrige", "Ja.\n\n#### Øvrige"), "fail"),
        (
            UNTICKED.replace("#### Øvrige", "Er noget ikke opfyldt, så skriv hvorfor.\n\n#### Ø"),
            "fail",  # the template's own words
        ),
    ],
)
def test_an_item_that_does_not_apply_is_explained(body: str, expected: str) -> None:
    assert judged(body) == expected


def test_what_is_missing_is_named() -> None:
    facts = pull(body=UNTICKED, templates={"a.md": TEMPLATE})
    assert '"Min kode er dækket af tests."' in finding("template", facts, BY).evidence.da
    bare = pull(body="Ret.", templates={"a.md": TEMPLATE})
    assert '"Henvisning til sag"' in finding("template", bare, BY).remedy.en


def test_a_policy_can_ask_for_some_headings_and_no_checklist() -> None:
    some = ", headings: [Tjekliste], checklist: false"
    assert judged("## Tjekliste", options=some) == "pass"
    assert judged("## Andet", options=some) == "fail"


def test_of_several_templates_the_nearest_counts() -> None:
    templates = {"bug.md": "## Fejlen\n", "feature.md": TEMPLATE}
    assert verdict("template", pull(body=FILLED, templates=templates), BY) == "pass"
    assert verdict("template", pull(body="## Fejlen\nx", templates=templates), BY) == "pass"


@pytest.mark.parametrize("template", ["", "Skriv noget.", "<!-- # Titel\n- [ ] Gjort -->"])
def test_a_template_without_headings_and_tasks_asks_nothing(template: str) -> None:
    assert judged("", template) == "n/a"


def test_without_a_template_there_is_nothing_to_follow() -> None:
    assert verdict("template", pull(templates={}), BY) == "n/a"
    assert verdict("template", pull(), BY) == "unknown"
    assert verdict("template", pull(templates={"a": TEMPLATE}, author=OTHER_BOT), BY) == "n/a"


@pytest.mark.parametrize(
    ("markdown", "found"),
    [
        ("- [ ] a\n- [x] b", (Task("a", False), Task("b", True))),
        ("* [X] a", (Task("a", True),)),
        ("1. [] a", (Task("a", False),)),
        ("- [ ] a\n  mere", (Task("a", False, "mere"),)),
        ("- [ ] a\n  - [x] b", (Task("a", False), Task("b", True))),
        ("- [ ] a\n\nAfsnit", (Task("a", False),)),
        ("- a\n- [link](x)", ()),
        ("> - [ ] a", ()),
        ("```\n- [ ] a\n```", ()),
        ("[ ] a", ()),
        ("- [ ]", (Task("", False),)),
    ],
)
def test_tasks_are_read_as_github_shows_them(markdown: str, found: tuple[Task, ...]) -> None:
    assert tasks(markdown) == found

"""description: a text in its writer's own words."""

import pytest

from os2kb.governance.facts import Facts
from tests.unit.governance.cases import OTHER_BOT, finding, issue, pull, strict, verdict

BY = strict("description")
TEMPLATE = """\
<!-- Skriv her, hvad du har gjort, og hvorfor du har gjort det. -->
#### Beskrivelse

Beskriv kort ændringen og begrundelsen for den.

- [ ] Min kode er dækket af tests, som alle sammen består.
"""


def with_template(body: str) -> Facts:
    return pull(body=body, templates={"a.md": TEMPLATE})


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Viser datoen, så borgere kan planlægge.", "pass"),
        ("Viser datoen rigtigt igen nu.", "pass"),
        ("Viser datoen.", "fail"),
        ("", "fail"),
        (TEMPLATE, "fail"),
        (TEMPLATE.replace("\n", "\r\n"), "fail"),
        (TEMPLATE.replace("æ", "ae"), "fail"),
        (TEMPLATE + "\nViser datoen, så borgere kan planlægge.", "pass"),
        ("<!-- Viser datoen, så borgere kan planlægge. -->", "fail"),
        ("> Viser datoen, så borgere kan planlægge.", "fail"),
        ("```\nViser datoen, så borgere kan planlægge.\n```", "fail"),
        ("## Viser datoen, så borgere kan planlægge", "fail"),
        ("- Viser datoen\n- så borgere kan planlægge", "pass"),
        ("Løser #12, #13, os2demo/os2demo#14 og GH-15", "fail"),
        ("Se https://example.dk/a/b/c/d/e/f/g-h-i", "fail"),
        ("🎉 🎉 🎉 🎉 🎉 🎉", "fail"),
        ("Дата показана правильно снова здесь", "pass"),
        ("\x00\ud800 Viser datoen\u202e rigtigt igen nu", "pass"),
    ],
)
def test_a_pull_request_is_described_in_words_of_its_authors_own(body: str, expected: str) -> None:
    assert verdict("description", with_template(body), BY) == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Kalenderen viser den forkerte dato på skærmen.", "pass"),
        ("### Beskrivelse af behovet\n\n_No response_\n\n### Kommune\n\nAarhus", "fail"),
        ("### Behov\n\nKalenderen viser den forkerte dato.", "pass"),
        ("", "fail"),
    ],
)
def test_an_issue_is_described_too_and_a_forms_questions_do_not_count(
    body: str, expected: str
) -> None:
    assert verdict("description", issue(body=body), BY) == expected


def test_the_remedy_fits_what_is_described() -> None:
    assert "ændringen" in finding("description", with_template(""), BY).remedy.da
    assert "hvad der sker" in finding("description", issue(), BY).remedy.da


def test_a_policy_says_how_many_words() -> None:
    three = strict("description", ", min_words: 3")
    assert verdict("description", issue(body="Datoen er forkert"), three) == "pass"


def test_words_are_not_counted_where_the_template_is_not_known() -> None:
    assert verdict("description", pull(body="Viser datoen rigtigt igen nu"), BY) == "unknown"


def test_a_bot_needs_no_words() -> None:
    assert verdict("description", issue(author=OTHER_BOT), BY) == "n/a"

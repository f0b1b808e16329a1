import pytest

from index.lookup import best_paragraph
from index.passages import Citation

GUIDE = """---
title: Sådan bidrager du
---
# Sådan bidrager du

Tak, fordi du vil være med. Læs det hele igennem først.

## Pull requests

En pull request skal henvise til det issue, den løser. Skriv nummeret i titlen.
Titlen må højst være 69 tegn.

## Ændringslog

Tilføj en linje i `CHANGELOG.md`, når du ændrer adfærd.

## Sikkerhed

Meld sårbarheder privat til redaktionen og aldrig i et offentligt issue.
"""
LINKED_ISSUE = (
    "pull request skal henvise til et issue / pull request must reference an issue number"
)


def cited(text: str, path: str, query: str, url: str = "") -> Citation | None:
    found = best_paragraph(text, path, query, url=url)
    return found.citation if found else None


def test_the_sentence_a_rule_rests_on_is_quoted_with_its_place() -> None:
    citation = cited(GUIDE, "docs/CONTRIBUTING.md", LINKED_ISSUE, url="https://os2.eu/c")
    assert citation is not None
    assert citation.quote == "En pull request skal henvise til det issue, den løser."
    assert citation.heading == ("Pull requests",)
    assert citation.lines == (10, 10)
    assert citation.url == "https://os2.eu/c#pull-requests"
    assert citation.title == "Sådan bidrager du"


@pytest.mark.parametrize(
    ("query", "begins"),
    [
        ("tilføj en linje i changelog / add a line to the changelog", "Tilføj en linje"),
        ("sårbarheder meldes privat / report vulnerabilities privately", "Meld sårbarheder"),
    ],
)
def test_each_rule_finds_its_own_paragraph(query: str, begins: str) -> None:
    citation = cited(GUIDE, "a.md", query)
    assert citation is not None
    assert citation.quote.startswith(begins)
    assert citation.url == ""


def test_an_english_guideline_is_found_by_the_english_wording() -> None:
    text = "# Contributing\n\nEvery pull request must reference the number of an issue.\n"
    citation = cited(text, "a.md", LINKED_ISSUE)
    assert citation is not None
    assert citation.quote == "Every pull request must reference the number of an issue."


@pytest.mark.parametrize(
    ("text", "query"),
    [
        (GUIDE, "opskrift på chokoladekage / chocolate cake recipe"),
        ("# Om os\n\nVi holder til i Aarhus og åbner hver dag klokken otte.\n", LINKED_ISSUE),
        ("", LINKED_ISSUE),
        (GUIDE, ""),
        (GUIDE, " / "),
        (GUIDE, "\ud800"),
    ],
)
def test_what_is_not_about_the_query_is_not_cited(text: str, query: str) -> None:
    assert best_paragraph(text, "a.md", query) is None


@pytest.mark.parametrize(
    ("query", "begins"),
    [
        ("en pull request skal have et +skærmbillede", None),
        ("en pull request skal nævne sit +issue", "En pull request"),
        ("hvor lang må +titlen højst være", "Titlen må"),
        ("+titlen på et +issue", None),  # both, in one place
        ("en linje i +ændringslog", "Tilføj en linje"),  # the heading says it
    ],
)
def test_a_word_after_a_plus_has_to_stand_in_the_quote_or_its_heading(
    query: str, begins: str | None
) -> None:
    citation = cited(GUIDE, "a.md", query)
    assert (citation and citation.quote.startswith(begins or "?")) is (True if begins else None)


def test_personal_numbers_are_masked_in_a_quote() -> None:
    text = "# Sager\n\nSkriv aldrig CPR-numre som 010190-1234 i et issue.\n"
    citation = cited(text, "a.md", "skriv aldrig cpr-numre i et issue")
    assert citation is not None
    assert "010190" not in citation.quote

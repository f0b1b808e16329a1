from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.lookup import best_paragraph
from index.sentences import sentences

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


def test_the_sentence_a_rule_rests_on_is_quoted_with_its_place() -> None:
    citation = best_paragraph(GUIDE, "docs/CONTRIBUTING.md", LINKED_ISSUE, url="https://os2.eu/c")
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
    citation = best_paragraph(GUIDE, "a.md", query)
    assert citation is not None
    assert citation.quote.startswith(begins)
    assert citation.url == ""


def test_an_english_guideline_is_found_by_the_english_wording() -> None:
    text = "# Contributing\n\nEvery pull request must reference the number of an issue.\n"
    citation = best_paragraph(text, "a.md", LINKED_ISSUE)
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


def test_personal_numbers_are_masked_in_a_quote() -> None:
    text = "# Sager\n\nSkriv aldrig CPR-numre som 010190-1234 i et issue.\n"
    citation = best_paragraph(text, "a.md", "skriv aldrig cpr-numre i et issue")
    assert citation is not None
    assert "010190" not in citation.quote


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Første. Anden! Tredje?", ["Første.", "Anden!", "Tredje?"]),
        (
            "Brug fx. Jira, f.eks. Cloud, ca. 3 gange.",
            ["Brug fx. Jira, f.eks. Cloud, ca. 3 gange."],
        ),
        ("Mødet er den 3. Maj kl. 10.", ["Mødet er den 3. Maj kl. 10."]),
        ("# Titel\n\nEn linje\nog en til. Slut.", ["En linje\nog en til.", "Slut."]),
        ("- et\n- to\n  mere", ["- et", "- to\n  mere"]),
        ("| A | B |\n|---|---|\n| 1. X | 2 |", ["| A | B |", "| 1. X | 2 |"]),
        ("Titel\n-----\n\nTekst.", ["Tekst."]),
        ("**Fed sætning.** Næste.", ["**Fed sætning.**", "Næste."]),
    ],
)
def test_sentences_are_the_texts_own(text: str, found: list[str]) -> None:
    assert [text[start:end].rstrip() for start, end in sentences(text)] == found


@given(st.text(alphabet="aÆ .!?\n-|#*`1)", max_size=120))
def test_sentences_follow_on_one_another(text: str) -> None:
    spans = list(sentences(text))
    assert all(start < end for start, end in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))

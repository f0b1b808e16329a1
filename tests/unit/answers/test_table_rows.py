"""Of a table, only the rows that speak of what is asked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from os2kb.answers.composers.extractive import ExtractiveComposer
from os2kb.answers.composers.table_rows import fitting_rows
from tests.unit.answers.passages import found, passage

HEAD = "| Indbyggere i kommunen | Bidrag pr. år |"
SMALL, MIDDLE, LARGE = (
    "| Under 30.000 | 20.000 kr. |",
    "| 30.000 til 80.000 | 35.000 kr. |",
    "| Over 80.000 | 50.000 kr. |",
)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Hvad koster det for en kommune med 50.000 indbyggere?", [MIDDLE]),
        ("hvad koster det for en kommune med 50000 indbyggere at være med", [MIDDLE]),
        ("Vi har 29 999 indbyggere, hvad er bidraget?", [SMALL]),
        ("Bidrag ved 30.000 indbyggere", [MIDDLE]),
        ("Bidrag ved 80.000 indbyggere", [MIDDLE]),
        ("Bidrag ved 80.001 indbyggere", [LARGE]),
        ("Hvad er bidraget for kommunen?", [SMALL, MIDDLE, LARGE]),
        # The number counts something else, so it picks no row by its size.
        ("Hvad er bidraget for en kommune med 12 skærme?", [SMALL, MIDDLE, LARGE]),
        ("Hvem betaler 50.000 kr.?", [LARGE]),
    ],
)
def test_the_row_whose_range_holds_the_number_answers(question: str, expected: list[str]) -> None:
    rows = [SMALL, MIDDLE, LARGE]
    fits = fitting_rows(question, "da", HEAD, rows)
    assert [row for row, fit in zip(rows, fits, strict=True) if fit] == expected


@pytest.mark.parametrize(
    ("cell", "holds_5"),
    [
        ("op til 5", True),
        ("under 5", False),
        ("< 5", False),
        ("≤ 5", True),
        ("mere end 5", False),
        ("mindst 5", True),
        ("at least 5", True),
        ("> 5", False),
        ("5 eller flere", True),
        ("4–5", True),
        ("6-9", False),
        ("5", True),
        ("2,5", False),
        ("1.000", False),
    ],
)
def test_ranges_are_read_as_they_are_written(cell: str, holds_5: bool) -> None:
    assert fitting_rows("Hvad får 5 brugere?", "da", "| Brugere | Pris |", [f"| {cell} | x |"]) == (
        holds_5,
    )


def test_where_no_range_holds_the_number_no_row_is_quoted() -> None:
    fees = passage(f"# Bidrag\n\n{HEAD}\n|---|---|\n{SMALL}\n{MIDDLE}\n")
    draft = ExtractiveComposer().compose("Bidrag for 90.000 indbyggere?", found(fees), "da")
    assert draft.claims == ()


CLASSES = [
    "| Kritisk | Ingen kan bruge løsningen | 2 timer |",
    "| Mindre | Skønhedsfejl uden frist | 5 dage |",
]


def test_what_names_a_row_decides_before_what_else_stands_in_it() -> None:
    fits = fitting_rows(
        "Hvad er fristen for svar på en kritisk fejl?",
        "da",
        "| Klasse | Kendetegn | Svar |",
        CLASSES,
    )
    assert fits == (True, False)


def test_words_of_the_head_pick_no_row() -> None:
    rows = [
        "| Ansat i en kommune | Nej |",
        "| Ansat hos en leverandør | Ja, firmaet underskriver |",
    ]
    assert fitting_rows(
        "Hvem skal underskrive?", "da", "| Bidragyder | Skal underskrive? |", rows
    ) == (True, True)


@given(st.text(), st.text(), st.lists(st.text(), max_size=5))
def test_any_text_gives_a_verdict_for_each_row(question: str, head: str, rows: list[str]) -> None:
    assert len(fitting_rows(question, "da", head, rows)) == len(rows)

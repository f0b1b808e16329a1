"""Where a document's text may be cut into quotable pieces."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.sentences import sentences, units


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Det er godt. Det er billigt.", ["Det er godt.", "Det er billigt."]),
        ("Gælder det? Ja! Altid.", ["Gælder det?", "Ja!", "Altid."]),
        ("Det gælder f.eks. Aarhus, bl.a. Odense og ca. 20 andre.", None),
        ("Se pkt. 3, stk. 2, jf. § 5, dvs. Hele loven.", None),
        ("Mødet er kl. 14 på nr. 7, Rådhuset.", None),
        ("Godkendt den 4. juni 2026 af styregruppen.", None),
        ("Godkendt den 4. Juni 2026 af styregruppen.", None),
        ("Brug version 2.1.3 eller nyere.", None),
        ("3. udgave gælder. Den er ny.", ["3. udgave gælder.", "Den er ny."]),
        ("Den udkom i 2026. Derefter kom to til.", ["Den udkom i 2026.", "Derefter kom to til."]),
        (
            "Se https://os2.eu/a.b?c=d.e. Skriv så.",
            ["Se https://os2.eu/a.b?c=d.e.", "Skriv så."],
        ),
        ("Kommuner, regioner m.fl. kan deltage.", None),
        (
            "Kommuner, regioner m.fl. De kan deltage.",
            ["Kommuner, regioner m.fl.", "De kan deltage."],
        ),
        ("Det skrev J. P. Hansen selv.", None),
        ("**Vigtigt.** Læs *alt.* Og gem det.", ["**Vigtigt.**", "Læs *alt.*", "Og gem det."]),
        ("Han sagde “nej.” Så gik han.", ["Han sagde “nej.”", "Så gik han."]),
        ("Vent … så sker det.", None),
        ("Ét.  \nTo uden punktum  \ntre", ["Ét.", "To uden punktum", "tre"]),
        ("En linje\nsom fortsætter her.", None),
        ("Slut", None),
        ("", []),
        (" \n\t ", []),
        ("Rødgrød 🍓! Æblegrød 🍏!", ["Rødgrød 🍓!", "Æblegrød 🍏!"]),
    ],
)
def test_sentences_end_where_a_danish_reader_ends_them(
    text: str, expected: list[str] | None
) -> None:
    assert list(sentences(text)) == ([text] if expected is None else expected)


DOCUMENT = """# Roller

Styregruppen beslutter. Den mødes fire gange om året.

Der er tre roller:

- **Produktejer**: ejer produktet
  sammen med kommunerne.
- Leverandør
1. Første trin

| Rolle | Ansvar |
|-------|--------|
| Kim | Drift |

```sh
make run
```

Noter
-----
<!-- skjult -->
> Citeret her.
"""


def test_a_document_is_cut_into_sentences_items_rows_and_code() -> None:
    found = [(unit.kind, DOCUMENT[unit.start : unit.end]) for unit in units(DOCUMENT)]
    assert found == [
        ("sentence", "Styregruppen beslutter."),
        ("sentence", "Den mødes fire gange om året."),
        ("sentence", "Der er tre roller:"),
        ("item", "- **Produktejer**: ejer produktet\n  sammen med kommunerne."),
        ("item", "- Leverandør"),
        ("item", "1. Første trin"),
        ("row", "| Kim | Drift |"),
        ("code", "```sh\nmake run\n```"),
        ("sentence", "> Citeret her."),
    ]


def test_a_list_keeps_its_lead_in_and_a_paragraph_has_none() -> None:
    of = {DOCUMENT[unit.start : unit.end]: unit for unit in units(DOCUMENT)}
    assert of["Styregruppen beslutter."].lead_in is None
    lead_in = of["- Leverandør"].lead_in
    assert lead_in is not None
    assert DOCUMENT[slice(*lead_in)] == "Der er tre roller:"


def test_a_long_item_is_cut_into_its_sentences() -> None:
    text = "- " + " ".join(f"Sætning nummer {at} om drift og udvikling." for at in range(20))
    assert len(units(text)) == 20


@given(st.text(alphabet=st.sampled_from("Ab1.?!|-#>*`~: \n\t_§æ🌳\\")) | st.text())
def test_units_are_ordered_trimmed_and_inside_the_text(text: str) -> None:
    found = units(text)
    ends = [0, *(unit.end for unit in found)]
    assert all(unit.start >= end for unit, end in zip(found, ends, strict=False))
    for unit in found:
        piece = text[unit.start : unit.end]
        assert piece
        assert unit.kind == "code" or piece == piece.strip()


@pytest.mark.slow
@pytest.mark.parametrize(
    "piece", [". ", "a. ", "|a|\n", "- a\n", "`", "  \n", "1. ", "“", "a", "\n"]
)
@pytest.mark.timeout(60)
def test_a_huge_text_does_not_hang(piece: str) -> None:
    units(piece * (300_000 // len(piece)))


@pytest.mark.parametrize(
    "hostile",
    ["." * 50_000, "a" + " " * 50_000 + "x", "| a |\n" + "-" * 50_000 + "x", "?!" * 25_000 + "x"],
)
@pytest.mark.timeout(60)
def test_a_sign_without_end_is_one_unit_at_most_and_looked_at_once(hostile: str):
    """Looked at once from each of its signs, they took from a minute to days."""
    assert len(units(hostile)) <= 2

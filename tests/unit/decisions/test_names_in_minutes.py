"""Nobody's name leaves the minutes of a meeting, unless the Policy says so."""

import pytest

from os2kb.decisions.minutes.extract import extract
from tests.unit.decisions.minutes_read import MINUTES, quotes


def test_names_are_copied_only_where_they_may_be() -> None:
    text = MINUTES.replace("som Kim foreslog", "som Kims oplæg siger; Ida Holm og BL er enige")
    hidden = repr(extract("a.md", text))
    assert not any(name in hidden for name in ("Kim", "Ida", "Holm", "BL "))
    copied = extract("a.md", text, names=True)
    assert "Kims oplæg siger; Ida Holm og BL er enige" in copied.found[0].quote
    assert "Skriv udbudsmateriale (Ida)" in [one.quote for one in copied.found]


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("Ida Holm", "[navn]"),
        ("Ida og Holm", "[navn] og [navn]"),
        ("Idas bil, Ida-Holms hus", "[navn]s bil, [navn]s hus"),
        ("Idar og Holmen", "Idar og Holmen"),
        ("Ida Bo Kim", "[navn] Bo Kim"),
    ],
)
def test_a_name_is_hidden_whole_and_in_parts_and_in_no_other_word(said: str, shown: str) -> None:
    text = f"# Møde\n\nDeltagere: Ida Holm\n\nDet blev besluttet, at {said} er nævnt.\n"
    assert quotes(text) == [f"Det blev besluttet, at {shown} er nævnt."]


@pytest.mark.parametrize(
    ("listed", "said"),
    [
        ("Kim Palle", "Palle"),  # “alle”
        ("Ida Ballegaard", "Ida Ballegaard"),
        ("Bo Mødekær", "Mødekær"),
        ("Kim Ledermann", "Kim"),
        ("Gæst Ida Holm", "Ida"),
        ("Ida Holm Produktkoordinator", "Ida Holm"),
        ("Ida Holm Aarhus Kommune", "Ida Holm"),
        ("Ida Holm", "IDA HOLM"),
        ("IDA HOLM", "Ida Holm"),
        ("Styregruppen: Ida Holm", "Ida"),
    ],
)
def test_a_name_is_hidden_whatever_words_are_in_it_or_beside_it(listed: str, said: str) -> None:
    text = f"# Møde\n\nTil stede var: {listed}\n\nDet blev besluttet, at {said} skriver.\n"
    assert quotes(text) == ["Det blev besluttet, at [navn] skriver."]


def test_organisations_are_no_names() -> None:
    text = "# Møde\n\nDeltagere: Aarhus Kommune, Høje Taastrup Kommune, Styregruppen, Alle\n"
    text += "Afbud: Region Syd, Leverandør A/S\n\n"
    decided = (
        "Det blev besluttet, at Aarhus Kommune, Høje Taastrup og Styregruppen mødes. Alle gør."
    )
    assert quotes(f"{text}{decided}\n") == [decided.removesuffix(" Alle gør.")]


def test_what_nobody_may_see_is_not_copied() -> None:
    text = "# Møde\n\n<!-- Det blev besluttet at fyre alle. -->\n"
    text += "Det blev besluttet at skrive til 010190-1234 og ida@privat.example.\n"
    (quote,) = quotes(text)
    assert "1234" not in quote
    assert "ida@" not in quote

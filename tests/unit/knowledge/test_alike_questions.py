"""Which questions ask much the same."""

from datetime import UTC, datetime

import pytest

from os2kb.knowledge.faq.alike import alike
from os2kb.store.asked.questions import Question

AT = datetime(2026, 11, 1, tzinfo=UTC)
# What else stands in a queue: rarity means nothing among two.
OTHERS = (
    "Hvordan opdaterer vi OS2display?",
    "Hvordan bliver vi medlem af OS2?",
    "Kan vi bruge egne skabeloner i OS2forms?",
    "Who decides on releases?",
)


def asked(number: int, text: str, product: str | None = None) -> Question:
    return Question(number, text, product, "da", 1, AT, AT, "open", "")


def are_alike(one: str, other: str) -> bool:
    texts = (one, other, *OTHERS)
    return 2 in alike([asked(at, text) for at, text in enumerate(texts, start=1)])[1]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Hvem betaler for driften af OS2display?", "Hvem skal betale driften af OS2display"),
        ("Hvornår mødes koordinationsgruppen?", "Hvor ofte mødes koordinationsgruppen"),
        ("Kan vi bruge OS2display på Android?", "Virker OS2display på en Android-skærm?"),
        ("Skal vi have en databehandleraftale?", "Hvor finder jeg databehandleraftalen?"),
    ],
)
def test_questions_that_share_their_rare_words_are_alike(one: str, other: str):
    assert are_alike(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Hvem betaler for driften af OS2display?", "Hvordan melder vi en fejl i OS2display?"),
        ("Kan vi bruge OS2display på Android?", "Hvem betaler for driften af OS2display?"),
        ("Hvem godkender en release?", "Hvem mødes hver måned?"),
        ("🌳", "Hvem?"),
        ("", ""),
    ],
)
def test_a_products_name_and_how_one_asks_make_no_question_alike(one: str, other: str):
    assert not are_alike(one, other)


def test_what_is_asked_stands_at_the_start_however_long_somebody_goes_on():
    asked_first = "Hvem betaler for driften af infoskærmene på rådhuset, og hvornår? " * 5
    assert are_alike(asked_first + "xyz " * 170, asked_first + "Sådan er det hos os. " * 30)


def test_questions_about_two_products_are_never_put_together():
    text = "Hvem betaler for driften?"
    found = alike([asked(1, text, "os2display"), asked(2, text, "os2forms"), asked(3, text)])
    assert found == {1: (), 2: (), 3: ()}
    assert alike([]) == {}

"""Which texts say much the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.alike import Alike, Alikeness, alikeness, line_hashes

MITID = ("Kan ikke logge ind med MitID", "Efter opdateringen får vi en hvid side ved login.")
MITID_AGAIN = ("MitID-login giver hvid side", "Login via MitID virker ikke. Siden er bare hvid.")
KNOWN = [
    MITID,
    ("Kalenderen opdateres ikke", "Skærmen viser den gamle tid, når en booking er flyttet."),
    ("Ønske om eksport til CSV", "Vi vil gerne hente listen over skærme, så vi kan regne på den."),
    ("Screens crash on save", "The client runs out of memory on more than twenty slides."),
    ("Video uden lyd", "Videoer på skærmen har ingen lyd, selv om den er slået til."),
]


def made(title: str, *lines: str) -> Alikeness:
    return alikeness(title, lines)


def scores(asked: Alikeness, known: list[tuple[str, str]]) -> list[float]:
    return [float(one) for one in Alike([made(*text) for text in known]).scores(asked)]


def test_the_same_in_other_words_is_nearest() -> None:
    found = scores(made(*MITID_AGAIN), KNOWN)
    assert found[0] > 0.5
    assert max(found[1:]) < 0.2


@pytest.mark.parametrize("count", [1, 2, 5])
def test_few_texts_are_enough_to_find_the_same_again(count: int) -> None:
    assert scores(made(*MITID), KNOWN[:count])[0] > 0.9


def test_the_type_before_a_title_says_nothing() -> None:
    assert scores(made("[Bug] " + MITID[0], MITID[1]), KNOWN)[0] == pytest.approx(1)
    assert max(scores(made("[DevTools Bug]: Andet"), [("[DevTools Bug]: Noget", "")])) < 0.3


def test_lines_of_a_template_make_no_texts_alike() -> None:
    template = ["Jeg har læst vejledningen og søgt efter samme fejl", "Version af styresystemet"]
    one, other = ("Ingen lyd", [*template, "Den er tavs"]), ("Forkert farve", [*template, "Rød"])
    shared = {int(line) for line in line_hashes(template)}
    with_it = Alike([alikeness(*one)]).scores(alikeness(*other))
    without = Alike([alikeness(*one, shared)]).scores(alikeness(*other, shared))
    assert without[0] < 0.1 < with_it[0]


def test_nothing_is_like_no_text() -> None:
    assert list(Alike([]).scores(made(*MITID))) == []
    assert list(Alike([made(""), made(*MITID)]).scores(made("", "og i at the"))) == [0, 0]


TEXTS = st.text(alphabet=st.characters(codec=None), max_size=80)


@given(st.lists(st.tuples(TEXTS, TEXTS), max_size=5), TEXTS, TEXTS)
def test_any_texts_can_be_compared(known: list[tuple[str, str]], title: str, body: str) -> None:
    asked = made(title, body)
    packed = Alikeness.unpacked(asked.packed())
    assert list(packed.hashes) == list(asked.hashes)
    assert list(packed.counts) == list(asked.counts)
    assert all(0 <= score <= 1.0001 for score in scores(asked, known))


@given(TEXTS, TEXTS)
def test_likeness_goes_both_ways(one: str, other: str) -> None:
    texts = [made(one), made(other)]
    alike = Alike(texts)
    assert alike.scores(texts[0])[1] == pytest.approx(alike.scores(texts[1])[0], abs=1e-5)

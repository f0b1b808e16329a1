"""The quick search for words misses nothing that reading the text would weigh."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from os2kb.governance.prose import prose
from os2kb.governance.rules.text.security_words import worth_weighing
from os2kb.governance.rules.text.vulnerability_cues import _FOR, UNCERTAIN, suspicion
from tests.unit.governance.cases import comment, issue, plan
from tests.unit.governance.test_security_report import REPORTS

# The last cue says that somebody found something; alone it counts too little.
CUES = st.sampled_from(_FOR[:-1]).flatmap(lambda cue: st.from_regex(cue[1], fullmatch=True))


@settings(deadline=None, max_examples=400)
@given(CUES)
def test_every_cue_holds_a_word(cue: str) -> None:
    text = " ".join(cue.lower().split())
    if suspicion("", text) >= UNCERTAIN:
        assert worth_weighing(text)


@settings(deadline=None)
@given(
    st.lists(CUES | st.sampled_from(["*", "_", "<b>", "`x`", "&#x73;", "\n\n", "- "]), max_size=6)
)
def test_what_is_not_worth_weighing_weighs_nothing(pieces: list[str]) -> None:
    markdown = " ".join(pieces)
    if suspicion("", prose(markdown)) >= UNCERTAIN:
        assert worth_weighing(markdown)


@pytest.mark.parametrize("report", REPORTS)
def test_every_report_is_weighed(report: tuple[str, str]) -> None:
    assert worth_weighing("\n".join(report))


@pytest.mark.parametrize(
    "disguised",
    [
        *("SIKKERHEDSHUL", "sikker**heds**hul", "sikker<b>heds</b>hul", "s&aring;rbarhed i login"),
        *("open\nredirect", "[remote code](https://x.example/a) execution", "a*xss", "\\xss"),
        "andre [brugeres](https://x.example/en-lang-adresse/" + "x" * 200 + ") data",
    ],
)
def test_markup_hides_no_word(disguised: str) -> None:
    assert worth_weighing(disguised)


def test_ordinary_talk_is_not_worth_weighing() -> None:
    for text in (
        "Kalenderen viser den forkerte dato i listen.",
        "The source of the resource is another file; see the epoch.",
        "Andre har det også sådan.",
        "",
    ):
        assert not worth_weighing(text)


TALK = "Kalenderen viser den forkerte dato i listen, når man åbner *siden* igen.\n\n- Se `log`.\n"


def test_a_long_conversation_is_decided_within_a_second_or_so() -> None:
    talk = tuple(comment(f"{number}. {TALK * 24}", 100 + number) for number in range(1_500))
    start = time.perf_counter()
    plan(issue(comments=talk))
    assert time.perf_counter() - start < 2  # 0.3 s on an idle core of 2024


def test_reading_the_same_conversation_again_costs_next_to_nothing() -> None:
    talk = tuple(comment(f"Sikkerhed {number}: {TALK * 24}", 100 + number) for number in range(200))
    start = time.perf_counter()
    plan(issue(comments=talk))
    first = time.perf_counter() - start
    start = time.perf_counter()
    plan(issue(comments=talk))
    assert time.perf_counter() - start < first / 4


@pytest.mark.parametrize(
    "text", [TALK, "**a", "[", "> - ", "a * b _c_ `d` [x](y)\n", "&amp;", "<b>"]
)
def test_the_longest_body_is_decided_quickly(text: str) -> None:
    whole = (text * (65_536 // len(text)))[:65_536]
    start = time.perf_counter()
    plan(issue(body=whole))
    assert time.perf_counter() - start < 0.5  # 0.1 s on an idle core of 2024

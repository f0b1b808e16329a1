"""The quick search for words misses nothing that reading the text would weigh."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from os2kb.governance.reading.prose import prose
from os2kb.governance.rules.text.security_words import worth_weighing
from os2kb.governance.rules.text.vulnerability_cues import _FOR, UNCERTAIN, suspicion
from tests.examples import examples
from tests.unit.governance.cases import comment, issue, plan
from tests.unit.governance.test_security_report import REPORTS

# The last cue says that somebody found something; alone it counts too little.
CUES = st.sampled_from(_FOR[:-1]).flatmap(lambda cue: st.from_regex(cue[1], fullmatch=True))


@examples(400)
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


@pytest.mark.slow
@pytest.mark.timeout(60)
def test_a_long_conversation_does_not_hang() -> None:
    talk = tuple(comment(f"{number}. {TALK * 24}", 100 + number) for number in range(1_500))
    plan(issue(comments=talk))


@pytest.mark.slow
@pytest.mark.parametrize(
    "text", [TALK, "**a", "[", "> - ", "a * b _c_ `d` [x](y)\n", "&amp;", "<b>"]
)
@pytest.mark.timeout(30)
def test_the_longest_body_does_not_hang(text: str) -> None:
    whole = (text * (65_536 // len(text)))[:65_536]
    plan(issue(body=whole))

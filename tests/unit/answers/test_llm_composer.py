"""The language model phrases; only what its quotes prove gets through."""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.passages import Passage
from os2kb.answers.composers.llm import LlmComposer, TokenBudget
from os2kb.answers.draft import Draft
from os2kb.answers.verify import verified
from os2kb.answers.written.render import answer_text
from os2kb.llm.client import LlmClient
from tests.examples import examples
from tests.fakes import llm as fakes
from tests.fakes.llm import FakeLlm, Raw, Says, Status
from tests.unit.answers.passages import found, hits, passage

BUDGET = passage(
    "Den økonomiske ramme er **20.000 kr.** og gælder fra den 4. juni 2026.\n"
    "Spørgsmål sendes til kontakt@os2.eu.",
    name="a",
)
ROLES = passage("Leverandøren træffer ikke beslutninger om produktets retning.", name="b")
HITS = hits(BUDGET, ROLES)
FOUND = found(BUDGET, ROLES)
RULE = "Leverandøren træffer ikke beslutninger om produktets retning."
FRAME = "Den økonomiske ramme er **20.000 kr.**"


@pytest.fixture(scope="module")
def server() -> Iterator[FakeLlm]:
    with fakes.running() as fake:
        yield fake


@pytest.fixture
def compose(server: FakeLlm) -> Callable[..., Draft]:
    """Lets the model write something, and gives what is left of it."""
    server.script.clear()
    server.requests.clear()
    client = LlmClient(server.url, "fake", attempts=1, timeout=5)

    def compose(reply: object, question: str = "Hvad er rammen?", **given: object) -> Draft:
        server.will(Says(reply if isinstance(reply, str) else json.dumps(reply)))
        draft = LlmComposer(client, **given).compose(question, FOUND, "da")  # type: ignore[arg-type]
        return verified(draft, HITS)

    return compose


def said(text: str, *quotes: tuple[int, str]) -> dict[str, object]:
    return {
        "claims": [
            {
                "text": text,
                "quotes": [{"passage": number, "quote": quote} for number, quote in quotes],
            }
        ]
    }


def test_a_claim_with_a_verbatim_quote_gets_through(compose: Callable[..., Draft]) -> None:
    draft = compose(said("Rammen er 20.000 kr.", (1, FRAME)))
    text, citations, _ = answer_text(draft, "da")
    assert text == "Rammen er 20.000 kr. [1]"
    assert [citation.quote for citation in citations] == [FRAME]
    assert draft.composer == "llm"


def test_json_in_a_code_fence_is_read(compose: Callable[..., Draft]) -> None:
    reply = json.dumps(said("Rammen er 20.000 kr.", (1, FRAME)))
    assert compose(f"```json\n{reply}\n```").claims


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        ("Leverandøren bestemmer alt.", [(2, "Leverandøren bestemmer alt om produktets retning.")]),
        ("Rammen er 30.000 kr.", [(1, "Den økonomiske ramme er **30.000 kr.**")]),
        ("Rammen er 20.000 kr.", [(2, FRAME)]),
        ("Rammen er 20.000 kr.", [(3, FRAME)]),
        ("Rammen er 20.000 kr.", [(0, FRAME)]),
        ("Rammen er 20.000 kr.", [(-1, RULE)]),
        ("Rammen er 20.000 kr.", []),
        ("Rammen er 30.000 kr.", [(1, FRAME)]),
        ("Rammen er 20.000 kr. fra 2027.", [(1, FRAME)]),
        ("Rammen er 2.", [(1, FRAME)]),
        ("Se https://evil.example for rammen.", [(1, FRAME)]),
        ("Skriv til bo@evil.example.", [(1, FRAME)]),
        ("Rammen findes. Den er stor. Alle må bruge den.", [(1, FRAME)]),
        ("Rammen er fast.", [(1, "Den")]),
        ("Rammen er fast.", [(1, "er **20.00")]),
        ("x" * 1_000, [(1, FRAME)]),
        ("Rammen er fast.", [(1, "(Roller, current)")]),
    ],
    ids=lambda value: str(value)[:40],
)
def test_what_the_quotes_do_not_prove_is_dropped_and_nothing_is_left(
    compose: Callable[..., Draft], text: str, quotes: list[tuple[int, str]]
) -> None:
    draft = compose(said(text, *quotes))
    assert draft.claims == ()
    assert not draft.fallback


def test_a_bad_quote_falls_and_a_good_one_beside_it_stands(compose: Callable[..., Draft]) -> None:
    draft = compose(
        said("Leverandøren bestemmer ikke retningen.", (1, "Alt er gratis her."), (2, RULE))
    )
    assert [quote.text for quote in draft.claims[0].quotes] == [RULE]


def test_html_and_markdown_of_a_claim_are_shown_as_text(compose: Callable[..., Draft]) -> None:
    draft = compose(said('<img src=x onerror="a"> [klik](javascript:a) **nu**', (2, RULE)))
    text, *_ = answer_text(draft, "da")
    assert "<" not in text
    assert "\\[klik\\](javascript:a) \\*\\*nu\\*\\*" in text


@pytest.mark.parametrize(
    "reply",
    [
        "Jeg ved det ikke.",
        "{",
        "[]",
        "null",
        '{"claims": "alle"}',
        '{"claims": [{"text": "", "quotes": []}]}',
        '{"claims": [{"text": "a"}]}',
        '{"claims": [' + ",".join(['{"text": "a", "quotes": []}'] * 21) + "]}",
        "[" * 50_000,
        '{"claims": []} og her er mere',
        "æ" * 200_000,
    ],
    ids=lambda reply: reply[:30],
)
def test_a_reply_that_is_not_what_was_asked_for_gives_the_extractive_answer_and_says_so(
    compose: Callable[..., Draft], reply: str
) -> None:
    draft = compose(reply)
    assert (draft.composer, draft.fallback) == ("extractive", True)
    text, *_ = answer_text(draft, "da")
    assert "20.000 kr." in text
    assert "Sprogmodellen kunne ikke svare" in text


def test_no_claims_means_no_answer_rather_than_a_guess(compose: Callable[..., Draft]) -> None:
    draft = compose({"claims": []})
    assert draft == Draft((), "llm")


@pytest.mark.parametrize("fault", [Status(500), Status(401), Raw((b"<html>",))])
def test_a_failing_model_gives_the_extractive_answer(server: FakeLlm, fault: fakes.Reply) -> None:
    server.script.clear()
    server.will(fault)
    client = LlmClient(server.url, "fake", attempts=1)
    draft = LlmComposer(client).compose("Hvad er rammen?", FOUND, "da")
    assert draft.fallback
    assert draft.claims


def test_beyond_the_days_budget_nothing_is_asked(
    compose: Callable[..., Draft], server: FakeLlm
) -> None:
    now = [datetime(2026, 6, 4, tzinfo=UTC)]
    budget = TokenBudget(150, lambda: now[0])
    good = said("Rammen er 20.000 kr.", (1, FRAME))
    first, second = compose(good, budget=budget), compose(good, budget=budget)
    third = compose(good, budget=budget)
    assert [draft.fallback for draft in (first, second, third)] == [False, False, True]
    assert len(server.requests) == 2
    now[0] += timedelta(days=1)
    assert not compose(good, budget=budget).fallback


def test_private_data_never_leaves_and_a_roles_mailbox_may_be_quoted(server: FakeLlm) -> None:
    """A passage that was indexed before something became private is masked again on its way out."""
    private = passage(
        "Ring til ida på 87 65 43 21, eller skriv til ida.b@kommune.dk. CPR 010190-1234.\n\n"
        "Spørgsmål sendes til kontakt@os2.eu.\n"
    )
    server.script.clear()
    server.requests.clear()
    server.will(
        Says(
            json.dumps(
                said("Skriv til kontakt@os2.eu.", (1, "Spørgsmål sendes til kontakt@os2.eu."))
            )
        )
    )
    draft = LlmComposer(LlmClient(server.url, "fake")).compose(
        "Hvem hjælper bo.h@kommune.dk på 12 34 56 78?", found(private), "da"
    )
    for held_back in ("ida.b@", "bo.h@", "87 65 43 21", "12 34 56 78", "010190"):
        assert held_back not in server.prompts
    assert draft.claims[0].quotes[0].text == "Spørgsmål sendes til kontakt@os2.eu."


JSON = st.recursive(
    st.none() | st.integers() | st.text(max_size=20) | st.sampled_from([RULE, FRAME]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["claims", "text", "quotes", "passage", "quote"]), inner)
    ),
    max_leaves=20,
)


@examples(60)
@given(reply=JSON | st.text())
def test_whatever_the_model_writes_each_claim_rests_on_its_own_passage(
    server: FakeLlm, reply: object
) -> None:
    server.will(Says(json.dumps(reply) if not isinstance(reply, str) else reply or "x"))
    draft = LlmComposer(LlmClient(server.url, "fake", attempts=1)).compose("Hvad?", FOUND, "da")
    known: tuple[Passage, ...] = (BUDGET, ROLES)
    for claim in verified(draft, HITS).claims:
        assert claim.quotes
        assert all(
            quote.passage in known and quote.text in quote.passage.text for quote in claim.quotes
        )

"""Which questions of people become ways to find a passage."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from index.passages import Parsed
from os2kb.answers.journal.accepted import accepted, asked_by_people
from os2kb.store.asked.answers import Asked, Judged
from tests.unit.answers.passages import passage

NOW = datetime(2026, 6, 4, tzinfo=UTC)
QUOTE = "Hver pull request skal have to godkendelser."


def judged(helpful: int, unhelpful: int = 0, question: str = "Hvor mange skal sige ja?") -> Judged:
    answer = Asked(
        id="0" * 20,
        place="api",
        question=question,
        text=f"{QUOTE} [1]",
        abstained=False,
        reason="",
        citations=[{"path": "review.md", "lines": [3, 3], "url": "", "quote": QUOTE}],
        composer="extractive",
        lang="da",
        product=None,
        visibility="public",
        version="v1",
        asked=1,
        first_at=NOW,
        last_at=NOW,
    )
    return Judged(answer, helpful, unhelpful)


@pytest.mark.parametrize(
    ("votes", "is_accepted"),
    [
        ([(2, 0)], True),
        ([(1, 0)], False),
        ([(5, 1)], False),
        ([(1, 0), (1, 0)], True),  # on what two versions of the index answered
        ([(2, 0), (0, 1)], False),
    ],
)
def test_two_helpful_votes_and_none_against_accept_a_question(
    votes: list[tuple[int, int]], is_accepted: bool
):
    assert bool(accepted([judged(*each) for each in votes], 2)) is is_accepted


def test_the_places_are_those_of_the_last_answer():
    old, new = judged(2), judged(0)
    moved = replace(
        new.answer,
        question="hvor mange skal sige ja",
        citations=[{"path": "nyt.md", "lines": [1, 2], "url": "", "quote": "To."}],
        last_at=NOW + timedelta(days=1),
    )
    (found,) = accepted([replace(new, answer=moved), old], 2)
    assert (found.path, found.lines) == ("nyt.md", (1, 2))


def test_a_question_leads_to_the_passage_that_holds_the_quote_and_no_other():
    enrich = asked_by_people(accepted([judged(2), judged(3, question="Hvem siger ja?")], 2))
    holds = passage(QUOTE.replace(" skal", "\nskal"), path="review.md")
    passages = [
        holds,
        passage("Noget andet.", path="review.md"),
        passage(QUOTE, path="andet.md"),
        replace(holds, visibility="internal"),
    ]
    asked = enrich([Parsed(each, each.text, "", "") for each in passages])
    assert asked == ["Hvor mange skal sige ja?\nHvem siger ja?", "", "", ""]

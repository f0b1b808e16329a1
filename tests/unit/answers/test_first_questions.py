"""The first questions a coordinator asks, on the sample handbook: what went wrong once."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from index.build import build
from index.passages import Source
from index.versions import Versions
from os2kb.answers.answer import Answer
from os2kb.answers.ask import Answerer

HANDBOOK = Path(__file__).parents[3] / "samples" / "handbook"


@pytest.fixture(scope="module")
def answerer(tmp_path_factory: pytest.TempPathFactory) -> Answerer:
    root = tmp_path_factory.mktemp("index")
    build([Source("handbook", str(HANDBOOK))], root, now=datetime(2026, 6, 4, tzinfo=UTC))
    return Answerer(Versions(root))


def quotes(answer: Answer) -> list[str]:
    return [citation.quote for citation in answer.citations]


def test_who_sits_in_a_group_is_not_said_by_who_is_left_alone(answerer: Answerer) -> None:
    """“Ingen, der sidder i styregruppen, skal vækkes” has every word and answers nothing.

    A relative clause describes; and the rules say “medlemmer” where people say “sidder”.
    """
    found = quotes(answerer.ask("Hvem sidder i styregruppen?"))
    assert found[0] == "Styregruppen har fem medlemmer."
    assert all("medlem" in quote.lower() for quote in found)


def test_a_line_of_a_list_about_something_else_is_no_price(answerer: Answerer) -> None:
    """“- udviklingsopgaver, der koster mere end 50.000 kr.” is what the group decides on."""
    answer = answerer.ask("Hvad koster det at være med?")
    assert not [quote for quote in quotes(answer) if "udviklingsopgaver" in quote]
    assert answer.abstained


def test_a_rule_and_what_corroborates_it_is_all_that_is_quoted(answerer: Answerer) -> None:
    """The deadline of a review shares “pull request” with the question, and tells no number."""
    found = quotes(answerer.ask("Hvor mange godkendelser skal en pull request have?"))
    assert found[0] == "Hver pull request skal have to godkendelser."
    assert found[1:]
    assert all("to godkendelser" in quote for quote in found)


def test_how_to_report_a_vulnerability_is_not_padded_with_rewards(answerer: Answerer) -> None:
    """Every sentence there is about vulnerabilities; only one says how they are reported."""
    found = quotes(answerer.ask("hvordan anmelder jeg en saarbarhed"))
    assert found[0].startswith("Sårbarheder meldes privat gennem GitHub")
    assert not [quote for quote in found if "dusør" in quote or quote.startswith("|")]


@pytest.mark.parametrize("question", ["Hvad er klokken?", "Hvordan bliver vejret i morgen?"])
def test_a_question_about_something_else_gets_no_suggestions(
    answerer: Answerer, question: str
) -> None:
    """Any heading at all is the nearest to something."""
    answer = answerer.ask(question)
    assert answer.abstained
    assert answer.nearest == ()
    assert "Måske står det her" not in answer.text


def test_a_question_near_to_the_documents_is_shown_where_to_look(answerer: Answerer) -> None:
    answer = answerer.ask("Hvad er planen for strategidagen?")
    assert answer.abstained
    headings = [heading for heading, _ in answer.nearest]
    assert "Årshjul (udkast)" in headings[0]
    assert not [heading for heading in headings if "2023" in heading]


def test_a_list_that_its_heading_introduces_is_quoted_whole(answerer: Answerer) -> None:
    """The items end the heading's sentence; three of five would hide what else is decided."""
    found = quotes(answerer.ask("Hvad beslutter styregruppen?"))
    assert [quote for quote in found if quote.count("\n- ") == 4]

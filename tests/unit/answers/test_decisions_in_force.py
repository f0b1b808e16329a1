"""Questions to decisions: what holds goes first, and what does not says so."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from index.build import build
from index.passages import Source
from index.versions import Versions
from os2kb.answers.ask import Answerer
from os2kb.answers.written.answer_json import answer_json
from tests.unit.index.test_index_decisions import LOG

FILES = {
    # One log of many decisions.
    "beslutninger/DECISION_LOG.md": LOG.replace(
        "To skal godkende.", "En pull request skal godkendes af to personer, før den flettes."
    ).replace("Én skal godkende.", "En pull request skal godkendes af én person, før den flettes."),
    # A file each, in Danish and in English.
    "beslutninger/2026-01-05-hosting.md": "# [SDR] Hosting\n\n- **Dato**: 2026-01-05\n"
    "- **Status**: Ikke godkendt\n\n## Beslutning\n\nLøsningen hostes hos en amerikansk udbyder.\n",
    "docs/adr/001-rest.md": "# ADR 001 - REST\n\nDate: 2024-11-26\n\n## Status\n\n"
    "Superseded by [ADR 002 GraphQL](002-graphql.md)\n\n## Decision\n\n"
    "The public interface for screens is a REST service.\n",
    "vejledning.md": "# Vejledning\n\nSkærmen startes med den grønne knap på siden.\n",
}


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> Answerer:
    folder: Path = tmp_path_factory.mktemp("viden")
    for name, text in FILES.items():
        path = folder / "docs" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    source = Source("docs", str(folder / "docs"))
    build([source], folder / "index", now=datetime(2026, 6, 4, tzinfo=UTC))
    return Answerer(Versions(folder / "index"))


def test_of_two_decisions_in_one_log_the_one_in_force_answers(answers: Answerer):
    answer = answers.ask("Hvor mange personer skal godkende en pull request?")
    assert not answer.abstained
    assert "to personer" in answer.text
    first = answer.citations[0]
    assert (first.status, first.date) == ("current", "2026-03-05")


def test_what_was_superseded_is_told_with_what_took_its_place(answers: Answerer):
    answer = answers.ask("What is the public interface for screens?")
    assert "superseded by ADR 002 GraphQL, 2024-11-26" in answer.text
    (cited,) = answer_json(answer)["citations"]
    assert (cited["status"], cited["superseded_by"]) == ("superseded", "ADR 002 GraphQL")


def test_what_was_never_adopted_is_not_told_as_if_it_were(answers: Answerer):
    answer = answers.ask("Hvor hostes løsningen?")
    assert "(gælder ikke, 2026-01-05)" in answer.text


def test_who_asks_in_the_words_of_the_old_decision_is_told_what_holds(answers: Answerer):
    answer = answers.ask("Skal en pull request godkendes af én person?")
    assert "to personer" in answer.text
    assert "én person" not in answer.text

"""The sample questions can be trusted as a measure: each quote stands where it says it does."""

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

SAMPLES = Path(__file__).parents[3] / "samples"
LINES = (SAMPLES / "questions.jsonl").read_text(encoding="utf-8").splitlines()
QUESTIONS: list[dict[str, Any]] = [json.loads(line) for line in LINES]
ANSWERABLE = [question for question in QUESTIONS if question["answerable"]]
UNANSWERABLE = [question for question in QUESTIONS if not question["answerable"]]


def folded(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def by_id(question: dict[str, Any]) -> str:
    return str(question["id"])


def test_there_are_enough_questions_of_both_sorts_and_in_both_languages() -> None:
    assert len(ANSWERABLE) >= 40
    assert len(UNANSWERABLE) >= 10
    assert {question["lang"] for question in UNANSWERABLE} == {"da", "en"}
    assert Counter(question["lang"] for question in ANSWERABLE)["en"] >= 5


def test_ids_and_wordings_are_unique() -> None:
    for field in ("id", "question"):
        repeated = [
            value
            for value, count in Counter(q[field].casefold() for q in QUESTIONS).items()
            if count > 1
        ]
        assert repeated == []


@pytest.mark.parametrize("question", QUESTIONS, ids=by_id)
def test_a_question_has_exactly_the_published_fields(question: dict[str, Any]) -> None:
    assert set(question) == {"id", "lang", "question", "relevant", "answerable", "tags"}
    assert question["lang"] in {"da", "en"}
    assert question["question"] == folded(question["question"]) != ""
    assert question["tags"]


@pytest.mark.parametrize("question", ANSWERABLE, ids=by_id)
def test_each_quote_stands_verbatim_in_a_document_of_the_handbook(question: dict[str, Any]) -> None:
    assert question["relevant"]
    for relevant in question["relevant"]:
        document = (SAMPLES / "handbook" / relevant["path"]).read_text(encoding="utf-8")
        assert folded(relevant["quote"]) in folded(document)


@pytest.mark.parametrize("question", UNANSWERABLE, ids=by_id)
def test_an_unanswerable_question_names_no_passage(question: dict[str, Any]) -> None:
    assert question["relevant"] == []


@pytest.mark.parametrize("tag", ["ascii", "typo", "synonym", "compound-split", "table"])
def test_the_ways_people_really_type_are_covered(tag: str) -> None:
    assert sum(tag in question["tags"] for question in ANSWERABLE) >= 3


def test_questions_tagged_ascii_are_typed_without_danish_letters() -> None:
    tagged = [question["question"] for question in QUESTIONS if "ascii" in question["tags"]]

    assert tagged
    assert all(question.isascii() for question in tagged)


def test_no_question_is_answered_from_the_archive_alone() -> None:
    paths = {relevant["path"] for q in ANSWERABLE for relevant in q["relevant"]}

    assert not any("/arkiv/" in path for path in paths)

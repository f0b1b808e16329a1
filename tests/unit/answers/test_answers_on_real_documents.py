"""Quotes of OS2's own documents stand in those files, on the lines given."""

import json
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from index.build import build
from index.passages import Citation, Source
from index.sentences import units
from index.versions import Versions
from os2kb.answers.ask import Answerer
from os2kb.answers.quotes import Quote

SHARED = Path(os.environ.get("OS2KB_SHARED_DATA", Path(__file__).parents[4] / "shared" / "data"))
DOCUMENTS = SHARED / "os2-docs"
QUESTIONS = SHARED / "questions-dev.jsonl"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not DOCUMENTS.is_dir(), reason="the shared documents are absent (set OS2KB_SHARED_DATA)"
    ),
]


@pytest.fixture(scope="module")
def versions(tmp_path_factory: pytest.TempPathFactory) -> Versions:
    root = tmp_path_factory.mktemp("index")
    build([Source("os2-docs", str(DOCUMENTS))], root, now=datetime(2026, 6, 4, tzinfo=UTC))
    return Versions(root)


def folded(text: str) -> str:
    return " ".join(text.split())


def stands_in_file(citation: Citation) -> bool:
    first, last = citation.lines
    lines = (DOCUMENTS / citation.path).read_text("utf-8", "replace").split("\n")
    return folded(citation.quote) in folded("\n".join(lines[first - 1 : last]))


def citations(versions: Versions) -> Iterator[Citation]:
    index = versions.current()
    assert index is not None
    for passage in index.passages:
        for unit in units(passage.text):
            yield Quote(passage, unit.start, unit.end).citation()


def test_nearly_every_quotable_unit_stands_in_its_file_on_its_lines(versions: Versions) -> None:
    """What differs holds a masked CPR number, or had noise taken out of the middle of a line."""
    checked = [stands_in_file(citation) for citation in citations(versions)]
    assert len(checked) > 5_000
    assert sum(checked) / len(checked) > 0.995


def test_the_answers_to_the_questions_quote_the_documents_verbatim(versions: Versions) -> None:
    answerer = Answerer(versions)
    asked = [json.loads(line) for line in QUESTIONS.read_text("utf-8").splitlines()]
    answers = [answerer.ask(question["question"]) for question in asked]
    quoted = [citation for answer in answers for citation in answer.citations]
    assert quoted
    assert [citation for citation in quoted if not stands_in_file(citation)] == []

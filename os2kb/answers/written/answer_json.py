"""Answers as JSON: the one shape of the HTTP API and the command line."""

from typing import Any

from index.passages import Citation
from os2kb.answers.answer import Answer


def answer_json(answer: Answer) -> dict[str, Any]:
    """The body of `POST /api/v1/ask`."""
    nearest = answer.nearest if answer.abstained else ()
    return {
        "answer": answer.text,
        "abstained": answer.abstained,
        "reason": answer.reason,
        "citations": [
            _citation(number, citation) for number, citation in enumerate(answer.citations, start=1)
        ],
        "nearest": [{"heading": heading, "url": url} for heading, url in nearest],
        "conflicts": [list(pair) for pair in answer.conflicts],
        "composer": answer.composer,
        "note": answer.note or None,
        "corrected": dict(answer.corrected),
        "lang": answer.lang,
        "answer_id": answer.answer_id,
    }


def _citation(number: int, citation: Citation) -> dict[str, Any]:
    return {
        "n": number,
        "title": citation.title,
        "url": citation.url,
        "path": citation.path,
        "lines": list(citation.lines),
        "heading": " › ".join(citation.heading),
        "quote": citation.quote,
        "date": citation.date or None,
        "status": citation.status,
        "superseded_by": citation.successor or None,
    }

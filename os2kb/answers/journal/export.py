"""What is kept, as JSON: the one shape of the export and of the lists' `--json`."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from sqlalchemy import Engine

from os2kb.store.asked import answers, questions
from os2kb.store.asked.answers import Judged, Vote
from os2kb.store.asked.questions import Question


def export(database: Engine) -> Iterator[dict[str, Any]]:
    """Everything that is kept, one line each: answers, votes, questions; oldest first."""
    yield from map(answer_line, answers.every(database))
    yield from map(vote_line, answers.votes(database))
    yield from map(question_line, questions.every(database))


def answer_line(judged: Judged) -> dict[str, Any]:
    """An answer, with how many found it helpful and how many did not."""
    votes = {"helpful": judged.helpful, "unhelpful": judged.unhelpful}
    return {"type": "answer"} | _plain(asdict(judged.answer)) | votes


def vote_line(vote: Vote) -> dict[str, Any]:
    """A vote; `answer` is the answer's id."""
    return {"type": "feedback"} | _plain(asdict(vote))


def question_line(question: Question) -> dict[str, Any]:
    """A question in the coordinators' queue."""
    return {"type": "question"} | _plain(asdict(question))


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    return {k: v.isoformat() if hasattr(v, "isoformat") else v for k, v in row.items()}

"""`POST /api/v1/feedback` and `POST /api/v1/questions`: what people tell us of our answers."""

import asyncio
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any, TypeVar

import anyio.to_thread
from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response
from prometheus_client import Counter

from index.language import detect
from index.passages import Language
from index.versions import Versions
from os2kb.answers.journal.journal import Journal, NotKept
from os2kb.answers.question import clean, reason_to_decline, said_instead
from os2kb.phrases import Phrase
from webhooks.bodies import TOO_LARGE, described, read_body
from webhooks.clients import Clients, RateLimit
from webhooks.knowledge.index_in_force import PROBLEMS, index_in_force
from webhooks.knowledge.models import LONGEST_QUERY, FeedbackRequest, QuestionKept, QuestionRequest
from webhooks.problems import Problem, ProblemDocument

HOUR = 3600.0
VOTES_AN_HOUR = 60
QUESTIONS_AN_HOUR = 10
DISK_SECONDS = 8.0

FEEDBACK = Counter("os2kb_feedback_total", "Votes on answers.", ["verdict"])
QUESTIONS = Counter(
    "os2kb_questions_total",
    "Questions put to the coordinators, by what became of them.",
    ["outcome"],
)

Result = TypeVar("Result")

_REFUSALS: dict[int | str, dict[str, Any]] = TOO_LARGE | {
    404: {"model": ProblemDocument, "description": "Nothing is kept that it could belong to"},
    422: {"model": ProblemDocument, "description": "The body does not fit; the detail says where"},
    429: {"model": ProblemDocument, "description": "Too many; wait as long as Retry-After says"},
    503: {"model": ProblemDocument, "description": "It could not be stored; send it again later"},
}


@dataclass(frozen=True, slots=True)
class Votes:
    """Takes votes on answers, so many of a client, wherever it casts them."""

    journal: Journal
    clients: Clients
    _limit: RateLimit = field(default_factory=lambda: RateLimit(VOTES_AN_HOUR, HOUR))

    def count(self, request: Request) -> bytes:
        """Count a vote before it is read; returns the mark of its client.

        Raises:
            Problem: 429, too many.
        """
        client = self.clients.mark(request)
        self._limit.take(client)
        return client

    async def cast(self, given: FeedbackRequest, client: bytes) -> None:
        """Keep a vote. Once this returns it is on disk.

        Raises:
            Problem: 404, no such answer was given; 503, it could not be stored.
        """
        _check_kept(self.journal)
        vote = self.journal.vote(given.answer_id, given.helpful, given.comment or "", client)
        if not await _on_disk(vote):
            raise _unknown_answer()
        FEEDBACK.labels("helpful" if given.helpful else "unhelpful").inc()


def feedback_router(
    versions: Versions,
    journal: Journal,
    clients: Clients,
    votes: Votes,
    puts: RateLimit,
    only: str,
) -> APIRouter:
    """The routes that take votes and questions. 2xx means that it is on disk.

    Args:
        puts: how many questions a client may put, wherever it does.
        only: what a question is about that names no product; empty for none.
    """
    router = APIRouter(prefix="/api/v1", tags=["feedback"])

    @router.post(
        "/feedback",
        status_code=204,
        responses=_REFUSALS,
        openapi_extra=described(FeedbackRequest),
        response_class=Response,
    )
    async def judge(request: Request) -> Response:
        """Say whether an answer helped. The last vote of a client on an answer counts."""
        client = votes.count(request)
        await votes.cast(await read_body(request, FeedbackRequest), client)
        return Response(status_code=204)

    @router.post(
        "/questions",
        status_code=202,
        response_model=QuestionKept,
        responses=_REFUSALS | {503: PROBLEMS[503]},
        openapi_extra=described(QuestionRequest),
    )
    async def put(request: Request) -> Response:
        """Put a question that found no answer to the product's coordinators."""
        puts.take(clients.mark(request))
        given = await read_body(request, QuestionRequest)
        if given.website:
            # A form filled in by a program. It is told nothing it could learn from.
            QUESTIONS.labels("trapped").inc()
            return JSONResponse({"state": "kept"}, status_code=202)
        await anyio.to_thread.run_sync(index_in_force, versions, given.product)
        product = given.product or only or None
        declined = await keep_question(journal, given.text, product, given.lang)
        if declined:
            reason = declined.in_language(given.lang or detect(given.text))
            raise Problem(422, "The question cannot be put here", reason)
        return JSONResponse({"state": "kept"}, status_code=202)

    return router


async def keep_question(
    journal: Journal, text: str, product: str | None, lang: Language | None
) -> Phrase | None:
    """Put a question in the coordinators' queue; returns why not, where it cannot be put there.

    Raises:
        Problem: 404, nothing is kept here; 503, it could not be stored.
    """
    _check_kept(journal)
    cleaned = clean(text)
    declined = await anyio.to_thread.run_sync(reason_to_decline, cleaned)
    # Coordinators can read what the index cannot: another language is no reason.
    if declined in ("private-topic", "unclear"):
        QUESTIONS.labels(declined).inc()
        said = said_instead(declined, cleaned)
        return Phrase(*(one.format(longest=LONGEST_QUERY) for one in (said.da, said.en)))
    await _on_disk(journal.put(cleaned, product, lang or detect(cleaned)))
    QUESTIONS.labels("kept").inc()
    return None


def _check_kept(journal: Journal) -> None:
    if not journal.days:
        raise Problem(
            404,
            "Nothing is kept here",
            "This installation keeps neither answers nor questions.",
            "Ask the product's coordinator, for instance in an issue.",
        )


def _unknown_answer() -> Problem:
    return Problem(
        404,
        "Unknown answer",
        "answer_id: no such answer was given here, or it is no longer kept.",
        "Send the answer_id of an answer from /api/v1/ask.",
    )


async def _on_disk(written: Future[Result]) -> Result:
    try:
        return await asyncio.wait_for(asyncio.wrap_future(written), DISK_SECONDS)
    except (NotKept, TimeoutError) as error:
        raise Problem(
            503,
            "It could not be stored",
            "The database did not take it.",
            "Send it again once /readyz answers 200.",
            {"Retry-After": "10"},
        ) from error

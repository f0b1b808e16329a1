"""`/feedback`: whether an answer helped, for who runs no script."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from pydantic import ValidationError

from os2kb.answers.question import clean
from webhooks.knowledge.feedback import Votes
from webhooks.knowledge.models import LONGEST_PRODUCT, LONGEST_QUERY, FeedbackRequest
from webhooks.pages.faults import WithFaultPages
from webhooks.pages.forms import Form, form_of
from webhooks.pages.language import reader_of
from webhooks.pages.site import SECURITY, page
from webhooks.problems import Problem
from webhooks.search_page.views import Views
from webhooks.search_page.wanted import VOTE, Wanted

_SEE_OTHER = 303
_HEADERS = {**SECURITY, "Cache-Control": "no-store"}


def votes_router(votes: Votes, views: Views) -> APIRouter:
    """The form under an answer, and the thanks for it."""
    router = APIRouter(
        include_in_schema=False, route_class=WithFaultPages, default_response_class=HTMLResponse
    )

    @router.post(VOTE)
    async def vote(request: Request, form: Form = Depends(form_of)) -> Response:
        """Keep a vote, and lead to the thanks: who reloads those votes no second time."""
        client = votes.count(request)
        await votes.cast(_given(form), client)
        product = form.get("product", "")[:LONGEST_PRODUCT]
        about = Wanted(clean(form.get("q", ""))[:LONGEST_QUERY], product)
        lang = form.get("lang", "")
        reader = reader_of(request, "da" if lang == "da" else "en" if lang == "en" else "")
        return RedirectResponse(about.address(reader, VOTE), _SEE_OTHER)

    @router.get(VOTE)
    async def thanks(
        request: Request,
        q: Annotated[str, Query(max_length=LONGEST_QUERY)] = "",
        product: Annotated[str, Query(max_length=LONGEST_PRODUCT)] = "",
        lang: Annotated[str, Query(pattern="^(da|en|)$")] = "",
    ) -> Response:
        reader = reader_of(request, "da" if lang == "da" else "en" if lang == "en" else "")
        body = views.thanks(Wanted(clean(q), product, answer=bool(q)), reader)
        return page(body, reader.lang, _HEADERS, 200)

    return router


def _given(form: Form) -> FeedbackRequest:
    helpful = {"yes": True, "no": False}.get(form.get("helpful", ""))
    try:
        return FeedbackRequest.model_validate({"answer_id": form.get("answer"), "helpful": helpful})
    except ValidationError:
        raise Problem(422, "No vote", "It says not which answer, or not how it was.") from None

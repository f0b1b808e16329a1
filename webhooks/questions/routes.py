"""`/questions`: a form for what found no answer. It needs no script and no login."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any, Literal
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import RedirectResponse, Response

from os2kb.answers.journal.journal import Journal
from os2kb.answers.journal.masked import names_somebody
from os2kb.answers.question import clean
from os2kb.phrases import NOTHING, Phrase
from webhooks.clients import Clients, RateLimit
from webhooks.knowledge.feedback import QUESTIONS, keep_question
from webhooks.knowledge.found import Found
from webhooks.knowledge.index_in_force import NoIndex, products
from webhooks.knowledge.models import LONGEST_QUERY
from webhooks.pages.forms import Form, form_of
from webhooks.pages.language import Reader, reader_of
from webhooks.pages.site import SECURITY, page, spoken_in, templates
from webhooks.problems import Problem

PAGE = "/questions"
_SEE_OTHER = 303
_ENVIRONMENT = templates("webhooks.questions")
_EMPTY = Phrase("Skriv dit spørgsmål først.", "Write your question first.")
_LONG = Phrase(
    f"Skriv det kortere: der er plads til {LONGEST_QUERY} tegn.",
    f"Make it shorter: there is room for {LONGEST_QUERY} characters.",
)
_PERSONAL = Phrase(
    "Dit spørgsmål ser ud til at rumme et CPR-nummer, en privat adresse, et telefonnummer eller en "
    "adgangskode. Tag det ud, og send igen: spørgsmål og svar bliver læst af andre.",
    "Your question seems to hold a personal number, a private address, a telephone number or a "
    "password. Take it out and send it again: questions and answers are read by others.",
)
_MANY = Phrase(
    "Der er sendt mange spørgsmål herfra. Vent en stund, og send det igen.",
    "Many questions were sent from here. Wait a while, and send it again.",
)
_UNKEPT = Phrase(
    "Spørgsmålet kunne ikke gemmes. Prøv igen om lidt.",
    "The question could not be stored. Try again in a moment.",
)
_ELSEWHERE = Phrase(
    "Her tages der ikke imod spørgsmål. Spørg produktets koordinator, for eksempel i et issue.",
    "No questions are taken here. Ask the product's coordinator, for instance in an issue.",
)
_SAID = {404: _ELSEWHERE, 429: _MANY}


@dataclass(frozen=True, slots=True)
class Asked:
    """What stands in the form, and what is wrong with it."""

    text: str = ""
    product: str = ""
    problem: Phrase = NOTHING
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


def onward(question: str, product: str, reader: Reader) -> str:
    """Where a question is sent on that found no answer."""
    said = {"q": question, "product": product, "lang": reader.said}
    return f"{PAGE}?{urlencode({name: value for name, value in said.items() if value})}"


def questions_router(
    found: Found,
    journal: Journal,
    clients: Clients,
    puts: RateLimit,
    titles: dict[str, str],
    only: str,
) -> APIRouter:
    """The form.

    Args:
        puts: how many questions a client may put, wherever it does.
        titles: how products are called, by name.
        only: what a question is about that names no product; empty for none.
    """
    router = APIRouter(include_in_schema=False)

    @router.get(PAGE)
    async def form(
        request: Request,
        q: Annotated[str, Query(max_length=LONGEST_QUERY)] = "",
        product: str = "",
        sent: bool = False,
        lang: Literal["", "da", "en"] = "",
    ) -> Response:
        asked = Asked(clean(q), product)
        return await shown(request, lang, asked, sent=sent)

    @router.post(PAGE)
    async def send(request: Request, form: Form = Depends(form_of)) -> Response:
        said = form.get("lang", "")
        lang: Any = said if said in ("da", "en") else ""
        asked = await taken(request, form, await known())
        if asked.status == _SEE_OTHER:
            reader = reader_of(request, lang)
            to = f"{PAGE}?{urlencode({'sent': 1, **({'lang': lang} if lang else {})})}"
            return RedirectResponse(to, _SEE_OTHER, {"Content-Language": reader.lang})
        return await shown(request, lang, asked)

    async def taken(request: Request, form: Form, known: list[str]) -> Asked:
        """What became of a form that was sent; 303 where the question is kept."""
        text, named = clean(form.get("text", "")), form.get("product", "")
        product = named if named in known else only
        if form.get("website"):
            # Filled in by a program. It is told nothing it could learn from.
            QUESTIONS.labels("trapped").inc()
            return Asked(status=_SEE_OTHER)
        try:
            puts.take(clients.mark(request))
            if not text:
                return Asked(text, product, _EMPTY, 422)
            if len(text) > LONGEST_QUERY:
                return Asked(text[:LONGEST_QUERY], product, _LONG, 422)
            if names_somebody(text):
                QUESTIONS.labels("personal").inc()
                return Asked(text, product, _PERSONAL, 422)
            if declined := await keep_question(journal, text, product or None, None):
                return Asked(text, product, declined, 422)
        except Problem as problem:
            status = problem.document.status
            said = _SAID.get(status, _UNKEPT)
            return Asked(text, product, said, status, problem.headers)
        return Asked(status=_SEE_OTHER)

    async def known() -> list[str]:
        try:
            return sorted(products(await found.in_force()))
        except NoIndex:
            return []

    async def shown(
        request: Request, lang: Literal["", "da", "en"], asked: Asked, *, sent: bool = False
    ) -> Response:
        reader = reader_of(request, lang)
        here = onward(asked.text, asked.product, Reader(reader.lang))
        joint = "&" if "?" in here else "?"
        body = _ENVIRONMENT.get_template("page/ask.html.j2").render(
            spoken_in(reader.lang),
            ending=reader.ending,
            current=PAGE,
            other={one: f"{here}{joint}lang={one}" for one in ("da", "en")},
            language_said=reader.said or "",
            asked=asked,
            problem=asked.problem.in_language(reader.lang),
            sent=sent,
            longest=LONGEST_QUERY,
            takes=bool(journal.days),
            products=[(name, titles.get(name) or name) for name in await known()],
        )
        return page(body, reader.lang, {**SECURITY, **asked.headers}, asked.status)

    return router

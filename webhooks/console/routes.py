"""`/console`: its routes, and what is said where it is not switched on or somebody is not in."""

from collections.abc import Callable
from urllib.parse import urlencode

from fastapi import APIRouter, FastAPI, Request
from fastapi.responses import RedirectResponse, Response

from os2kb.installation import Installation
from os2kb.phrases import Phrase
from os2kb.settings import Settings
from webhooks.console.console import Console, Refused, SignedOut, shown
from webhooks.console.gathered.policies import Policies
from webhooks.console.pages.decisions import decisions_pages_router
from webhooks.console.pages.deliveries import deliveries_router
from webhooks.console.pages.escalation import Faults, escalation_router
from webhooks.console.pages.health import health_router
from webhooks.console.pages.jira import jira_router
from webhooks.console.pages.knowledge import knowledge_router
from webhooks.console.pages.now import now_router
from webhooks.console.pages.policy import policy_router
from webhooks.console.pages.questions import questions_router
from webhooks.console.pages.subject import subject_router
from webhooks.console.pages.subjects import subjects_router
from webhooks.console.people import People
from webhooks.console.sign_in.cookies import Cookies
from webhooks.console.sign_in.github import github_sign_in
from webhooks.console.sign_in.routes import DOOR, sign_in_router
from webhooks.pages.language import reader_of

_SEE_OTHER = 303
_ALONE = (
    subjects_router,
    subject_router,
    deliveries_router,
    jira_router,
    knowledge_router,
    questions_router,
    health_router,
)
_SIGN_IN_FIRST = Phrase(
    "Du er ikke logget ind længere. Log ind, og prøv igen.",
    "You are signed in no longer. Sign in and try again.",
)


def open_console(app: FastAPI, installation: Installation, poke: Callable[[], None]) -> None:
    """Give the service its console, or a page that says how to switch it on.

    Args:
        poke: tells the engine that there is work.
    """
    settings = installation.settings
    if settings.session_key is None or not (settings.console_token or settings.oauth_client_id):
        app.include_router(_switched_off(settings))
        return
    secure = settings.public_url.startswith("https://")
    token = settings.console_token.get_secret_value() if settings.console_token else ""
    cookies = Cookies(settings.session_key.get_secret_value(), token, secure=secure)
    products, database = settings.grants(), installation.database
    people = People(installation.forge, products, database, installation.now)
    console = Console(installation, people, cookies, poke)
    app.include_router(sign_in_router(console, github_sign_in(settings)))
    policies = Policies(installation.forge, products)
    faults = Faults(installation.forge, database)
    for alone in _ALONE:
        app.include_router(alone(console))
    app.include_router(now_router(console, policies))
    app.include_router(policy_router(console, policies))
    app.include_router(decisions_pages_router(console, policies))
    app.include_router(escalation_router(console, policies, faults))
    _handle_refusals(app, console)


def _switched_off(settings: Settings) -> APIRouter:
    router = APIRouter(include_in_schema=False)

    @router.get("/console")
    @router.get("/console/{_:path}")
    def switched_off(request: Request) -> Response:
        has_key = settings.session_key is not None
        return shown("switched_off", reader_of(request, "").lang, status=404, has_key=has_key)

    return router


def _handle_refusals(app: FastAPI, console: Console) -> None:
    @app.exception_handler(SignedOut)
    def _signed_out(request: Request, _: SignedOut) -> Response:
        if request.method == "GET":
            asked = f"{request.url.path}?{request.url.query}".rstrip("?")
            address = f"{DOOR}?{urlencode({'to': asked})}"
            return RedirectResponse(address, _SEE_OTHER, {"Cache-Control": "no-store"})
        return _refused(request, Refused(403, _SIGN_IN_FIRST))

    @app.exception_handler(Refused)
    def _refused(request: Request, refused: Refused) -> Response:
        try:
            visitor = console.visitor(request)
        except SignedOut:
            visitor = None
        language = reader_of(request, "").lang
        said = refused.said.in_language(language)
        return shown("refused", language, visitor, refused.status, said=said)

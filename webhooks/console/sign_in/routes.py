"""Coming in and going out: `/console/sign-in` and what lies below it."""

import re
from datetime import timedelta
from secrets import compare_digest

from fastapi import APIRouter, Depends, Request
from fastapi.responses import RedirectResponse, Response

from os2kb.logs import get_logger
from os2kb.phrases import Phrase
from os2kb.store import sessions
from os2kb.store.sessions import Way
from webhooks.clients import Clients, RateLimit
from webhooks.console.console import Acting, Console, SignedOut, shown
from webhooks.console.people import Person
from webhooks.console.sign_in.cookies import new_way_in
from webhooks.console.sign_in.github import PATH, GitHubSignIn, SignInFailed
from webhooks.pages.forms import Form, form_of, is_from_elsewhere
from webhooks.pages.language import reader_of
from webhooks.problems import Problem

DOOR, HOME = "/console/sign-in", "/console"
LASTS = timedelta(hours=10)
"""A working day: whoever is signed in signs in anew after it."""
_TRIES, _RETURNS, _STRANGERS, _MINUTES = 10, 100, 3, 15
_OURS = re.compile(r"/console(?:[/?][\w\-.~%/?=&+#:@,]*)?", re.ASCII)
_SEE_OTHER = 303
_NOT_SURE = Phrase(
    "Vi kunne ikke få at vide af GitHub, hvem du er. Prøv igen.",
    "We could not learn from GitHub who you are. Try again.",
)
_TOO_OLD = Phrase("Siden var for gammel. Prøv igen.", "The page was too old. Try again.")
_WRONG = Phrase("Det er ikke nøglen.", "That is not the token.")
_TOO_OFTEN = Phrase(
    "Der er prøvet for mange gange. Vent et kvarter.", "Too many tries. Wait a quarter of an hour."
)
_NOBODY = Phrase(
    "Du er logget ind på GitHub som {}, men har ingen rolle her. Spørg den, der driver tjenesten: "
    "rollerne står i OS2KB_PRODUCTS, eller følger af dine rettigheder på GitHub.",
    "You are signed in to GitHub as {}, but have no role here. Ask whoever runs the service: roles "
    "stand in OS2KB_PRODUCTS, or follow from your permissions on GitHub.",
)
log = get_logger()


def page_of_ours(address: str) -> str:
    """The address where it is a page of the console, else the first one: no open redirects."""
    is_ours = _OURS.fullmatch(address) and "//" not in address and not address.startswith(DOOR)
    return address if is_ours else HOME


def sign_in_router(console: Console, github: GitHubSignIn | None) -> APIRouter:
    """The routes of the door.

    Args:
        github: None where people do not sign in with GitHub.
    """
    router = APIRouter(include_in_schema=False)
    own, cookies = console.installation.settings.console_token, console.cookies
    now = console.installation.now
    tries, clients = RateLimit(_TRIES, _MINUTES * 60), Clients()
    # A whole town hall may come from one address; each return costs us two requests to GitHub.
    returns = RateLimit(_RETURNS, _MINUTES * 60)
    # To learn that somebody has no role may cost one for each repository, and anybody may come.
    strangers = RateLimit(_STRANGERS, _MINUTES * 60)

    def door(request: Request, to: str, said: Phrase | None = None, status: int = 200) -> Response:
        way = new_way_in(page_of_ours(to))
        language = reader_of(request, "").lang
        response = shown(
            "sign_in",
            language,
            status=status,
            by_github=github is not None,
            by_token=own is not None,
            to=way.to,
            csrf=cookies.form_token(way.state),
            said=said.in_language(language) if said else "",
        )
        cookies.give_way_in(response, way)
        return response

    def let_in(request: Request, login: str, way: Way, to: str) -> Response:
        """A new session under a new id, whatever ticket the browser came with."""
        response = RedirectResponse(page_of_ours(to), _SEE_OTHER, {"Cache-Control": "no-store"})
        leave(request)
        ticket = cookies.give_ticket(response, int(LASTS.total_seconds()), way)
        cookies.take_way_in(response)
        ends_at = now() + LASTS
        sessions.begin(console.installation.database, ticket, login, way, now(), ends_at)
        log.info("signed_in", login=login, way=way)
        return response

    def leave(request: Request) -> None:
        try:
            sessions.end(console.installation.database, console.visitor(request).session.id)
        except SignedOut:
            return

    @router.get(DOOR)
    def ask(request: Request, to: str = HOME) -> Response:
        return door(request, to)

    @router.post(DOOR)
    def by_token(request: Request, form: Form = Depends(form_of)) -> Response:
        way = cookies.way_in(request)
        to = form.get("to", "")
        try:
            tries.take(clients.mark(request))
        except Problem:
            return door(request, to, _TOO_OFTEN, 429)
        is_ours = way is not None and cookies.is_form_token(form.get("csrf", ""), way.state)
        if own is None or not is_ours or is_from_elsewhere(request):
            return door(request, to, _TOO_OLD, 403)
        given = form.get("token", "").strip().encode("utf-8", "replace")
        if not compare_digest(given, own.get_secret_value().encode()):
            log.warning("sign_in_refused", way="token")
            return door(request, to, _WRONG, 403)
        return let_in(request, "", "token", to)

    @router.get(f"{DOOR}/github")
    def set_out(request: Request, to: str = HOME) -> Response:
        if github is None:
            return door(request, to, status=404)
        way = new_way_in(page_of_ours(to))
        address = github.address(way.state, way.verifier)
        response = RedirectResponse(address, _SEE_OTHER, {"Cache-Control": "no-store"})
        cookies.give_way_in(response, way)
        return response

    @router.get(PATH)
    def come_back(request: Request, code: str = "", state: str = "") -> Response:
        way = cookies.way_in(request)
        is_same = way is not None and compare_digest(state.encode(), way.state.encode())
        if github is None or way is None or not is_same or not code:
            return door(request, way.to if way else HOME, _NOT_SURE, 403)
        try:
            returns.take(clients.mark(request))
        except Problem:
            return door(request, way.to, _TOO_OFTEN, 429)
        try:
            login = github.login(code, way.verifier)
        except SignInFailed as error:
            log.warning("sign_in_refused", way="github", reason=str(error))
            return door(request, way.to, _NOT_SURE, 403)
        person, mark = Person(login), login.casefold().encode("utf-8", "replace")
        if strangers.wait(mark):
            return door(request, way.to, _TOO_OFTEN, 429)
        console.people.forget(person)
        if not console.people.has_a_role(person):
            strangers.take(mark)
            nobody = Phrase(_NOBODY.da.format(person.name), _NOBODY.en.format(person.name))
            return door(request, way.to, nobody, 403)
        return let_in(request, login, "github", way.to)

    @router.post("/console/sign-out")
    def go(acting: Acting = Depends(console.acting)) -> Response:
        sessions.end(console.installation.database, acting.visitor.session.id)
        response = RedirectResponse(DOOR, _SEE_OTHER, {"Cache-Control": "no-store"})
        cookies.take_ticket(response)
        return response

    return router

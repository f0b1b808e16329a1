"""The console's own: who looks at a page, and what a page is sent with."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from fastapi import Depends, Request
from fastapi.responses import Response

from index.passages import Language
from os2kb.clock import now as clock_now
from os2kb.governance.harmless.neutralise import scrub
from os2kb.installation import Installation
from os2kb.phrases import Phrase
from os2kb.store.sessions import Session, find
from webhooks.console.people import People, Person, Role
from webhooks.console.sections import SECTIONS
from webhooks.console.sign_in.cookies import Cookies
from webhooks.console.wording import STATES, UNANSWERED, VISIBILITIES, moment, reason
from webhooks.pages.forms import Form, form_of, is_from_elsewhere
from webhooks.pages.language import day_in, reader_of
from webhooks.pages.site import SCRIPTED, page, spoken_in, templates

_ENVIRONMENT = templates("webhooks.console")
_ENVIRONMENT.filters["plain"] = scrub
# Nothing is kept by browsers or proxies. One small script, for what is live.
HEADERS: Mapping[str, str] = {**SCRIPTED, "Cache-Control": "no-store", "X-Robots-Tag": "noindex"}


class SignedOut(Exception):
    """Whoever asks is not signed in."""


class Refused(Exception):
    """A page cannot be shown, or a thing not done; said to whoever asks."""

    def __init__(self, status: int, said: Phrase) -> None:
        super().__init__(said.en)
        self.status, self.said = status, said


MISSING = Phrase(
    "Den side findes ikke, eller du har ikke adgang til den.",
    "There is no such page, or you have no access to it.",
)
_FORGED = Phrase(
    "Formularen er for gammel, eller den kom fra et andet sted. Gå tilbage, genindlæs siden, og "
    "prøv igen.",
    "The form is too old, or it came from elsewhere. Go back, reload the page and try again.",
)


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody who is signed in and looks at a page."""

    session: Session
    person: Person
    language: Language
    form_token: str
    people: People

    def say(self, phrase: Phrase, *values: object) -> str:
        """A sentence in their language."""
        return phrase.in_language(self.language).format(*values)

    @property
    def is_operator(self) -> bool:
        """Whether they see everything."""
        return self.people.is_operator(self.person)

    def role_at(self, repository: str) -> Role:
        """What they are to a repository; of none, to the installation."""
        return self.people.role_at(self.person, repository)

    def require(self, repository: str, role: Role) -> None:
        """Go on only with that role at least.

        Raises:
            Refused: 404, so that nobody learns what there is.
        """
        if self.role_at(repository) < role:
            raise Refused(404, MISSING)


@dataclass(frozen=True, slots=True)
class Acting:
    """Somebody who sends a form of ours."""

    visitor: Visitor
    form: Form


@dataclass(frozen=True, slots=True)
class Console:
    """What the pages of the console share.

    Args:
        poke: there is work for the engine.
    """

    installation: Installation
    people: People
    cookies: Cookies
    poke: Callable[[], None]

    def visitor(self, request: Request) -> Visitor:
        """Who looks.

        Raises:
            SignedOut: nobody whom we know.
        """
        ticket = self.cookies.ticket(request)
        database, now = self.installation.database, self.installation.now()
        session = find(database, ticket, now) if ticket else None
        if session is None:
            raise SignedOut
        language = reader_of(request, "").lang
        token = self.cookies.form_token(session.id)
        return Visitor(session, Person(session.login), language, token, self.people)

    def acting(self, request: Request, form: Form = Depends(form_of)) -> Acting:
        """Who acts, and by which form.

        Raises:
            SignedOut: nobody whom we know.
            Refused: 403, no page of ours sent it.
        """
        visitor = self.visitor(request)
        is_ours = self.cookies.is_form_token(form.get("csrf", ""), visitor.session.id)
        if is_from_elsewhere(request) or not is_ours:
            raise Refused(403, _FORGED)
        return Acting(visitor, form)


def shown(
    name: str, language: Language, visitor: Visitor | None = None, status: int = 200, **values: Any
) -> Response:
    """A page of the console.

    Args:
        name: of its template.
        visitor: None for the pages before the door.
    """
    always = spoken_in(language) | {
        "visitor": visitor,
        "sections": SECTIONS,
        "section": name,
        "words": lambda phrase: scrub(phrase.in_language(language)),
        "states": STATES,
        "visibilities": VISIBILITIES,
        "unanswered": UNANSWERED,
        "reason": lambda noted: scrub(reason(noted).in_language(language)),
        "day": lambda at: day_in(language, at),
        "moment": lambda at: moment(at, language, clock_now()),
    }
    body = _ENVIRONMENT.get_template(f"page/{name}.html.j2").render(always | values)
    return page(body, language, HEADERS, status)

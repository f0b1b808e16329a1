"""The pages: all tickets, and one of them with what can be done to it.

Everything shown is escaped, the stylesheet is the demo GitHub's, and nothing else is loaded.
"""

from collections.abc import Mapping
from importlib.resources import files
from typing import Any

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from os2kb.backlog.markup.convert import MARKDOWN, WIKI, converted
from os2kb.demo.github.pages.filters import day
from os2kb.demo.github.pages.markdown import render
from os2kb.demo.jira import changes
from os2kb.demo.jira.refusal import Refusal
from os2kb.demo.jira.world.state import Issue, Person, Transition
from os2kb.demo.jira.world.world import Jira
from os2kb.demo.wire.forms import is_ours, read_form
from os2kb.demo.wire.templates import templates_of

_BOT = "os2kb"
_LONGEST_TEXT = 32_767
_SEE_OTHER = 303
_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    # With `no-referrer` a browser would not say which site a form was sent from.
    "Referrer-Policy": "same-origin",
}
_SHOWN = ("priority", "duedate", "assignee", "labels", "fixVersions", "resolution")
"""The fields above the text; the rest of them stand below it."""


class Pages:
    """The handlers of the pages."""

    def __init__(self, jira: Jira) -> None:
        self.jira = jira
        self.templates = templates_of("os2kb.demo.jira.pages")
        self.templates.filters |= {"wiki": _wiki, "day": day, "shown": _shown}

    def front(self, _: Request) -> Response:
        """All tickets, the latest first."""
        tickets = sorted(self.jira.issues.values(), key=lambda one: -one.id)
        return self._page("front.html", tickets=tickets)

    def ticket(self, request: Request) -> Response:
        """A ticket: what stands in it, what was said, and what happened to it."""
        found = self.jira.find(request.path_params["key"])
        if found is None:
            return self._page("missing.html", 404)
        named = [(self.jira.fields[one].name, found.values.get(one)) for one in _SHOWN]
        custom = [one for one in self.jira.fields.values() if one.is_custom]
        return self._page(
            "ticket.html",
            ticket=found,
            fields=named + [(one.name, found.values.get(one.id)) for one in custom],
            ways=[one for one in self._ways(found) if not one.role],
            resolutions=self.jira.fields["resolution"].options,
            people=[one for one in self.jira.people.values() if _may_edit(one, found)],
            needs_resolution=any("resolution" in one.required for one in self._ways(found)),
        )

    async def act(self, request: Request) -> Response:
        """Somebody does something to a ticket."""
        if not is_ours(request):
            return PlainTextResponse("Skriv fra en side her på demo-Jira.", 403)
        form = await read_form(request, _LONGEST_TEXT)
        with self.jira.lock:
            found = self.jira.find(request.path_params["key"])
            who = self.jira.people.get(form.get("person", ""))
            if found is None or who is None or not _may_edit(who, found):
                return PlainTextResponse("Vælg en ticket og en person, der må rette i den.", 422)
            try:
                self._do(who, found, form)
            except Refusal as refusal:
                said = refusal.body()
                why = [*said.get("errorMessages", ()), *said.get("errors", {}).values()]
                return PlainTextResponse("\n".join(map(str, why)), refusal.status)
        return RedirectResponse(f"/browse/{found.key}", _SEE_OTHER)

    def static(self, _: Request) -> Response:
        """The stylesheet of both demos."""
        style = files("os2kb.demo.github.pages").joinpath("static", "style.css")
        return Response(style.read_bytes(), media_type="text/css")

    def _do(self, who: Person, ticket: Issue, form: Mapping[str, str]) -> None:
        match form.get("do"):
            case "edit":
                named = {name: form[name] for name in ("summary", "description") if name in form}
                changes.edit(self.jira, who, ticket, named)
            case "comment":
                changes.add_comment(
                    self.jira, who, ticket, form.get("body", ""), form.get("role", "")
                )
            case way:
                fields = (
                    {"resolution": {"name": form["resolution"]}} if "resolution" in form else {}
                )
                taken = next((one for one in self._ways(ticket) if str(one.id) == way), None)
                asked = fields if taken and "resolution" in taken.required else {}
                changes.transit(self.jira, who, ticket, str(way), asked)

    def _ways(self, ticket: Issue) -> list[Transition]:
        every = self.jira.workflow(ticket.project)
        return [one for one in every if not one.sources or ticket.status in one.sources]

    def _page(self, template: str, status: int = 200, **values: Any) -> Response:
        html = self.templates.get_template(template).render(**values)
        return HTMLResponse(html.encode("utf-8", "replace"), status, _HEADERS)


def routes(jira: Jira) -> list[Route]:
    """The table of pages."""
    pages = Pages(jira)

    def handler(show: Any) -> Any:
        async def handle(request: Request) -> Response:
            with jira.lock:
                response: Response = show(request)
                return response

        return handle

    rows = (
        ("/", pages.front),
        ("/_static/style.css", pages.static),
        ("/browse/{key}", pages.ticket),
    )
    shown = [Route(path, handler(show), methods=["GET"]) for path, show in rows]
    return [*shown, Route("/browse/{key}", pages.act, methods=["POST"])]


def _may_edit(person: Person, ticket: Issue) -> bool:
    """Whether one can act as somebody; what its own account does, the bot looks away from."""
    return person.name != _BOT and "EDIT_ISSUES" in ticket.project.may.get(person.name, ())


def _wiki(text: str | None) -> Markup:
    """Wiki text as people read it."""
    return render(converted(text or "", WIKI, MARKDOWN).text)


def _shown(value: Any) -> str:
    """A field's value; a dash for none."""
    said = ", ".join(map(str, value)) if isinstance(value, list) else str(value or "")
    return said or "–"

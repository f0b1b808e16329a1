"""The pages people look at: repositories, issues, pull requests, files, checks.

Everything shown is escaped, styles and scripts come from here alone, and nothing else is loaded.
"""

import secrets
from collections.abc import Callable, Mapping
from importlib.resources import files
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from os2kb.demo.github.changes.issues import LONGEST_BODY
from os2kb.demo.github.pages.comment import people, write_comment
from os2kb.demo.github.pages.filters import day, ink
from os2kb.demo.github.pages.markdown import render, render_page
from os2kb.demo.github.pages.sign_in import access_token, sign_in
from os2kb.demo.github.pages.verdict import give_verdict
from os2kb.demo.github.pages.words import CONCLUSIONS, EVENTS, REACTIONS, VERDICTS
from os2kb.demo.github.shapes.commits import parent_tree
from os2kb.demo.github.shapes.pulls import commits_of, head_and_base, started_from
from os2kb.demo.github.world.git import differences, find_commit
from os2kb.demo.github.world.state import (
    CheckRun,
    Issue,
    Repository,
)
from os2kb.demo.github.world.world import GitHub
from os2kb.demo.wire.forms import is_ours, read_form
from os2kb.demo.wire.templates import templates_of

_STATIC = {"style.css": "text/css", "lines.js": "text/javascript", "avatar.svg": "image/svg+xml"}
_Take = Callable[[GitHub, Repository, Issue, Mapping[str, str]], Response]


class NotHere(Exception):
    """There is no such page."""


class Pages:
    """The handlers of the pages."""

    def __init__(self, github: GitHub) -> None:
        self.github = github
        self.templates = templates_of("os2kb.demo.github.pages")
        self.templates.filters |= {"markdown": render, "day": day, "ink": ink}
        self.templates.filters["markdown_page"] = render_page
        self.templates.globals |= {
            "reactions": REACTIONS,
            "event_words": EVENTS,
            "verdict_words": VERDICTS,
            "conclusion_words": CONCLUSIONS,
        }

    def front(self, _: Request) -> Response:
        """All repositories."""
        repositories = sorted(self.github.repositories.values(), key=lambda r: r.full_name)
        return self._page("front.html", heading="Demo-GitHub", repositories=repositories)

    def account(self, request: Request) -> Response:
        """A person, organisation or bot."""
        account = self.github.account(request.path_params["owner"])
        if account is None:
            raise NotHere
        owned = [r for r in self.github.repositories.values() if r.owner is account]
        return self._page("front.html", heading=account.login, repositories=owned)

    def repository(self, request: Request) -> Response:
        """A repository: its issues, pull requests, labels and files."""
        repository = self._repository(request)
        shown = [i for i in repository.issues.values() if i.is_here]
        shown.sort(key=lambda issue: -issue.number)
        tip = find_commit(repository, "")
        return self._page(
            "repository.html",
            repository=repository,
            issues=[issue for issue in shown if issue.pull is None],
            pulls=[issue for issue in shown if issue.pull is not None],
            paths=sorted(tip.tree) if tip else [],
            labels=list(repository.labels.values()),
        )

    def issue(self, request: Request) -> Response:
        """An issue and what happened to it."""
        repository, issue = self._issue(request)
        if issue.pull is not None:
            return RedirectResponse(f"/{repository.full_name}/pull/{issue.number}")
        return self._conversation(repository, issue)

    def pull(self, request: Request) -> Response:
        """A pull request: conversation, commits, checks and files."""
        repository, issue = self._issue(request)
        if issue.pull is None:
            return RedirectResponse(f"/{repository.full_name}/issues/{issue.number}")
        head, _ = head_and_base(repository, issue.pull)
        return self._conversation(
            repository,
            issue,
            head=head,
            commits=commits_of(repository, issue.pull),
            changes=differences(started_from(repository, issue.pull), head.tree),
            checks=_latest_checks(repository, head.sha),
        )

    def blob(self, request: Request) -> Response:
        """Markdown as it reads; other files, and `?plain=1`, with an anchor for every line."""
        repository, ref, path, content = self._file(request)
        text = content.decode(errors="replace")
        reads = path.endswith(".md") and request.query_params.get("plain") != "1"
        return self._page(
            "blob.html",
            repository=repository,
            ref=ref,
            path=path,
            lines=[] if reads else text.removesuffix("\n").split("\n"),
            text=text if reads else None,
        )

    def raw(self, request: Request) -> Response:
        """A file as it is, never as a page."""
        _, _, _, content = self._file(request)
        return PlainTextResponse(content, headers={"X-Content-Type-Options": "nosniff"})

    def commit(self, request: Request) -> Response:
        """A commit and what it changed."""
        repository = self._repository(request)
        commit = find_commit(repository, request.path_params["sha"])
        if commit is None:
            raise NotHere
        changes = differences(parent_tree(repository, commit), commit.tree)
        return self._page("commit.html", repository=repository, commit=commit, changes=changes)

    def check(self, request: Request) -> Response:
        """A check and what it says."""
        repository = self._repository(request)
        check = repository.checks.get(request.path_params["number"])
        if check is None:
            raise NotHere
        return self._page("check.html", repository=repository, check=check)

    async def comment(self, request: Request) -> Response:
        """Take a comment from the box of a conversation."""
        return await self._sent(request, write_comment)

    async def verdict(self, request: Request) -> Response:
        """Take the approval or the merge of a pull request from its buttons."""
        return await self._sent(request, give_verdict)

    async def _sent(self, request: Request, take: _Take) -> Response:
        """What a form on a page of ours comes to."""
        if not is_ours(request):
            return PlainTextResponse("Skriv fra en side her på demo-GitHub.", 403)
        form = await read_form(request, LONGEST_BODY)
        with self.github.lock:
            try:
                return take(self.github, *self._issue(request), form)
            except NotHere:
                return self.not_here()

    def advisory(self, request: Request) -> Response:
        """Where GitHub takes a vulnerability in private."""
        return self._page("advisory.html", repository=self._repository(request))

    def sign_in(self, request: Request) -> Response:
        """Who signs in to an application that asks."""
        return sign_in(self.github, request, self._page)

    async def token(self, request: Request) -> Response:
        """What an application gets for the code that it was sent."""
        return await access_token(self.github, request)

    def static(self, request: Request) -> Response:
        """The stylesheet, the script, the picture."""
        name = request.path_params["name"]
        if name not in _STATIC:
            raise NotHere
        content = files("os2kb.demo.github.pages").joinpath("static", name).read_bytes()
        return Response(content, media_type=_STATIC[name])

    def _conversation(self, repository: Repository, issue: Issue, **more: Any) -> Response:
        seen = {"head": None, "commits": [], "changes": [], "checks": []} | more
        return self._page(
            "issue.html", repository=repository, issue=issue, people=people(self.github), **seen
        )

    def _repository(self, request: Request) -> Repository:
        names = request.path_params["owner"], request.path_params["repo"]
        found = self.github.find(*names) or self.github.find_renamed(*names)
        if found is None:
            raise NotHere
        return found

    def _issue(self, request: Request) -> tuple[Repository, Issue]:
        repository = self._repository(request)
        issue = repository.issues.get(request.path_params["number"])
        if issue is None or not issue.is_here:
            raise NotHere
        return repository, issue

    def _file(self, request: Request) -> tuple[Repository, str, str, bytes]:
        """The ref may hold slashes, so the longest one that exists is taken."""
        repository = self._repository(request)
        parts = request.path_params["rest"].split("/")
        for cut in range(len(parts) - 1, 0, -1):
            ref, path = "/".join(parts[:cut]), "/".join(parts[cut:])
            commit = find_commit(repository, ref)
            if commit is not None and path in commit.tree:
                return repository, ref, path, commit.tree[path]
        raise NotHere

    def _page(self, template: str, status: int = 200, **values: Any) -> Response:
        nonce = secrets.token_urlsafe(16)
        values = {"repository": None, "heading": ""} | values
        html = self.templates.get_template(template).render(nonce=nonce, **values)
        # Label colours are the one style that data decides; they stand in one nonced element.
        policy = (
            f"default-src 'none'; style-src 'self' 'nonce-{nonce}'; script-src 'self';"
            " img-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
        )
        headers = {
            "Content-Security-Policy": policy,
            "X-Content-Type-Options": "nosniff",
            # With `no-referrer` a browser would not say which site a form was sent from.
            "Referrer-Policy": "same-origin",
        }
        content = html.encode("utf-8", "replace")
        return HTMLResponse(content, status, headers)

    def not_here(self) -> Response:
        """The page that says so."""
        return self._page("missing.html", 404)


def routes(github: GitHub) -> list[Route]:
    """The table of pages."""
    pages = Pages(github)
    home = "/{owner}/{repo}"
    rows = (
        ("/", pages.front),
        ("/_static/{name}", pages.static),
        ("/login/oauth/authorize", pages.sign_in),
        (home + "/issues/{number:int}", pages.issue),
        (home + "/pull/{number:int}", pages.pull),
        (home + "/issues", pages.repository),
        (home + "/pulls", pages.repository),
        (home + "/blob/{rest:path}", pages.blob),
        (home + "/raw/{rest:path}", pages.raw),
        (home + "/commit/{sha}", pages.commit),
        (home + "/runs/{number:int}", pages.check),
        (home + "/security/advisories/new", pages.advisory),
        (home + "/tree/{ref:path}", pages.repository),
        (home, pages.repository),
        ("/{owner}", pages.account),
    )

    def handler(show: Any) -> Any:
        async def handle(request: Request) -> Response:
            with github.lock:
                try:
                    response: Response = show(request)
                except NotHere:
                    response = pages.not_here()
                return response

        return handle

    asked = [
        Route("/login/oauth/access_token", pages.token, methods=["POST"]),
        Route(home + "/issues/{number:int}/comments", pages.comment, methods=["POST"]),
        Route(home + "/pull/{number:int}/verdict", pages.verdict, methods=["POST"]),
    ]
    shown = [Route(path, handler(show), methods=["GET"]) for path, show in rows]
    return [*asked, *shown]


def _latest_checks(repository: Repository, sha: str) -> list[CheckRun]:
    latest = {
        check.name: check
        for check in sorted(repository.checks.values(), key=lambda one: one.id)
        if check.head_sha == sha
    }
    return list(latest.values())

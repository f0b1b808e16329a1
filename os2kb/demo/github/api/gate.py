"""The gate every API request passes: who, what, may they, does it fail, what is remembered."""

import copy
import hashlib
import json
import re
from typing import Any

from starlette.routing import compile_path

from os2kb.demo.github.api import (
    apps,
    checks,
    comments,
    contents,
    graphql,
    issues,
    pulls,
    repositories,
    trees,
)
from os2kb.demo.github.api.access import check_access
from os2kb.demo.github.api.call import Call, Endpoint, Reply
from os2kb.demo.github.apps import ANONYMOUS, Actor, identify
from os2kb.demo.github.refusal import Refusal, invalid, not_found
from os2kb.demo.github.world.state import Repository
from os2kb.demo.github.world.world import GitHub
from os2kb.demo.wire.asked import Asked, Outcome
from os2kb.demo.wire.limits import Fault
from os2kb.demo.wire.traffic import Exchange

PREFIX = "/api/v3"

# Checks on a commit come before commits, whose ref may hold slashes; the installation of a
# repository comes with the app's own.
ENDPOINTS: tuple[Endpoint, ...] = (
    *apps.ENDPOINTS,
    *issues.ENDPOINTS,
    *comments.ENDPOINTS,
    *pulls.ENDPOINTS,
    *checks.ENDPOINTS,
    *contents.ENDPOINTS,
    *trees.ENDPOINTS,
    *repositories.ENDPOINTS,
    *graphql.ENDPOINTS,
)
_TABLE = tuple((compile_path(endpoint.path), endpoint) for endpoint in ENDPOINTS)
_BY_NUMBER = re.compile(r"/repositories/(\d{1,18})(/.*)?\Z", re.DOTALL)
_TEXTS = frozenset(
    [
        "base",
        "body",
        "branch",
        "color",
        "commit_id",
        "commit_message",
        "commit_title",
        "conclusion",
        "content",
        "description",
        "details_url",
        "event",
        "external_id",
        "head",
        "lock_reason",
        "merge_method",
        "message",
        "name",
        "new_name",
        "ref",
        "sha",
        "state",
        "state_reason",
        "status",
    ]
)
_KEPT_HEADERS = {"accept-ranges", "etag", "link", "location", "retry-after"}


def is_api_path(path: str) -> bool:
    """Whether a path belongs to the API rather than to the pages."""
    return path == PREFIX or path.startswith(PREFIX + "/") or find_endpoint(path) is not None


class Gate:
    """Answers API requests on one world, one at a time."""

    def __init__(self, github: GitHub) -> None:
        self.github = github
        self._previous: dict[int, Repository] | None = None

    def answer(self, request: Asked) -> Outcome:
        """Carry a request out and remember it."""
        with self.github.lock:
            path = _real_path(self.github, request.path.removeprefix(PREFIX) or "/")
            actor, body, call, fault = ANONYMOUS, None, None, None
            try:
                actor = identify(self.github, request.headers.get("authorization", ""))
                body = _json(request.body)
                call = self._call(request, path, actor, body)
                fault = self.github.limits.take_fault(
                    request.method, path, stale_possible=self._previous is not None
                )
                reply = self._reply(call, fault)
            except Refusal as refusal:
                reply = Reply(refusal.status, refusal.body(), dict(refusal.headers))
            outcome = self._finish(request, actor, reply, fault)
            exchange = Exchange(
                request.method,
                path,
                dict(request.query),
                actor.name,
                body,
                outcome.status,
                {k.lower(): v for k, v in outcome.headers.items() if _is_kept(k)},
                None if outcome.status == 304 else _without_secret(reply.body),
            )
            self.github.traffic.record(
                exchange,
                by_app=actor.kind == "installation",
                created_labels=tuple(call.created_labels) if call else (),
            )
            return outcome

    def _call(self, request: Asked, path: str, actor: Actor, body: Any) -> Call:
        found = find_endpoint(path, request.method)
        if found is None:
            raise not_found()
        endpoint, names = found
        if isinstance(body, list) and not endpoint.path.endswith("/labels"):
            raise Refusal(400, "Body should be a JSON object")
        given = {} if body is None else body
        _check_texts(given)
        return Call(self.github, actor, endpoint, path, names, request.query, given)

    def _reply(self, call: Call, fault: Fault | None) -> Reply:
        limits = self.github.limits
        if fault is not None and not fault.after:
            _fail_before(self.github, call.actor, fault)
        spender = _spender(call.actor, call.path)
        if limits.exhausted(spender) and call.path != "/rate_limit":
            raise _rate_limited(call.actor, limits.headers(spender))
        if fault is not None and fault.kind == "stale-read" and self._previous is not None:
            world = copy.copy(self.github)
            world.repositories, self._previous = self._previous, None
            call.github = world
        check_access(call)
        if call.endpoint.writes and limits.wants_previous():
            before = copy.deepcopy(self.github.repositories)
            reply = call.endpoint.answer(call)
            self._previous = before
        else:
            reply = call.endpoint.answer(call)
        if fault is not None and fault.after and fault.kind == "status":
            raise Refusal(fault.status, "Server Error")
        return reply

    def _finish(self, request: Asked, actor: Actor, reply: Reply, fault: Fault | None) -> Outcome:
        status = reply.status
        content = b"" if reply.body is None else _bytes(reply.body)
        headers = {"X-GitHub-Media-Type": "github.v3; format=json"}
        spender, cost = _spender(actor, request.path), 1
        if status == 200 and request.method == "GET":
            headers["ETag"] = f'W/"{hashlib.sha256(content).hexdigest()}"'
            if headers["ETag"] in request.headers.get("if-none-match", ""):
                # An answer that says nothing new costs nothing.
                status, content, cost = 304, b"", 0
        if status != 401 and request.path.removeprefix(PREFIX) != "/rate_limit":
            self.github.limits.spend(spender, cost)
        headers |= self.github.limits.headers(spender) | reply.headers
        if content:
            headers["Content-Type"] = "application/json; charset=utf-8"
        cut = fault is not None and fault.kind == "reset"
        slow = fault is not None and fault.kind == "slow"
        delay = (fault.seconds or 1.0) if fault is not None and slow else 0.0
        return Outcome(status, headers, content, cut, delay)


def _spender(actor: Actor, path: str) -> str:
    return f"{actor.name} graphql" if path.endswith("/graphql") else actor.name


def find_endpoint(path: str, method: str = "") -> tuple[Endpoint, dict[str, str]] | None:
    """The row for a path (and method, if given), and what the path names."""
    for (pattern, _, _), endpoint in _TABLE:
        if method in {"", endpoint.method}:
            match = pattern.match(path)
            if match is not None:
                return endpoint, match.groupdict()
    return None


def _real_path(github: GitHub, path: str) -> str:
    match = _BY_NUMBER.match(path)
    repository = github.repositories.get(int(match[1])) if match else None
    if match is None or repository is None:
        return path
    return f"/repos/{repository.full_name}{match[2] or ''}"


def _json(content: bytes) -> Any:
    """The body, None where there is none.

    Raises:
        Refusal: 400, it is no JSON, no object or list, or holds half a surrogate pair.
    """
    if not content.strip():
        return None
    try:
        body = json.loads(content)
        _bytes(body)
    except (ValueError, RecursionError) as error:
        raise Refusal(400, "Problems parsing JSON") from error
    if not isinstance(body, dict | list):
        raise Refusal(400, "Body should be a JSON object")
    return body


def _check_texts(body: Any) -> None:
    """Refuse numbers, lists and the like where every endpoint takes text."""
    for key in _TEXTS & set(body) if isinstance(body, dict) else ():
        if not isinstance(body[key], str | None):
            raise invalid("Asked", key, "invalid")


def _without_secret(body: Any) -> Any:
    return {**body, "token": "***"} if isinstance(body, dict) and "token" in body else body


def _bytes(body: Any) -> bytes:
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()


def _fail_before(github: GitHub, actor: Actor, fault: Fault) -> None:
    if fault.kind == "status":
        raise Refusal(fault.status, "Server Error" if fault.status >= 500 else "Not Found")
    if fault.kind == "reset":
        raise Refusal(500, "Connection reset")
    if fault.kind == "secondary-rate-limit":
        raise Refusal(
            403,
            "You have exceeded a secondary rate limit. Please wait a few minutes before you try"
            " again.",
            headers={"Retry-After": str(round(fault.seconds or 60))},
        )
    if fault.kind == "rate-limit":
        reset = int(github.limits.time()) + round(fault.seconds or 60)
        exhausted = {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": str(reset)}
        raise _rate_limited(actor, exhausted)


def _rate_limited(actor: Actor, headers: dict[str, str]) -> Refusal:
    who = f"installation ID {actor.installation.id}" if actor.installation else f"user {actor.name}"
    return Refusal(403, f"API rate limit exceeded for {who}.", headers=headers)


def _is_kept(header: str) -> bool:
    return header.lower() in _KEPT_HEADERS or header.lower().startswith("x-")

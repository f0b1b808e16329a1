"""The gate every API request passes: who, what, does it fail, what is remembered."""

import base64
import binascii
import json
import re
from typing import Any

from starlette.routing import compile_path

from os2kb.demo.jira.api import beside, issues, site
from os2kb.demo.jira.api.call import Call, Endpoint, Reply
from os2kb.demo.jira.refusal import Refusal
from os2kb.demo.jira.world.state import Person
from os2kb.demo.jira.world.world import Jira
from os2kb.demo.wire.asked import Asked, Outcome
from os2kb.demo.wire.limits import Fault
from os2kb.demo.wire.traffic import Exchange

ENDPOINTS: tuple[Endpoint, ...] = (*issues.ENDPOINTS, *beside.ENDPOINTS, *site.ENDPOINTS)
_TABLE = tuple((compile_path(endpoint.path), endpoint) for endpoint in ENDPOINTS)
_API = re.compile(r"/rest/api/(?:2|3|latest)(?=/)")


class Gate:
    """Answers API requests on one world, one at a time."""

    def __init__(self, jira: Jira) -> None:
        self.jira = jira

    def answer(self, request: Asked) -> Outcome:
        """Carry a request out and remember it."""
        with self.jira.lock:
            path = _API.sub("", request.path, 1)
            who, body, fault = None, None, None
            try:
                who = identify(self.jira, request.headers.get("authorization", ""))
                body = _json(request.body)
                fault = self.jira.limits.take_fault(request.method, path, stale_possible=False)
                _fail(fault, after=False)
                reply = self._reply(request, path, who, body)
                _fail(fault, after=True)
            except Refusal as refusal:
                reply = Reply(refusal.status, refusal.body(), dict(refusal.headers))
            self._remember(request, path, who, body, reply)
            return _outcome(reply, fault)

    def _reply(self, request: Asked, path: str, who: Person, body: Any) -> Reply:
        found = find_endpoint(path, request.method)
        if found is None:
            raise Refusal(404, "There is no such resource.")
        endpoint, names = found
        if endpoint.only not in ("", self.jira.mode):
            # https://developer.atlassian.com/changelog/#CHANGE-2046
            raise Refusal(410, "The requested API has been removed, or is not here.")
        return endpoint.answer(Call(self.jira, who, names, request.query, body))

    def _remember(
        self, request: Asked, path: str, who: Person | None, body: Any, reply: Reply
    ) -> None:
        name = who.name if who else "anonymous"
        headers = {key.lower(): value for key, value in reply.headers.items()}
        exchange = Exchange(
            request.method,
            f"/rest/api/3{path}",
            dict(request.query),
            name,
            body,
            reply.status,
            headers,
            reply.body,
        )
        self.jira.traffic.record(exchange, by_app=True, created_labels=())


def find_endpoint(path: str, method: str) -> tuple[Endpoint, dict[str, str]] | None:
    """The row for a path and method, and what the path names."""
    for (pattern, _, _), endpoint in _TABLE:
        match = pattern.match(path) if method == endpoint.method else None
        if match is not None:
            return endpoint, match.groupdict()
    return None


def identify(jira: Jira, authorization: str) -> Person:
    """Who it is, by an API token with its address, or by a personal token alone.

    Raises:
        Refusal: 401, nobody.
    """
    kind, _, said = authorization.partition(" ")
    email = ""
    if kind == "Basic" and jira.is_cloud:
        try:
            email, _, said = base64.b64decode(said).decode().partition(":")
        except (binascii.Error, UnicodeDecodeError):
            said = ""
    for person in jira.people.values():
        known = email == person.email if jira.is_cloud else kind == "Bearer"
        if known and said == person.token:
            return person
    raise Refusal(401, "You are not authenticated. Authentication required to perform this.")


def _json(content: bytes) -> Any:
    if not content.strip():
        return None
    try:
        return json.loads(content.decode())
    except (ValueError, RecursionError) as error:
        raise Refusal(400, "There was an error parsing JSON.") from error


def _fail(fault: Fault | None, *, after: bool) -> None:
    if fault is None or fault.after != after:
        return
    if fault.kind == "status":
        raise Refusal(fault.status, "Something went wrong.")
    if fault.kind == "reset":
        raise Refusal(500, "Connection reset")
    if fault.kind in ("rate-limit", "secondary-rate-limit"):
        wait = {"Retry-After": str(round(fault.seconds or 60))}
        raise Refusal(429, "Rate limit exceeded.", headers=wait)


def _outcome(reply: Reply, fault: Fault | None) -> Outcome:
    content = b"" if reply.body is None else json.dumps(reply.body, ensure_ascii=False).encode()
    headers = dict(reply.headers)
    if content:
        headers["Content-Type"] = "application/json;charset=UTF-8"
    cut = fault is not None and fault.kind == "reset"
    slow = fault is not None and fault.kind == "slow"
    delay = (fault.seconds or 1.0) if fault is not None and slow else 0.0
    return Outcome(reply.status, headers, content, cut, delay)

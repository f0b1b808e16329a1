"""A stand-in for a Zulip server: real HTTP on loopback, messages that stay, and faults.

It answers what we ask of Zulip as its API pages say: who somebody is, which streams there are,
messages by a narrow, and sending one. No package that could be had carries Zulip's own description
of its API, so `tests/contract/test_zulip_stand_in.py` holds this to the fields, codes and statuses
that the pages tell, and cites them.
"""

import json
import threading
from base64 import b64decode
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Literal
from urllib.parse import parse_qs, urlsplit

from tests.fakes.llm import _Handler, serving

KNOWN = {
    "GET /api/v1/server_settings": set[str](),
    "GET /api/v1/users/me": set[str](),
    "GET /api/v1/streams": {
        *("include_public", "include_web_public", "include_subscribed", "include_all"),
        *("include_default", "include_owner_subscribed", "include_can_access_content"),
    },
    "GET /api/v1/messages": {
        *("anchor", "include_anchor", "num_before", "num_after", "narrow"),
        *("client_gravatar", "apply_markdown", "message_ids", "allow_empty_topic_name"),
    },
    "POST /api/v1/messages": {
        *("type", "to", "content", "topic", "queue_id", "local_id", "read_by_sender"),
    },
}
"""The parameters of each request; others are told of as ignored."""
_MOST_AT_ONCE = 5_000
Fault = Literal["reset", "lost answer", "too much", "broken", "html", "list", "redirect"]


@dataclass(frozen=True)
class Message:
    """A message as it was sent: Markdown, not yet rendered."""

    id: int
    sender: int
    stream: str
    topic: str
    content: str


@dataclass
class FakeZulip:
    """The server's state. `site` is what goes into OS2KB_ZULIP_SITE.

    `faults` befall the next requests, one each; those of `sending` only requests to send.
    """

    site: str = ""
    email: str = "os2kb-bot@zulip.example"
    key: str = "good"
    me: int = 7
    streams: list[str] = field(default_factory=lambda: ["OS2demo", "123"])
    messages: list[Message] = field(default_factory=list)
    faults: deque[Fault] = field(default_factory=deque)
    sending: deque[Fault] = field(default_factory=deque)
    requests: list[str] = field(default_factory=list)
    ignored: set[str] = field(default_factory=set)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def says(self, content: str, stream: str = "OS2demo", sender: int = 8) -> None:
        """Somebody writes."""
        with self.lock:
            self.messages.append(
                Message(len(self.messages) + 1, sender, stream, "samtale", content)
            )

    @property
    def contents(self) -> list[str]:
        """What we have written."""
        return [one.content for one in self.messages if one.sender == self.me]


@contextmanager
def running() -> Iterator[FakeZulip]:
    """A server on a port the kernel chose."""
    fake = FakeZulip()

    class Handler(_Zulip):
        state = fake  # type: ignore[assignment]

    with serving(Handler) as url:
        fake.site = url.removesuffix("/v1")
        yield fake


class _Refused(Exception):
    def __init__(self, status: int, code: str, said: str, **more: Any) -> None:
        self.status = status
        self.body = {"result": "error", "code": code, "msg": said, **more}


class _Zulip(_Handler):
    def do_GET(self) -> None:  # noqa: N802
        address = urlsplit(self.path)
        self._answer(f"GET {address.path}", parse_qs(address.query))

    def do_POST(self) -> None:  # noqa: N802
        body = self.rfile.read(int(self.headers["Content-Length"]))
        sent = parse_qs(body.decode(), keep_blank_values=True)
        self._answer(f"POST {urlsplit(self.path).path}", sent)

    @property
    def zulip(self) -> FakeZulip:
        return self.state  # type: ignore[return-value]

    def _answer(self, what: str, given: dict[str, list[str]]) -> None:
        zulip = self.zulip
        with zulip.lock:
            zulip.requests.append(what)
            fault = zulip.faults.popleft() if zulip.faults else None
            if fault is None and what == "POST /api/v1/messages" and zulip.sending:
                fault = zulip.sending.popleft()
            if fault and fault != "lost answer":
                self._fail(fault)
                return
            try:
                done = self._do(what, given)
                if ignored := sorted(given.keys() - KNOWN[what]):
                    done["ignored_parameters_unsupported"] = ignored
                    zulip.ignored |= set(ignored)
                status, body = 200, {"result": "success", "msg": ""} | done
            except _Refused as refused:
                status, body = refused.status, refused.body
        if fault == "lost answer":
            self._reset()
        else:
            self._send(status, json.dumps(body).encode())

    def _fail(self, fault: Fault) -> None:
        wait = {
            "result": "error",
            "code": "RATE_LIMIT_HIT",
            "msg": "API usage exceeded rate limit",
            "retry-after": 28.7,
        }
        broken = {
            "result": "error",
            "code": "INTERNAL_SERVER_ERROR",
            "msg": "Internal server error",
        }
        match fault:
            case "reset":
                self._reset()
            case "too much":
                self._send(429, json.dumps(wait).encode(), {"Retry-After": "28.7"})
            case "broken":
                self._send(500, json.dumps(broken).encode())
            case "html":
                self._send(502, b"<html>Bad gateway</html>")
            case "list":
                self._send(200, b"[]")
            case "redirect":
                self._send(302, b"", {"Location": self.path})

    def _do(self, what: str, given: dict[str, list[str]]) -> dict[str, Any]:
        zulip = self.zulip
        if what == "GET /api/v1/server_settings":
            return {
                "zulip_version": "10.4",
                "zulip_feature_level": 372,
                "realm_url": zulip.site,
                "realm_name": "OS2 samtale",
                "authentication_methods": {},
                "push_notifications_enabled": False,
                "is_incompatible": False,
            }
        known = f"{zulip.email}:{zulip.key}"
        if b64decode(self.headers.get("Authorization", " ").split(" ")[1]).decode() != known:
            raise _Refused(401, "INVALID_API_KEY", "Invalid API key")
        match what:
            case "GET /api/v1/users/me":
                return {
                    "user_id": zulip.me,
                    "email": zulip.email,
                    "full_name": "os2kb",
                    "is_bot": True,
                    "is_active": True,
                    "role": 400,
                    "timezone": "",
                }
            case "GET /api/v1/streams":
                return {
                    "streams": [
                        {"stream_id": number, "name": name, "description": "", "invite_only": False}
                        for number, name in enumerate(zulip.streams, 1)
                    ]
                }
            case "GET /api/v1/messages":
                return self._found(given)
            case "POST /api/v1/messages":
                return {"id": self._sent(given)}
        raise _Refused(404, "NOT_FOUND", "Not found")

    def _found(self, given: dict[str, list[str]]) -> dict[str, Any]:
        _need(given, "num_before", "num_after", "narrow")
        assert given["anchor"] == ["newest"]
        assert given["apply_markdown"] == ["false"]
        wanted = sum(int(given[one][0]) for one in ("num_before", "num_after"))
        if wanted > _MOST_AT_ONCE:
            said = f"Too many messages requested (maximum {_MOST_AT_ONCE})."
            raise _Refused(400, "BAD_REQUEST", said)
        narrow = {one["operator"]: one["operand"] for one in json.loads(given["narrow"][0])}
        if self._stream(narrow["stream"]) is None:
            said = f"unknown channel '{narrow['stream']}'"
            raise _Refused(400, "BAD_NARROW", f"Invalid narrow operator: {said}", desc=said)
        newest = [
            {
                "id": one.id,
                "sender_id": one.sender,
                "type": "stream",
                "display_recipient": one.stream,
                "subject": one.topic,
                "content": one.content,
                "content_type": "text/x-markdown",
                "timestamp": 1_772_442_000 + one.id,
                "is_me_message": False,
                "reactions": [],
                "flags": ["read"],
            }
            for one in self.zulip.messages
            if one.stream.casefold() == narrow["stream"].casefold()
            and one.sender == narrow["sender"]
        ]
        shown = newest[-int(given["num_before"][0]) :]
        return {
            "messages": shown,
            "anchor": shown[-1]["id"] if shown else 0,
            "found_anchor": False,
            "found_newest": True,
            "found_oldest": len(shown) == len(newest),
            "history_limited": False,
        }

    def _sent(self, given: dict[str, list[str]]) -> int:
        _need(given, "type", "to", "content")
        zulip, content = self.zulip, given["content"][0].rstrip()
        assert given["type"] == ["stream"]
        try:
            to = json.loads(given["to"][0])
        except ValueError:
            to = given["to"][0]
        stream = self._stream(to) if isinstance(to, str) else None
        if stream is None:
            raise _Refused(
                400, "STREAM_DOES_NOT_EXIST", f"Channel '{to}' does not exist", stream=str(to)
            )
        if not content or "\0" in content:
            raise _Refused(400, "BAD_REQUEST", "Message must not be empty")
        number = len(zulip.messages) + 1
        topic = given["topic"][0][:60]
        zulip.messages.append(Message(number, zulip.me, stream, topic, content[:10_000]))
        return number

    def _stream(self, name: str) -> str | None:
        found = (one for one in self.zulip.streams if one.casefold() == name.casefold())
        return next(found, None)


def _need(given: dict[str, list[str]], *names: str) -> None:
    for name in names:
        if name not in given:
            said = f"Missing '{name}' argument"
            raise _Refused(400, "REQUEST_VARIABLE_MISSING", said, var_name=name)

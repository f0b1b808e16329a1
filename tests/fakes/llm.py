"""A stand-in for an OpenAI-compatible server: real HTTP on loopback, scripted replies and faults.

Replies are taken from the script in order; when it is empty, `writes` answers each request.
Everything received is kept in `requests`, so that a test can see what left the house.
"""

import json
import socket
import struct
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any


@dataclass(frozen=True)
class Says:
    """A well-formed completion; as server-sent events where the request asks for a stream."""

    text: str
    tokens: int = 100


@dataclass(frozen=True)
class Status:
    """An error status with headers."""

    status: int
    headers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Raw:
    """These bytes with status 200, cut where the tuple cuts them."""

    chunks: tuple[bytes, ...]
    content_type: str = "application/json"


@dataclass(frozen=True)
class Reset:
    """The connection is cut after the request was read."""


@dataclass(frozen=True)
class Drip:
    """A byte each `pause` seconds, until the client has had enough or the server closes."""

    pause: float


Reply = Says | Status | Raw | Reset | Drip


@dataclass
class FakeLlm:
    """The server's state. `url` is what goes into OS2KB_LLM_BASE_URL."""

    url: str = ""
    script: deque[Reply] = field(default_factory=deque)
    requests: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    writes: Callable[[dict[str, Any]], str] = lambda request: "ja"
    closing: Event = field(default_factory=Event)

    def will(self, *replies: Reply) -> None:
        """Add replies to the script."""
        self.script.extend(replies)

    @property
    def prompts(self) -> str:
        """All text received, joined."""
        return "\n".join(
            message["content"] for request in self.requests for message in request["messages"]
        )


@contextmanager
def running() -> Iterator[FakeLlm]:
    """A server on a port the kernel chose."""
    fake = FakeLlm()

    class Handler(_Handler):
        state = fake

    with serving(Handler) as fake.url:
        try:
            yield fake
        finally:
            fake.closing.set()


@contextmanager
def serving(handler: type[BaseHTTPRequestHandler]) -> Iterator[str]:
    """The address of a server on a port the kernel chose."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/v1"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    state: FakeLlm

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        request = json.loads(body)
        self.state.headers.append({key.lower(): value for key, value in self.headers.items()})
        if self.path != "/v1/chat/completions":
            self._send(404, b"{}")
            return
        self.state.requests.append(request)
        script = self.state.script
        self._perform(script.popleft() if script else Says(self.state.writes(request)), request)

    def _perform(self, reply: Reply, request: dict[str, Any]) -> None:
        match reply:
            case Says(text, tokens) if request.get("stream"):
                self._send_chunks(_events(text, tokens), "text/event-stream")
            case Says(text, tokens):
                self._send(200, json.dumps(_completion(text, tokens)).encode())
            case Status(status, headers):
                self._send(status, b'{"error": {"message": "scripted"}}', headers)
            case Raw(chunks, content_type):
                self._send_chunks(chunks, content_type)
            case Reset():
                self._reset()
            case Drip(pause):
                self._drip(pause)

    def _send(self, status: int, body: bytes, headers: dict[str, str] | None = None) -> None:
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _send_chunks(self, chunks: Sequence[bytes], content_type: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", content_type)
        self.send_header("Connection", "close")
        self.end_headers()
        for chunk in chunks:
            self.wfile.write(chunk)
            self.wfile.flush()

    def _reset(self) -> None:
        # Linger zero turns the close into a reset.
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.close()

    def _drip(self, pause: float) -> None:
        self._send_chunks((), "application/json")
        try:
            while not self.state.closing.wait(pause):
                self.wfile.write(b" ")
                self.wfile.flush()
        except OSError:
            return

    def finish(self) -> None:
        try:
            super().finish()
        except (OSError, ValueError):
            return

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Keep the test output clean."""


def _completion(text: str, tokens: int) -> dict[str, Any]:
    return {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 1,
        "model": "fake",
        "choices": [
            {
                "index": 0,
                "message": {"role": "assistant", "content": text},
                "finish_reason": "stop",
            }
        ],
        "usage": {"prompt_tokens": 1, "completion_tokens": tokens - 1, "total_tokens": tokens},
    }


def _events(text: str, tokens: int) -> tuple[bytes, ...]:
    """The completion as a stream whose chunks are cut in awkward places."""
    deltas = [text[at : at + 3] for at in range(0, len(text), 3)]
    lines = [
        {"choices": [{"index": 0, "delta": {"role": "assistant"}}]},
        *({"choices": [{"index": 0, "delta": {"content": delta}}]} for delta in deltas),
        {"choices": [], "usage": {"total_tokens": tokens}},
    ]
    encoded = [json.dumps(line, ensure_ascii=False) for line in lines]
    whole = "".join(f"data: {line}\n\n" for line in encoded) + "data: [DONE]\n\n"
    data = whole.encode()
    return tuple(data[at : at + 7] for at in range(0, len(data), 7))

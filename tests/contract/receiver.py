"""A receiver of webhooks on loopback that keeps what it gets."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass(frozen=True)
class Received:
    """One delivery: header names in lower case, the body raw and read."""

    headers: dict[str, str]
    raw: bytes
    body: dict[str, Any]

    @property
    def event(self) -> str:
        return self.headers["x-github-event"]

    @property
    def name(self) -> str:
        """`issues.labeled`, or the event alone where it has no action."""
        return ".".join(filter(None, (self.event, self.body.get("action"))))


@dataclass
class Receiver:
    """Where deliveries go; `status` is what it answers."""

    url: str = ""
    status: int = 202
    received: list[Received] = field(default_factory=list)

    @property
    def names(self) -> list[str]:
        return [one.name for one in self.received]


@contextmanager
def receiving() -> Iterator[Receiver]:
    """A receiver, listening while the block runs."""
    receiver = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            raw = self.rfile.read(int(self.headers["Content-Length"]))
            headers = {name.lower(): value for name, value in self.headers.items()}
            receiver.received.append(Received(headers, raw, json.loads(raw)))
            self.send_response(receiver.status)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        receiver.url = f"http://127.0.0.1:{server.server_address[1]}/webhooks/github"
        try:
            yield receiver
        finally:
            server.shutdown()
            thread.join()

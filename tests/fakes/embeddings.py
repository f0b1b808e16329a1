"""A fake OpenAI-compatible embeddings endpoint over real HTTP.

Unscripted, it embeds: a text's vector counts its words, each in one of `dimensions` places, so that
texts which share words are near. Scripted replies come first and are used up.
"""

import json
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Event
from typing import Any
from zlib import crc32

from tests.fakes.llm import Drip, Raw, Reset, Status, _Handler, serving

__all__ = ["Drip", "FakeEmbeddings", "Raw", "Reset", "Status", "running"]


@dataclass
class FakeEmbeddings:
    """The server's state. `url` is what goes into OS2KB_EMBEDDING_BASE_URL."""

    url: str = ""
    dimensions: int = 64
    script: deque[Status | Raw | Reset | Drip] = field(default_factory=deque)
    requests: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    closing: Event = field(default_factory=Event)

    def will(self, *replies: Status | Raw | Reset | Drip) -> None:
        """Add replies to the script."""
        self.script.extend(replies)

    @property
    def texts(self) -> list[str]:
        """All texts received, in order."""
        return [text for request in self.requests for text in request["input"]]

    def vector(self, text: str) -> list[float]:
        """Counts of words."""
        counts = [0.0] * self.dimensions
        for word in text.lower().split():
            counts[crc32(word.encode("utf-8", "replace")) % self.dimensions] += 1
        return counts


@contextmanager
def running() -> Iterator[FakeEmbeddings]:
    """A server on a port the kernel chose."""
    fake = FakeEmbeddings()

    class Handler(_Embeddings):
        state = fake  # type: ignore[assignment]

    with serving(Handler) as fake.url:
        try:
            yield fake
        finally:
            fake.closing.set()


class _Embeddings(_Handler):
    def do_POST(self) -> None:  # noqa: N802
        fake: FakeEmbeddings = self.state  # type: ignore[assignment]
        request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        fake.headers.append({key.lower(): value for key, value in self.headers.items()})
        if self.path != "/v1/embeddings":
            self._send(404, b"{}")
            return
        fake.requests.append(request)
        if fake.script:
            self._perform(fake.script.popleft(), request)
            return
        rows = [
            {"object": "embedding", "index": number, "embedding": fake.vector(text)}
            for number, text in enumerate(request["input"])
        ]
        reply = {"object": "list", "model": request["model"], "data": rows[::-1]}
        self._send(200, json.dumps(reply).encode())

"""An embedder over an API, and pages to embed."""

from datetime import UTC, datetime

from pydantic import SecretStr

from os2kb.knowledge.embedders.endpoint import (
    Endpoint,
)
from tests.fakes.embeddings import FakeEmbeddings

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


PAGES = {
    "drift.md": "# Drift\n\nKommunerne deler udgiften til drift efter indbyggertal.\n",
    "kode.md": "# Kode\n\nEn pull request skal henvise til en sag.\n",
    "møde.md": "# Møde\n\nKoordinatoren indkalder til møde og fører referat.\n",
}


class Naps(list[float]):
    """A sleep that takes no time and remembers."""

    def __call__(self, seconds: float) -> None:
        self.append(seconds)


class Clock:
    """Stands still until it is moved."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def endpoint(server: FakeEmbeddings, **changed: object) -> Endpoint:
    given: dict[str, object] = {
        "api_key": SecretStr("nogle-1234"),
        "sleep": Naps(),
        "jitter": lambda: 0.0,
    }
    return Endpoint(server.url, "fake", **(given | changed))  # type: ignore[arg-type]

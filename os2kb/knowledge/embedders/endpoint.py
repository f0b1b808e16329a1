"""Vectors from an OpenAI-compatible embeddings endpoint.

https://platform.openai.com/docs/api-reference/embeddings. Text is masked before it leaves. A build
waits and tries again; a question has a second, and then the search goes on without it.
"""

import json
import random
import time
from collections.abc import Callable, Sequence
from functools import lru_cache
from http import HTTPStatus
from urllib.parse import urlsplit

import httpx
import numpy as np
from pydantic import BaseModel, FiniteFloat, SecretStr, ValidationError

from index.embedders import EVERYONE, EmbedderUnavailable
from index.embedders.vectors import Vectors
from index.masking import mask
from index.passages import Visibility
from os2kb.knowledge.embedders.breaker import Breaker
from os2kb.llm.retry_after import retry_after

SCHEME = "openai:"
AT_ONCE = 64  # texts a request
QUESTION_SECONDS = 1.0
BATCH_SECONDS = 60.0  # from the first byte sent to the last one read, of one attempt
ATTEMPTS = 5
LONGEST_WAIT = 60.0  # between two attempts
FAILURES, PAUSE = 3, 30.0  # of the breaker
LARGEST_REPLY = 64_000_000  # bytes
_LONGEST_TEXT = 8_000  # characters: models refuse what is longer than they read
_REMEMBERED = 1000  # questions
_RETRIED = {408, 429, 500, 502, 503, 504}
_PUBLIC: frozenset[Visibility] = frozenset({"public"})


class _Row(BaseModel):
    index: int
    embedding: list[FiniteFloat]


class _Reply(BaseModel):
    data: list[_Row]


class _Passing(Exception):
    """A fault that may pass. `wait` is how many seconds the server asks for."""

    def __init__(self, what: str, wait: float = 0.0) -> None:
        super().__init__(what)
        self.wait = wait


class Endpoint:
    """An embedder behind an API. Thread-safe.

    Args:
        base_url: the API's root; ends in `/v1` at most services.
        model: the model's name there.
        api_key: sent as a bearer token where given.
        internal: whether internal passages may be sent to it.
        sleep, clock, jitter: time and randomness, for tests.
    """

    def __init__(
        self,
        base_url: str,
        model: str,
        api_key: SecretStr | None = None,
        *,
        internal: bool = False,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
        jitter: Callable[[], float] = random.random,
    ) -> None:
        address = urlsplit(base_url)
        self.id = f"{SCHEME}{model}@{address.netloc.rpartition('@')[2]}{address.path.rstrip('/')}"
        self.takes = EVERYONE if internal else _PUBLIC
        self._model = model
        self._url = f"{base_url.rstrip('/')}/embeddings"
        self._sleep, self._clock, self._jitter = sleep, clock, jitter
        key = api_key.get_secret_value() if api_key else ""
        self._http = httpx.Client(headers={"Authorization": f"Bearer {key}"} if key else {})
        self._breaker = Breaker(FAILURES, PAUSE, clock)
        self._remembered = lru_cache(maxsize=_REMEMBERED)(self._question)

    def ready(self) -> None:
        """There is nothing to read."""

    def passages(self, texts: Sequence[str]) -> Vectors:
        """One row per text.

        Raises:
            EmbedderUnavailable: it refused, or did not answer in several attempts.
        """
        rows = [
            self._insisting(texts[start : start + AT_ONCE])
            for start in range(0, len(texts), AT_ONCE)
        ]
        if len({some.shape[1] for some in rows}) > 1:
            raise self._nonsense("vectors of different lengths")
        return np.concatenate(rows)

    def question(self, text: str) -> Vectors:
        """The vector of a question.

        Raises:
            EmbedderUnavailable: it refused, did not answer in a second, or failed just before.
        """
        return self._remembered(text)

    def _question(self, text: str) -> Vectors:
        if not self._breaker.allows():
            raise EmbedderUnavailable(
                f"{self.id} failed {FAILURES} times in a row and is left alone for {PAUSE:g} s; "
                "check OS2KB_EMBEDDING_BASE_URL"
            )
        try:
            vector: Vectors = self._vectors([text], QUESTION_SECONDS)[0]
        except (_Passing, EmbedderUnavailable) as error:
            self._breaker.failed()
            raise EmbedderUnavailable(str(error)) from error
        self._breaker.succeeded()
        return vector

    def _insisting(self, texts: Sequence[str]) -> Vectors:
        for attempt in range(1, ATTEMPTS + 1):
            try:
                return self._vectors(texts, BATCH_SECONDS)
            except _Passing as error:
                if attempt == ATTEMPTS or error.wait > LONGEST_WAIT:
                    asked = f", and asks to wait {error.wait:.0f} s" if error.wait else ""
                    raise EmbedderUnavailable(
                        f"{error} ({attempt} time(s){asked}); build again later: what it did "
                        "embed is kept"
                    ) from error
                backoff = min(0.5 * 2 ** (attempt - 1) * (1 + self._jitter() / 4), LONGEST_WAIT)
                self._sleep(max(backoff, error.wait))
        raise AssertionError("the last attempt raises")

    def _vectors(self, texts: Sequence[str], seconds: float) -> Vectors:
        """One request.

        Raises:
            _Passing: a fault that may pass.
            EmbedderUnavailable: one that will not.
        """
        given = [mask(text)[:_LONGEST_TEXT] for text in texts]
        # json's own escapes keep the request plain ASCII, lone surrogates and all.
        body = json.dumps({"model": self._model, "input": given, "encoding_format": "float"})
        headers = {"Content-Type": "application/json"}
        until = self._clock() + seconds
        try:
            with self._http.stream(
                "POST", self._url, content=body.encode("ascii"), headers=headers, timeout=seconds
            ) as response:
                if response.status_code != HTTPStatus.OK:
                    raise self._refusal(response)
                content = self._read(response, until, seconds)
        except httpx.TimeoutException as error:
            raise self._late(seconds) from error
        except httpx.HTTPError as error:
            raise _Passing(
                f"{self.id} cannot be reached ({type(error).__name__}); "
                "check OS2KB_EMBEDDING_BASE_URL and the network"
            ) from error
        return self._parsed(content, len(texts))

    def _read(self, response: httpx.Response, until: float, seconds: float) -> bytes:
        """The body; a read timeout starts afresh with each byte, so a slow drip is stopped here."""
        chunks, size = [], 0
        for chunk in response.iter_bytes():
            size += len(chunk)
            if self._clock() > until:
                raise self._late(seconds)
            if size > LARGEST_REPLY:
                raise self._nonsense("far too much")
            chunks.append(chunk)
        return b"".join(chunks)

    def _parsed(self, content: bytes, count: int) -> Vectors:
        try:
            rows = sorted(_Reply.model_validate_json(content).data, key=lambda row: row.index)
        except ValidationError:
            # `from None`: a ValidationError prints the reply.
            raise self._nonsense("no list of vectors") from None
        if [row.index for row in rows] != list(range(count)):
            raise self._nonsense(f"{len(rows)} vectors for {count} texts")
        lengths = {len(row.embedding) for row in rows}
        if len(lengths) != 1 or lengths == {0}:
            raise self._nonsense("vectors of different lengths, or of none")
        vectors = np.array([row.embedding for row in rows], np.float64)
        norms = np.linalg.norm(vectors, axis=1, keepdims=True)
        return (vectors / np.where(norms > 0, norms, 1)).astype(np.float32)

    def _refusal(self, response: httpx.Response) -> Exception:
        status = response.status_code
        if status in _RETRIED:
            quota = (
                " and the quota of OS2KB_EMBEDDING_API_KEY"
                if status == HTTPStatus.TOO_MANY_REQUESTS
                else ""
            )
            what = f"{self.id} answered {status}; check OS2KB_EMBEDDING_BASE_URL{quota}"
            return _Passing(what, retry_after(response.headers.get("Retry-After", "")))
        cures = {
            400: "a text may be longer than the model reads; check the model of OS2KB_EMBEDDER",
            401: "check OS2KB_EMBEDDING_API_KEY",
            403: "check that OS2KB_EMBEDDING_API_KEY may use the model of OS2KB_EMBEDDER",
            404: "check OS2KB_EMBEDDING_BASE_URL (most end in /v1) and the model of OS2KB_EMBEDDER",
            413: "the texts are more than it takes at once; choose another service or model",
        }
        cure = cures.get(status, "check OS2KB_EMBEDDING_BASE_URL and OS2KB_EMBEDDER")
        return EmbedderUnavailable(f"{self.id} refused ({status}); {cure}")

    def _late(self, seconds: float) -> _Passing:
        return _Passing(
            f"{self.id} did not answer in {seconds:g} s; check OS2KB_EMBEDDING_BASE_URL, or choose "
            "a faster model in OS2KB_EMBEDDER"
        )

    def _nonsense(self, what: str) -> EmbedderUnavailable:
        return EmbedderUnavailable(
            f"{self.id} replied with {what}; check that OS2KB_EMBEDDING_BASE_URL is an "
            "OpenAI-compatible API that serves embeddings"
        )

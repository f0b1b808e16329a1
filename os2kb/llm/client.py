"""A client of any OpenAI-compatible chat completions endpoint, over httpx.

The request and the reply follow https://platform.openai.com/docs/api-reference/chat, of which
vLLM, Ollama, llama.cpp, LiteLLM and Azure serve the same part. Prompts, replies and keys are
never logged and never stand in an error.
"""

import json
import random
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Literal

import httpx
from pydantic import SecretStr

from os2kb.llm.errors import LlmBadReply, LlmRefused, LlmUnavailable, refusal
from os2kb.llm.replies import Completion, completion_in, lines_of, pieces_in
from os2kb.llm.retry_after import retry_after
from os2kb.logs import get_logger

log = get_logger()

LARGEST_REPLY = 1_000_000  # bytes; a completion of a few thousand tokens is far below
LONGEST_PAUSE = 8.0  # seconds between two attempts, unless the server asks for more
_JSON = {"Content-Type": "application/json"}
_RETRIED = frozenset({408, 429, 500, 502, 503, 504})


@dataclass(frozen=True, slots=True)
class Message:
    """One message of a chat."""

    role: Literal["system", "user", "assistant"]
    content: str


class LlmClient:
    """Chat completions with one bound on the whole call, retries and all. Thread-safe.

    Args:
        base_url: the API's root, which ends in `/v1`.
        model: the model's name at that API.
        api_key: sent as a bearer token where given.
        timeout: seconds from the first attempt to the last byte, looked at with every byte that
            comes; a server that falls silent halfway can stretch it to at most twice that.
        attempts: how often a 408, 429, 5xx or refused connection is tried in all. A connection
            cut after the request was sent is not tried again: the tokens are spent.
        temperature: None leaves it out, for models that refuse the parameter.
        sleep, clock, jitter: time and randomness, for tests.
    """

    def __init__(
        self,
        base_url: str,
        model: str,
        api_key: SecretStr | None = None,
        *,
        timeout: float = 30.0,
        attempts: int = 3,
        temperature: float | None = 0.0,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
        jitter: Callable[[], float] = random.random,
    ) -> None:
        self.model = model
        self._url = f"{base_url.rstrip('/')}/chat/completions"
        self._timeout = timeout
        self._attempts = attempts
        self._temperature = temperature
        self._sleep, self._clock, self._jitter = sleep, clock, jitter
        key = api_key.get_secret_value() if api_key else ""
        self._http = httpx.Client(headers={"Authorization": f"Bearer {key}"} if key else {})

    def close(self) -> None:
        """Give the connections back."""
        self._http.close()

    def complete(
        self, messages: Sequence[Message], *, max_tokens: int, as_json: bool = False
    ) -> Completion:
        """One completion.

        Args:
            messages: the chat so far.
            max_tokens: of the reply.
            as_json: ask the server for a JSON object (its `response_format`).

        Raises:
            LlmRefused, LlmUnavailable, LlmBadReply: see each.
        """
        with self._opened(self._body(messages, max_tokens, as_json=as_json)) as (response, until):
            content = b"".join(self._bounded(response.iter_bytes(), until))
        return completion_in(content)

    def stream(self, messages: Sequence[Message], *, max_tokens: int) -> Iterator[str]:
        """The completion's text, piece by piece as the model writes it (server-sent events).

        Retries stop at the first piece. Raises as `complete`, also halfway.
        """
        body = self._body(messages, max_tokens) | {"stream": True}
        with self._opened(body) as (response, until):
            for line in lines_of(self._bounded(response.iter_bytes(), until)):
                if not line.startswith("data:"):
                    continue
                data = line.removeprefix("data:").strip()
                if data == "[DONE]":
                    return
                yield from pieces_in(data)
        raise LlmBadReply(
            "The language model's stream broke off before its end; "
            "check the server behind OS2KB_LLM_BASE_URL"
        )

    def check(self) -> str:
        """Prove the settings with one real, tiny completion; returns a line for `doctor`.

        Raises:
            LlmError: with the variable to check.
        """
        started = self._clock()
        self.complete([Message("user", "Svar med ordet: ja")], max_tokens=16)
        return f"{self.model} answered in {self._clock() - started:.1f} s"

    def _body(
        self, messages: Sequence[Message], max_tokens: int, *, as_json: bool = False
    ) -> dict[str, Any]:
        body: dict[str, Any] = {
            "model": self.model,
            "messages": [{"role": each.role, "content": each.content} for each in messages],
            "max_tokens": max_tokens,
        }
        if self._temperature is not None:
            body["temperature"] = self._temperature
        if as_json:
            body["response_format"] = {"type": "json_object"}
        return body

    @contextmanager
    def _opened(self, body: dict[str, Any]) -> Iterator[tuple[httpx.Response, float]]:
        """A 200 response, not yet read, and the moment by which it must be read."""
        until = self._clock() + self._timeout
        # Lone surrogates cannot be sent as UTF-8; json's own escapes keep the request plain ASCII.
        content = json.dumps(body).encode("ascii")
        for attempt in range(1, self._attempts + 1):
            last = attempt == self._attempts
            left = max(until - self._clock(), 0.001)
            try:
                with self._http.stream(
                    "POST", self._url, content=content, headers=_JSON, timeout=left
                ) as response:
                    if response.status_code == httpx.codes.OK:
                        yield response, until
                        return
                    self._refuse_or_wait(response, attempt, until, last=last)
            except (httpx.ConnectError, httpx.ConnectTimeout) as error:
                log.warning("llm_unreachable", attempt=attempt, error=type(error).__name__)
                pause = self._backoff(attempt)
                if last or self._clock() + pause > until:
                    raise LlmUnavailable(
                        "The language model cannot be reached; "
                        "check OS2KB_LLM_BASE_URL and the network"
                    ) from error
                self._sleep(pause)
            except httpx.TimeoutException as error:
                raise self._late() from error
            except httpx.HTTPError as error:
                raise LlmUnavailable(
                    "The connection to the language model broke; "
                    "check the server behind OS2KB_LLM_BASE_URL"
                ) from error

    def _refuse_or_wait(
        self, response: httpx.Response, attempt: int, until: float, *, last: bool
    ) -> None:
        status = response.status_code
        log.warning("llm_status", status=status, attempt=attempt, model=self.model)
        if status not in _RETRIED:
            raise LlmRefused(refusal(status))
        pause = max(self._backoff(attempt), retry_after(response.headers.get("Retry-After", "")))
        if last or self._clock() + pause > until:
            raise LlmUnavailable(
                f"The language model answered {status} {attempt} time(s); try again later"
                + (", or check its quota for OS2KB_LLM_API_KEY" if status == 429 else "")
            )
        self._sleep(pause)

    def _backoff(self, attempt: int) -> float:
        """Half a second, doubling, with up to a quarter of it at random on top."""
        return float(min(0.5 * 2 ** (attempt - 1), LONGEST_PAUSE) * (1 + self._jitter() / 4))

    def _bounded(self, chunks: Iterator[bytes], until: float) -> Iterator[bytes]:
        # A read timeout starts afresh with each byte; a slow drip is stopped here.
        size = 0
        for chunk in chunks:
            size += len(chunk)
            if self._clock() > until:
                raise self._late()
            if size > LARGEST_REPLY:
                raise LlmBadReply("The language model wrote far too much; check OS2KB_LLM_MODEL")
            yield chunk

    def _late(self) -> LlmUnavailable:
        return LlmUnavailable(
            f"The language model gave no whole reply in {self._timeout:g} s; "
            "check OS2KB_LLM_BASE_URL, or choose a faster OS2KB_LLM_MODEL"
        )

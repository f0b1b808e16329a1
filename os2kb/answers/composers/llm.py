"""The composer that lets a language model phrase the answer, and believes only its quotes."""

import json
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from threading import BoundedSemaphore, Lock
from typing import Protocol

from pydantic import BaseModel, Field, ValidationError

import prompts
from index.masking import mask
from index.passages import Language, Passage
from os2kb.answers.answer import Composer
from os2kb.answers.composers.extractive import ExtractiveComposer
from os2kb.answers.draft import Claim, Draft, Found
from os2kb.answers.quotes import Quote, find
from os2kb.answers.verify import claim_from
from os2kb.llm.client import Message
from os2kb.llm.errors import LlmError
from os2kb.llm.replies import Completion
from os2kb.logs import get_logger

log = get_logger()

PASSAGES = 6
LONGEST_PASSAGE = 2_500  # characters of one passage that the model sees
MOST_CLAIMS = 5
REPLY_TOKENS = 900
AT_ONCE = 4  # completions that are waited for; who asks meanwhile is answered by quotes
_LANGUAGE = {"da": "Danish", "en": "English"}
_BLANK_LINES = re.compile(r"\n{3,}")
_CODE_FENCE = re.compile(r"\A\s*```(?:json)?\s*\n(.*)\n\s*```\s*\Z", re.DOTALL)


class Chat(Protocol):
    """What the composer needs of `os2kb.llm.client.LlmClient`."""

    def complete(
        self, messages: Sequence[Message], *, max_tokens: int, as_json: bool = False
    ) -> Completion:
        """One completion; raises LlmError."""


class TokenBudget:
    """How many tokens may be spent in a day, counted from the first of them. Thread-safe."""

    def __init__(self, per_day: int, now: Callable[[], datetime]) -> None:
        self._per_day, self._now = per_day, now
        self._lock = Lock()
        self._spent, self._since = 0, now()

    def is_spent(self) -> bool:
        """Whether nothing may be asked until a day has passed."""
        with self._lock:
            if self._now() - self._since >= timedelta(days=1):
                self._spent, self._since = 0, self._now()
            return self._spent >= self._per_day

    def spend(self, tokens: int) -> None:
        """Count what a completion cost."""
        with self._lock:
            self._spent += tokens


class _Quoted(BaseModel):
    passage: int
    quote: str = Field(max_length=2_000)


class _Claimed(BaseModel):
    text: str = Field(min_length=1, max_length=2_000)
    quotes: list[_Quoted] = Field(max_length=10)


class _Composed(BaseModel):
    claims: list[_Claimed] = Field(max_length=20)


class LlmComposer:
    """Asks a language model; on any failure gives the extractive draft, marked as a fallback.

    Args:
        chat: an `LlmClient`.
        budget: None spends without bound.
        at_once: completions that may be waited for; beyond them the model counts as failed, so
            that a slow one holds up nobody who asks something else.
    """

    name: Composer = "llm"

    def __init__(
        self, chat: Chat, budget: TokenBudget | None = None, at_once: int = AT_ONCE
    ) -> None:
        self._chat, self._budget = chat, budget
        self._free = BoundedSemaphore(at_once)
        self._extractive = ExtractiveComposer()

    def compose(self, question: str, found: Found, language: Language) -> Draft:
        """Answer from the hits. Every quote of the draft stands in its passage."""
        passages = [hit.passage for hit in found.hits[:PASSAGES]]
        try:
            with self._a_turn():
                composed = self._ask(question, passages, language)
        except LlmError as error:
            log.warning("llm_fallback", error=str(error))
            draft = self._extractive.compose(question, found, language)
            return Draft(draft.claims, draft.composer, fallback=True)
        claims = (_claim(each, passages) for each in composed.claims[:MOST_CLAIMS])
        return Draft(tuple(each for each in claims if each is not None), self.name)

    @contextmanager
    def _a_turn(self) -> Iterator[None]:
        if not self._free.acquire(blocking=False):
            raise LlmError("The language model is busy with as many questions as it may have")
        try:
            yield
        finally:
            self._free.release()

    def _ask(
        self,
        question: str,
        passages: Sequence[Passage],
        language: Language,
    ) -> _Composed:
        if self._budget and self._budget.is_spent():
            raise LlmError("The day's tokens are spent; the rest of the day is answered by quotes")
        prompt = prompts.load("answer").render(
            language=_LANGUAGE[language],
            question=mask(question),
            passages=[mask(_shown(passage)) for passage in passages],
        )
        messages = [Message("system", prompt.system), Message("user", prompt.user)]
        completion = self._chat.complete(messages, max_tokens=REPLY_TOKENS, as_json=True)
        if self._budget:
            # Without a count, four characters a token is near enough.
            size = len(prompt.system) + len(prompt.user) + len(completion.text)
            self._budget.spend(completion.tokens or size // 4)
        return _read(completion.text)


def _shown(passage: Passage) -> str:
    """A passage as the model sees it: where it stands and its status, then its text."""
    place = " › ".join((passage.title, *passage.heading))
    about = ", ".join(filter(None, (place, passage.status, passage.date)))
    text = _BLANK_LINES.sub("\n\n", passage.text)
    return f"({about})\n{text[:LONGEST_PASSAGE]}"


def _read(reply: str) -> _Composed:
    fenced = _CODE_FENCE.match(reply)
    try:
        return _Composed.model_validate(json.loads(fenced[1] if fenced else reply))
    except (ValueError, RecursionError, ValidationError):
        raise LlmError(
            "The language model's reply is not the JSON it was asked for; "
            "choose another OS2KB_LLM_MODEL"
        ) from None


def _claim(claimed: _Claimed, passages: Sequence[Passage]) -> Claim | None:
    quotes: list[Quote | None] = [
        find(passages[each.passage - 1], each.quote)
        for each in claimed.quotes
        if 1 <= each.passage <= len(passages)
    ]
    return claim_from(claimed.text, quotes)

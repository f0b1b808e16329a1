"""The answer cache: the same question, asked again of the same knowledge, is not worked out again.

In memory for an hour. What a language model was paid for is also kept in the store, so that neither
a restart nor another replica pays again. Equal questions that come at once wait for one answer.
"""

import json
import time
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from hashlib import sha256
from threading import Lock

from cachetools import TLRUCache
from prometheus_client import Counter
from pydantic import TypeAdapter, ValidationError
from sqlalchemy.exc import SQLAlchemyError

from index.passages import Language, Visibility
from index.versions import Versions
from os2kb.answers.answer import Answer, Answers, Composer
from os2kb.answers.journal.entry import PUBLIC
from os2kb.answers.journal.journal import Journal
from os2kb.answers.journal.masked import names_somebody
from os2kb.answers.question import clean
from os2kb.logs import get_logger
from os2kb.store.asked import cached_answers
from os2kb.version import VERSION

MOST_IN_MEMORY = 2_000  # answers, some 5 KB each
SECONDS = 3600.0
# An answer without the language model that was meant to give it: long enough for a rush.
FALLBACK_SECONDS = 30.0

CACHE = Counter(
    "os2kb_answer_cache_total",
    "Questions by where their answer came from: memory, store, another one's asking, or computed.",
    ["source"],
)

log = get_logger()
_ANSWER = TypeAdapter(Answer)


@dataclass(frozen=True, slots=True)
class Method:
    """How answers are composed.

    Attributes:
        composer: by name.
        details: all else that a language model's answers depend on: model and prompt.
    """

    composer: Composer
    details: str = ""


@dataclass(slots=True)
class CachedAnswers:
    """Answers as another does, each question once. Synchronous and thread-safe.

    Args:
        answers: works out what is not known yet.
        versions: where the index in force comes from; a new one makes all answers new.
        journal: keeps what a language model was paid for.
        method: how `answers` composes.
        clock: monotonic seconds.
    """

    answers: Answers
    versions: Versions
    journal: Journal
    method: Method
    clock: Callable[[], float] = time.monotonic
    _memory: TLRUCache[str, Answer] = field(init=False)
    _asked_now: dict[str, Future[Answer]] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def __post_init__(self) -> None:
        self._memory = TLRUCache(MOST_IN_MEMORY, ttu=self._good_until, timer=self.clock)

    def ask(
        self,
        question: str,
        *,
        product: str | None = None,
        lang: Language | None = None,
        visibility: frozenset[Visibility] = PUBLIC,
    ) -> Answer:
        """Answer, or abstain. What raises is not remembered."""
        index = self.versions.current()
        cleaned = clean(question)
        same = cleaned.casefold().rstrip(" ?.!")
        key = _digest(same, product, lang, sorted(visibility), index and index.version, self.method)

        def work_out() -> Answer:
            if known := self._stored(key, cleaned):
                CACHE.labels("store").inc()
                return known
            CACHE.labels("computed").inc()
            answer = self.answers.ask(question, product=product, lang=lang, visibility=visibility)
            # Of an index swapped in meanwhile, the answer belongs under another key.
            if self.versions.current() is index and answer.reason in (None, "no-evidence"):
                self._remember(key, answer)
            return answer

        answer = self._once(key, work_out)
        return replace(answer, question=cleaned) if answer.question else answer

    def _once(self, key: str, work_out: Callable[[], Answer]) -> Answer:
        """The answer in memory, that of whoever works it out now, or our own."""
        with self._lock:
            known = self._memory.get(key)
            if known is not None:
                CACHE.labels("memory").inc()
                return known
            theirs = self._asked_now.get(key)
            ours: Future[Answer] = Future()
            if theirs is None:
                self._asked_now[key] = ours
        if theirs is not None:
            CACHE.labels("another").inc()
            return theirs.result()
        try:
            ours.set_result(work_out())
        except BaseException as error:
            ours.set_exception(error)
            raise
        finally:
            with self._lock:
                del self._asked_now[key]
        return ours.result()

    def _remember(self, key: str, answer: Answer) -> None:
        with self._lock:
            self._memory[key] = answer
        # Extractive answers are worked out sooner than read. What a person might be known by
        # stays in memory.
        if answer.composer == "llm" and not names_somebody(answer.question):
            body = _ANSWER.dump_python(answer, mode="json", exclude={"question"})
            self.journal.keep_copy(key, answer.answer_id, body)

    def _stored(self, key: str, question: str) -> Answer | None:
        if self.method.composer != "llm":
            return None
        try:
            body = cached_answers.read(self.journal.database, key)
            answer = _ANSWER.validate_python({**body, "question": question}) if body else None
        except (SQLAlchemyError, ValidationError) as error:
            log.warning("cached_answer_unreadable", error=type(error).__name__)
            return None
        if answer is not None:
            with self._lock:
                self._memory[key] = answer
        return answer

    def _good_until(self, _key: str, answer: Answer, now: float) -> float:
        fell_back = answer.composer != self.method.composer
        return now + (FALLBACK_SECONDS if fell_back else SECONDS)


def _digest(*depends_on: object) -> str:
    """A key that gives nothing of the question away but whether it is the same."""
    said = json.dumps([VERSION, *map(str, depends_on)], ensure_ascii=True)
    return sha256(said.encode("ascii")).hexdigest()

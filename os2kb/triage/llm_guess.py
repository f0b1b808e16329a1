"""A language model's word on the type of an issue, believed only where it can show it.

It is asked last, and only of public issues that hold neither personal data nor anything that may be
a vulnerability; what it is shown is masked besides. What it said of a text is kept, so that nothing
is paid for twice and the same text always gets the same label.
"""

import json
import re
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from threading import Lock
from typing import Literal

from pydantic import BaseModel, Field, ValidationError

import prompts
from index.masking import mask
from os2kb.answers.composers.llm import Chat, TokenBudget
from os2kb.governance.facts import Facts
from os2kb.governance.rules.text.personal_data import holds_personal_data
from os2kb.governance.rules.text.security_report import clearly_harmless
from os2kb.llm.client import Message
from os2kb.llm.errors import LlmError
from os2kb.logs import get_logger

log = get_logger()

_LONGEST_BODY = 4_000  # characters that the model sees
_REPLY_TOKENS = 200
_QUOTED_WORDS = 3
_CODE_FENCE = re.compile(r"\A\s*```(?:json)?\s*\n(.*)\n\s*```\s*\Z", re.DOTALL)


class _Said(BaseModel):
    type: Literal["bug", "feature", "documentation", "question", "unknown"]
    quote: str = Field("", max_length=2_000)


class LlmGuesser:
    """Asks a language model which type an issue is. Safe to ask from several threads.

    Args:
        chat: an `LlmClient`.
        model: its name; another one is asked anew.
        kept: what was said before, a JSON line each: hashes and types, no text.
        budget: what it may spend in a day.
    """

    def __init__(self, chat: Chat, model: str, kept: Path, budget: TokenBudget) -> None:
        self._chat, self._model, self._kept, self._budget = chat, model, kept, budget
        self._lock = Lock()
        self._known = dict(_lines(kept))

    def concept(self, facts: Facts, now: datetime) -> str:
        """`bug`, `feature`, `documentation` or `question`; empty where it is not clear."""
        if facts.repository.private or holds_personal_data(facts, now):
            return ""
        if not clearly_harmless(facts):
            return ""
        title, body = mask(facts.title), mask(facts.body)[:_LONGEST_BODY]
        prompt = prompts.load("triage")
        key = _key(self._model, str(prompt.version), title, body)
        with self._lock:
            if key in self._known:
                return self._known[key]
        try:
            said = self._ask(prompt.render(title=title, body=body))
        except LlmError as error:
            log.warning("llm_triage", error=str(error))
            return ""  # not kept: it may answer the next time
        concept = said.type if _shown(said.quote, title, body) else "unknown"
        self._keep(key, "" if concept == "unknown" else concept)
        return self._known[key]

    def _ask(self, prompt: prompts.Rendered) -> _Said:
        if self._budget.is_spent():
            raise LlmError("The day's tokens are spent")
        messages = [Message("system", prompt.system), Message("user", prompt.user)]
        completion = self._chat.complete(messages, max_tokens=_REPLY_TOKENS, as_json=True)
        size = len(prompt.system) + len(prompt.user) + len(completion.text)
        self._budget.spend(completion.tokens or size // 4)
        fenced = _CODE_FENCE.match(completion.text)
        try:
            return _Said.model_validate(json.loads(fenced[1] if fenced else completion.text))
        except (ValueError, RecursionError, ValidationError):
            raise LlmError("The language model's reply is not the JSON it was asked for") from None

    def _keep(self, key: str, concept: str) -> None:
        with self._lock:
            self._known[key] = concept
            self._kept.parent.mkdir(parents=True, exist_ok=True)
            with self._kept.open("a", encoding="utf-8") as lines:
                lines.write(json.dumps({"key": key, "concept": concept}) + "\n")


def _shown(quote: str, title: str, body: str) -> bool:
    """Whether the quote stands in the issue; only its spaces may differ."""
    wanted = quote.split()
    enough = len(wanted) >= min(_QUOTED_WORDS, len(f"{title} {body}".split()))
    return bool(wanted) and enough and " ".join(wanted) in " ".join(f"{title}\n{body}".split())


def _key(*parts: str) -> str:
    text = "\0".join(parts).encode("utf-8", "surrogatepass")
    return sha256(text).hexdigest()


def _lines(kept: Path) -> list[tuple[str, str]]:
    """What was kept; a line cut short is left out."""
    try:
        written = kept.read_text("utf-8").splitlines()
    except OSError:
        return []
    found = []
    for line in written:
        try:
            one = json.loads(line)
            found.append((str(one["key"]), str(one["concept"])))
        except (ValueError, KeyError, TypeError):
            continue
    return found

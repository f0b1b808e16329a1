"""Other ways to ask for a passage, written by a language model when the index is built.

Off unless OS2KB_EXPAND says so. What is written is only searched by, never quoted, so the worst a
model can do is to lead somebody to the wrong passage. Only public passages are shown to it, masked
as in any prompt. What it writes is kept by what the passage says, the prompt's version and the
model: a build asks only for what is new, and one that is interrupted goes on where it stopped.
It fails open: what could not be written is left out, and the index is built without.
"""

import json
from collections.abc import Iterator, Sequence
from hashlib import sha256
from itertools import groupby
from pathlib import Path

from pydantic import BaseModel, Field, ValidationError

import prompts
from index.build import Enrich
from index.masking import mask
from index.passages import Parsed, Passage
from os2kb.answers.composers.llm import Chat, TokenBudget
from os2kb.llm.client import Message
from os2kb.llm.errors import LlmError, LlmRefused
from os2kb.logs import get_logger

log = get_logger()

AT_ONCE = 5  # passages in one prompt
LONGEST_PASSAGE = 1_500  # characters
REPLY_TOKENS = 1_200
MOST_FAILURES = 3  # in a row; then the model is left alone until the next build
CHARACTERS_PER_TOKEN = 4
_LANGUAGE = {"da": "Danish", "en": "English"}


class _Written(BaseModel):
    passage: int
    questions: list[str] = Field(default=[], max_length=10)
    words: list[str] = Field(default=[], max_length=20)


class _Reply(BaseModel):
    passages: list[_Written] = Field(max_length=50)


class Expansions:
    """What was written, a JSON line each: `{"key": …, "text": …}`. Lines cut short are ignored."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._known: dict[str, str] = dict(_lines(file))

    def __contains__(self, key: str) -> bool:
        return key in self._known

    def get(self, key: str) -> str:
        """The text; empty where nothing was written."""
        return self._known.get(key, "")

    def add(self, key: str, text: str) -> None:
        """Keep a text, also when the build ends here."""
        self._known[key] = text
        self._file.parent.mkdir(parents=True, exist_ok=True)
        with self._file.open("a", encoding="utf-8") as lines:
            lines.write(json.dumps({"key": key, "text": text}, ensure_ascii=True) + "\n")


def expander(chat: Chat, model: str, kept: Expansions, budget: TokenBudget) -> Enrich:
    """Gives each public passage its expansion, asking the model for those that have none.

    Args:
        chat: an `LlmClient`.
        model: its name; another one writes anew.
        kept: what was written before.
        budget: shared with nothing else; when it is spent, the rest waits for the next build.
    """

    def enrich(corpus: Sequence[Parsed]) -> Sequence[str]:
        keys = [_key(parsed.passage, model) for parsed in corpus]
        missing = [
            (key, parsed.passage)
            for key, parsed in zip(keys, corpus, strict=True)
            if parsed.passage.visibility == "public" and key not in kept
        ]
        if missing:
            log.info("expand", passages=len(missing), tokens_about=tokens_about(missing))
        _write(chat, kept, budget, missing)
        return [
            kept.get(key) if parsed.passage.visibility == "public" else ""
            for key, parsed in zip(keys, corpus, strict=True)
        ]

    return enrich


def tokens_about(missing: Sequence[tuple[str, Passage]]) -> int:
    """About what it costs to write these, prompts and replies together."""
    template = prompts.load("expand")
    overhead = len(template.system) + len(template.user)
    shown = sum(len(_shown(passage)) for _, passage in missing)
    asked = -(-len(missing) // AT_ONCE)
    return (shown + asked * overhead) // CHARACTERS_PER_TOKEN + 100 * len(missing)


def _write(
    chat: Chat,
    kept: Expansions,
    budget: TokenBudget,
    missing: Sequence[tuple[str, Passage]],
) -> None:
    failures = done = 0
    in_language = sorted(missing, key=lambda each: each[1].lang)
    for language, group in groupby(in_language, lambda each: each[1].lang):
        waiting = list(group)
        for start in range(0, len(waiting), AT_ONCE):
            batch = waiting[start : start + AT_ONCE]
            if budget.is_spent() or failures == MOST_FAILURES:
                log.warning("expand_stopped", written=done, left=len(missing) - done)
                return
            try:
                texts = _ask(chat, budget, _LANGUAGE[language], [passage for _, passage in batch])
            except LlmRefused as error:
                log.warning("expand_stopped", error=str(error), left=len(missing) - done)
                return
            except LlmError as error:
                failures += 1
                log.warning("expand_failed", error=str(error))
                continue
            failures = 0
            for (key, _), text in zip(batch, texts, strict=True):
                kept.add(key, text)
            done += len(batch)


def _ask(chat: Chat, budget: TokenBudget, language: str, passages: Sequence[Passage]) -> list[str]:
    """A text for each passage; empty where the model wrote nothing for it."""
    prompt = prompts.load("expand").render(
        language=language, passages=[mask(_shown(passage)) for passage in passages]
    )
    messages = [Message("system", prompt.system), Message("user", prompt.user)]
    completion = chat.complete(messages, max_tokens=REPLY_TOKENS, as_json=True)
    size = len(prompt.system) + len(prompt.user) + len(completion.text)
    budget.spend(completion.tokens or size // CHARACTERS_PER_TOKEN)
    try:
        reply = _Reply.model_validate_json(completion.text)
    except (ValidationError, RecursionError):
        raise LlmError(
            "The language model's expansion is not the JSON it was asked for; "
            "choose another OS2KB_LLM_MODEL"
        ) from None
    texts = [""] * len(passages)
    for one in reply.passages:
        if 1 <= one.passage <= len(passages):
            said = [*one.questions[:3], *one.words[:5]]
            texts[one.passage - 1] = "\n".join(mask(" ".join(each.split()))[:200] for each in said)
    return texts


def _shown(passage: Passage) -> str:
    place = " › ".join((passage.title, *passage.heading))
    return f"({place})\n{passage.text[:LONGEST_PASSAGE]}"


def _key(passage: Passage, model: str) -> str:
    said = json.dumps([prompts.load("expand").version, model, passage.lang, _shown(passage)])
    return sha256(said.encode("ascii")).hexdigest()


def _lines(file: Path) -> Iterator[tuple[str, str]]:
    if not file.is_file():
        return
    for line in file.read_text("utf-8", "replace").splitlines():
        try:
            one = json.loads(line)
            yield str(one["key"]), str(one["text"])
        except (ValueError, KeyError, TypeError):
            continue

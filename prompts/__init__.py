"""Prompt templates, one Markdown file each, with front matter.

A template declares every input as one of:

- `word`: our own word from a closed set, such as a language; letters and hyphens only.
- `data`: text from outside. It enters as one fenced block.
- `data list`: several such texts, fenced and numbered from 1.

A fence carries a mark computed from all the data of the prompt, so that no text can contain its
own fence: whatever it says, it stays inside. A template can put data nowhere but in a fence, and
only in the part addressed to the model as the user's.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

Value = str | Sequence[str]
InputKind = Literal["word", "data", "data list"]

_PARTS = re.compile(
    r"---\n(?P<head>.*?)\n---\n+# System\n+(?P<system>.*?)\n+# User\n+(?P<user>.*)", re.S
)
_SLOT = re.compile(r"\{\{ (\w+) \}\}")
_WORD = re.compile(r"[A-Za-zÆØÅæøå-]{1,40}\Z")
# Everything that is no text: controls but tab and line feed, bidirectional controls, zero-width
# characters that hide words from a reader, and lone surrogates, which no server takes.
_UNSEEN = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
)


class BadPrompt(ValueError):
    """A template, or what was given to it, is wrong. The message says which and how."""


class _Head(BaseModel):
    model_config = ConfigDict(extra="forbid")

    id: str
    version: int
    inputs: dict[str, InputKind]


@dataclass(frozen=True, slots=True)
class Rendered:
    """A prompt ready to send: our instructions, and the task with its fenced data."""

    system: str
    user: str


@dataclass(frozen=True, slots=True)
class Prompt:
    """A template. `inputs` maps each name to `word`, `data` or `data list`."""

    id: str
    version: int
    inputs: Mapping[str, InputKind]
    system: str
    user: str

    def render(self, **given: Value) -> Rendered:
        """Fill in every input.

        Raises:
            BadPrompt: an input is missing, unknown, or of the wrong kind.
        """
        if given.keys() != self.inputs.keys():
            missing = ", ".join(sorted(self.inputs.keys() - given.keys())) or "none"
            unknown = ", ".join(sorted(given.keys() - self.inputs.keys())) or "none"
            raise BadPrompt(f"prompt {self.id}: missing inputs: {missing}; unknown: {unknown}")
        checked = {name: _checked(self, name, value) for name, value in given.items()}
        fence = _fence([text for texts in checked.values() for text in texts])
        filled = {name: self._enter(name, texts, fence) for name, texts in checked.items()}
        filled["fence"] = fence
        return Rendered(_fill(self.system, filled), _fill(self.user, filled))

    def _enter(self, name: str, texts: Sequence[str], fence: str) -> str:
        match self.inputs[name]:
            case "word":
                return texts[0]
            case "data":
                return _fenced(texts[0], fence, name)
            case _:
                return "\n".join(
                    _fenced(text, fence, f"{name} {number}")
                    for number, text in enumerate(texts, start=1)
                )


@cache
def load(name: str) -> Prompt:
    """The template in `prompts/<name>.md`.

    Raises:
        BadPrompt: there is none, or it is malformed.
    """
    file = files(__name__).joinpath(f"{name}.md")
    if not name.isidentifier() or not file.is_file():
        raise BadPrompt(f"there is no prompt {name!r}")
    return parse(file.read_text("utf-8"))


def parse(text: str) -> Prompt:
    """Read a template: front matter (id, version, inputs), `# System`, `# User`.

    Raises:
        BadPrompt: it is malformed, uses an input it does not declare, or puts data in `# System`.
    """
    parts = _PARTS.fullmatch(text.strip())
    if parts is None:
        raise BadPrompt("a prompt has front matter, then “# System”, then “# User”")
    try:
        head = _Head.model_validate(yaml.safe_load(parts["head"]))
    except (yaml.YAMLError, ValidationError) as error:
        raise BadPrompt(f"a prompt's front matter has id, version and inputs: {error}") from error
    inputs = head.inputs
    in_system = set(_SLOT.findall(parts["system"])) - {"fence"}
    in_user = set(_SLOT.findall(parts["user"])) - {"fence"}
    if in_system | in_user != inputs.keys():
        raise BadPrompt(f"prompt {head.id}: declare exactly the inputs it uses")
    if any(inputs[name] != "word" for name in in_system):
        raise BadPrompt(f"prompt {head.id}: data may not stand among the instructions")
    return Prompt(head.id, head.version, inputs, parts["system"], parts["user"])


def _checked(prompt: Prompt, name: str, value: Value) -> tuple[str, ...]:
    kind = prompt.inputs[name]
    if isinstance(value, str) is (kind == "data list"):
        raise BadPrompt(f"prompt {prompt.id}: {name} must be a {kind}")
    if isinstance(value, str) and kind == "word" and not _WORD.match(value):
        raise BadPrompt(f"prompt {prompt.id}: {name} must be one of our own words")
    texts = (value,) if isinstance(value, str) else tuple(value)
    return tuple(_UNSEEN.sub("", text) for text in texts)


def _fence(texts: Sequence[str]) -> str:
    """A mark that stands in none of the texts: a hash of them all cannot be guessed into them."""
    whole = "\x00".join(texts)
    mark = sha256(whole.encode()).hexdigest()[:16]
    while mark in whole:
        mark = sha256(mark.encode()).hexdigest()[:16]
    return mark


def _fenced(text: str, fence: str, name: str) -> str:
    return f"<<<{fence} {name}\n{text}\n{fence}>>>"


def _fill(template: str, filled: Mapping[str, str]) -> str:
    # One pass: what a value contains is never read as a slot.
    return _SLOT.sub(lambda slot: filled[slot[1]], template)

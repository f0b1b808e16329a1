"""What a command comes to: actions, and what is said of them."""

from collections.abc import Iterable
from dataclasses import dataclass

from index.passages import Language
from os2kb.governance.actions import Action
from os2kb.governance.harmless.neutralise import Markdown, code_span
from os2kb.phrases import Phrase


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a command comes to.

    Attributes:
        said: how it stands then, not what was done for it: the same where we were cut off
            halfway and look again.
    """

    said: Markdown
    actions: tuple[Action, ...] = ()


def say(phrase: Phrase, language: Language, *values: Markdown) -> Markdown:
    """A sentence with values that are Markdown of our own making."""
    return Markdown(phrase.in_language(language).format(*values))


def listed(names: Iterable[str]) -> Markdown:
    """Names as code, one after the other."""
    return Markdown(", ".join(code_span(name) for name in names))

"""What the doctor finds."""

from dataclasses import dataclass
from typing import Literal

from os2kb.phrases import NOTHING, Phrase, SaidInBoth

Verdict = Literal["ok", "off", "wrong"]


@dataclass(frozen=True, slots=True)
class Check:
    """What the doctor found of a part. `off` is what is not set up, and need not be."""

    part: str | Phrase
    verdict: Verdict
    detail: Phrase
    cure: Phrase = NOTHING

    @property
    def name(self) -> Phrase:
        """The part, as it is called."""
        return as_it_is(self.part) if isinstance(self.part, str) else self.part


def as_it_is(text: str) -> Phrase:
    """What reads alike in both languages, or what others said in theirs."""
    return Phrase(text, text)


def said(error: Exception) -> Phrase:
    """What went wrong, in both languages where it is told so."""
    return error.phrase if isinstance(error, SaidInBoth) else as_it_is(str(error))

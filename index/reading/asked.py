"""Questions that a document says it answers, in its front matter under `questions:`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from index.passages import Language

_MOST = 50  # questions of one document
_LONGEST = 300  # characters
_LONGEST_WORDING = 2_000


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, and its language where the document names it."""

    text: str
    lang: Language | None = None


def wording(front: Mapping[str, object]) -> str:
    """How the question was put that a document answers, at length (`asked:`); empty where unsaid.

    It helps to find the document, and is no test of it as `questions:` are.
    """
    stated = front.get("asked")
    return " ".join(stated.split())[:_LONGEST_WORDING] if isinstance(stated, str) else ""


def asked_in(front: Mapping[str, object]) -> tuple[Asked, ...]:
    """The questions of a document's front matter; what is no question is left out.

    Each is a text, or a map with `question` and perhaps `lang` (`da` or `en`).
    """
    stated = front.get("questions")
    entries = stated if isinstance(stated, Sequence) and not isinstance(stated, str) else [stated]
    found = (_asked(entry) for entry in entries[:_MOST])
    return tuple(dict.fromkeys(asked for asked in found if asked is not None))


def _asked(entry: object) -> Asked | None:
    lang: Language | None = None
    if isinstance(entry, Mapping):
        said = str(entry.get("lang", "")).lower()
        lang = "da" if said == "da" else "en" if said == "en" else None
        entry = entry.get("question")
    text = " ".join(entry.split()) if isinstance(entry, str) else ""
    return Asked(text, lang) if 0 < len(text) <= _LONGEST else None

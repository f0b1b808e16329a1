"""Which texts a product may say in its own words, and what each can tell."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

FOLDER = ".github/os2kb"
"""Where a repository keeps its own texts, as `da/welcome.md` and so on."""
MOST_CHARS = 4_000


@dataclass(frozen=True, slots=True)
class Placeholder:
    """What stands in the place of `{{ name }}`.

    Attributes:
        needed: without it, a text would leave out what it is for.
        block: several lines, so that it stands alone on its line.
    """

    name: str
    means: str
    needed: bool = False
    block: bool = False


@dataclass(frozen=True, slots=True)
class Wording:
    """A text that a product may say in its own words.

    Attributes:
        name: of its file, without `.md`.
        when: it is shown.
    """

    name: str
    when: str
    placeholders: tuple[Placeholder, ...] = ()


_GUIDELINES = Placeholder("guidelines", "“the guidelines”, linked where the Policy names them")
_AROUND = (
    Placeholder("greeting", "`welcome` or `thanks`", block=True),
    Placeholder("fine", "what is in order and, beside what is not, left out", block=True),
    Placeholder(
        "details",
        "every rule with its evidence and quote, and how a fault stands, folded",
        block=True,
    ),
    Placeholder("commands", "which commands explain more", block=True),
)
_MISSING = Placeholder("missing", "what has to be mended, and how", needed=True, block=True)
_ADVICE = Placeholder("advice", "what is recommended", needed=True, block=True)

WORDINGS: Mapping[str, Wording] = MappingProxyType(
    {
        one.name: one
        for one in (
            Wording(
                "welcome",
                "somebody contributes for the first time",
                (
                    Placeholder("author", "who contributes"),
                    _GUIDELINES,
                    Placeholder("help", "“ask here”, linked to where an issue is opened"),
                ),
            ),
            Wording("thanks", "anybody else does"),
            Wording(
                "status-missing",
                "something has to be mended",
                (
                    Placeholder("count", "“2 things”"),
                    _MISSING,
                    Placeholder("advice", "what is recommended beside it", block=True),
                    _GUIDELINES,
                    *_AROUND,
                ),
            ),
            Wording(
                "status-alarm",
                "something must not stand in public, such as personal data",
                (
                    Placeholder("alarm", "what, and what to do", needed=True, block=True),
                    _MISSING,
                    Placeholder("advice", "what is recommended beside it", block=True),
                    *_AROUND,
                ),
            ),
            Wording("status-advice", "the requirements are met", (_ADVICE, _GUIDELINES, *_AROUND)),
            Wording(
                "status-left-out",
                "nothing has to be mended, and commands left rules out",
                (
                    Placeholder("left-out", "how many, which, and who asked for it", needed=True),
                    Placeholder("advice", "what is recommended beside it", block=True),
                    *_AROUND,
                ),
            ),
            Wording("status-fine", "all is in place", (_GUIDELINES, *_AROUND)),
            Wording("status-unsure", "nothing is missing that could be seen", _AROUND),
            Wording(
                "question-answer",
                "a new issue asks what the documents surely answer",
                (
                    Placeholder("answer", "the quotes that answer", needed=True, block=True),
                    Placeholder("sources", "where they stand", needed=True, block=True),
                ),
            ),
            Wording(
                "question-links",
                "a new issue asks what the documents may well answer",
                (Placeholder("links", "two or three places", needed=True, block=True),),
            ),
            Wording(
                "security",
                "a text looks like a report of a vulnerability",
                (
                    Placeholder("channel", "“privately”, linked to the channel", needed=True),
                    Placeholder("mistaken", "what to do if it is none", block=True),
                ),
            ),
        )
    }
)

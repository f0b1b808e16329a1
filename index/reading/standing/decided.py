"""How far a decision is, in whatever words that is said; and what it was superseded by."""

import re
from typing import Literal

from index.danish import fold
from index.plain import plain

Stage = Literal["proposed", "accepted", "superseded", "rejected", "deprecated", "unknown"]

_LOOKED_AT = 400  # characters
_LONGEST_NAME = 120  # likewise, of a successor
# The first to stand in the text wins; at one place, the first of these.
_SAID: tuple[tuple[Stage, str], ...] = (
    ("accepted", r"forslag\w* (?:\w+ ){0,3}?(?:godkendt|vedtaget|accepteret)"),
    ("superseded", r"erstattet|afloest|superseded|replaced"),
    (
        "rejected",
        r"(?:ikke|not) (?:\w+ ){0,2}?(?:godkend|vedtag|accept|beslut|tiltraadt|approved)\w*|"
        r"afvist|forkast|nedstemt|trukket|bortfald|rejected|declined|withdrawn",
    ),
    ("deprecated", r"foraeldet|udgaaet|ophaevet|ophoert|udloebet|deprecated|obsolete"),
    (
        "proposed",
        r"forslag|foreslaaet|udkast|kladde|draft|propos|afventer|under (?:behandling|droeftelse)|"
        r"til (?:\w+ )?(?:godkendelse|ratificering|droeftelse|behandling|beslutning)|behandles|"
        r"fremlaegges|indstil|endnu ikke|skal godkendes|pending|in review",
    ),
    (
        "accepted",
        r"accepte|godkend|vedtag|beslut|ratific|tiltraadt|bekraeft|gaeldende|i kraft|"
        r"approved|decided|adopted|implemente",
    ),
)
_PATTERNS = tuple((stage, re.compile(rf"\b(?:{words})")) for stage, words in _SAID)
_ALTERNATIVES = (
    *("forslag", "proposed", "accepteret", "accepted", "erstattet", "superseded"),
    *("afvist", "rejected", "udgaaet", "deprecated", "udkast", "draft", "vedtaget", "godkendt"),
)
_SUCCESSOR = re.compile(
    r"\b(?:erstattet|afløst|superseded|replaced)\s+(?:af|by)\b[\s:]*(?P<by>[^\n]{1,400})",
    re.IGNORECASE,
)
_ENDS_NAME = re.compile(r"[.;](?:\s|$)|\s[–—]\s")


def stage_of(text: str) -> Stage:
    """What a status says; `unknown` also of a template's list of all there are."""
    folded = fold(text[:_LOOKED_AT])
    if _is_choice(folded):
        return "unknown"
    hits = [
        (match.start(), place, stage)
        for place, (stage, pattern) in enumerate(_PATTERNS)
        if (match := pattern.search(folded))
    ]
    return min(hits)[2] if hits else "unknown"


def is_choice(text: str) -> bool:
    """Whether it is a template's: `[Forslag / Accepteret / Erstattet / Afvist]`."""
    return _is_choice(fold(text[:_LOOKED_AT]))


def successor_in(text: str) -> str:
    """What took a decision's place, as its status names it; empty where it names nothing."""
    match = _SUCCESSOR.search(text)
    name = plain(_ENDS_NAME.split(plain(match["by"]), maxsplit=1)[0]) if match else ""
    name = name.strip(" .,:*_()[]<>")
    return name if len(name) <= _LONGEST_NAME else f"{name[:_LONGEST_NAME].rpartition(' ')[0]} …"


def _is_choice(folded: str) -> bool:
    parted = len(re.findall(r"[/|]", folded)) >= 2
    return parted and sum(word in folded for word in _ALTERNATIVES) >= 3

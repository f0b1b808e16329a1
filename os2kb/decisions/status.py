"""What a decision's status says, in whatever words it is said."""

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from index.danish import fold
from os2kb.decisions.dates import date_in
from os2kb.decisions.words import STATUSES, Status

_LOOKED_AT = 400  # characters
# The first to stand in the text wins; at one place, the first of these.
_SAID: tuple[tuple[Status, str], ...] = (
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
_PATTERNS = tuple((status, re.compile(rf"\b(?:{words})")) for status, words in _SAID)
_PLAIN = {
    fold(word): said.da
    for status, said in STATUSES.items()
    if status != "unknown"
    for word in (said.da, said.en)
}
GROUPS = {
    "styregruppe": "Styregruppen",
    "koordinationsgruppe": "Koordinationsgruppen",
    "koordinationgruppe": "Koordinationsgruppen",
    "bestyrelse": "Bestyrelsen",
    "sekretariat": "Sekretariatet",
    "arbejdsgruppe": "Arbejdsgruppen",
    "fagudvalg": "Fagudvalget",
    "forretningsudvalg": "Forretningsudvalget",
    "projektgruppe": "Projektgruppen",
    "brugergruppe": "Brugergruppen",
    "generalforsamling": "Generalforsamlingen",
}
"""Who decides, by the beginning of the word."""
GROUP = re.compile("|".join(GROUPS), re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Said:
    """A status text, read.

    Attributes:
        on: the date that it names, as of a meeting or a mail.
        group: who it names, as `Styregruppen`; empty for nobody known.
        plain: it is one of the words of the log and no more.
    """

    status: Status
    on: date | None = None
    group: str = ""
    plain: bool = False


def plain_status(text: str) -> str:
    """The Danish word where the text is one of the log's own words in either language, else it."""
    return _PLAIN.get(fold(text[:40]).strip(" ."), text)


@lru_cache(4_096)
def said_of(text: str) -> Said:
    """What a status text says."""
    folded = fold(text[:_LOOKED_AT])
    if _is_choice(folded):
        return Said("unknown")
    hits = [
        (match.start(), place, status)
        for place, (status, pattern) in enumerate(_PATTERNS)
        if (match := pattern.search(folded))
    ]
    status = min(hits)[2] if hits else "unknown"
    dated, group = date_in(text), GROUP.search(text[:_LOOKED_AT])
    return Said(
        status,
        dated.date if dated else None,
        GROUPS[group[0].lower()] if group else "",
        plain_status(text) in _PLAIN.values(),
    )


def is_choice(text: str) -> bool:
    """Whether it is a template's: `[Forslag / Accepteret / Erstattet / Afvist]`."""
    return _is_choice(fold(text[:_LOOKED_AT]))


def _is_choice(folded: str) -> bool:
    return len(re.findall(r"[/|]", folded)) >= 2 and sum(one in folded for one in _PLAIN) >= 3

"""What a decision's status says, in whatever words it is said."""

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from index.danish import fold
from index.reading.standing.decided import is_choice, stage_of
from os2kb.decisions.dates import date_in
from os2kb.decisions.words import STATUSES, Status

_LOOKED_AT = 400  # characters
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
    if is_choice(text):
        return Said("unknown")
    dated, group = date_in(text), GROUP.search(text[:_LOOKED_AT])
    return Said(
        stage_of(text),
        dated.date if dated else None,
        GROUPS[group[0].lower()] if group else "",
        plain_status(text) in _PLAIN.values(),
    )

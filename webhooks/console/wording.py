"""How what stands in the store is said to somebody in the console."""

from collections.abc import Mapping
from datetime import datetime

from index.passages import Language
from os2kb.governance.comments.moments import in_words
from os2kb.phrases import Phrase
from os2kb.store.deliveries import State

ZONE = "Europe/Copenhagen"
STATES: Mapping[State, Phrase] = {
    "accepted": Phrase("venter", "waiting"),
    "dispatched": Phrase("arbejdes på", "worked on"),
    "handled": Phrase("behandlet", "handled"),
    "ignored": Phrase("uden virkning", "came to nothing"),
    "failed": Phrase("parkeret", "parked"),
}


def moment(at: datetime, language: Language, now: datetime) -> str:
    """A moment as people read it; this year goes without saying."""
    return in_words(at, ZONE, language, year=now.year)

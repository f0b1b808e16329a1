"""How what stands in the store is said to somebody in the console."""

from collections.abc import Mapping
from datetime import datetime

from index.passages import Language, Visibility
from os2kb.answers.answer import Reason
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

VISIBILITIES: Mapping[Visibility, Phrase] = {
    "public": Phrase("offentlig", "public"),
    "internal": Phrase("intern", "internal"),
}
UNANSWERED: Mapping[Reason, Phrase] = {
    "no-evidence": Phrase("intet at citere", "nothing to quote"),
    "unclear": Phrase("uklart spørgsmål", "unclear question"),
    "private-topic": Phrase("hører ikke til i åbent forum", "does not belong in the open"),
    "language": Phrase("andet sprog", "another language"),
}
# Why a delivery came to nothing, as webhooks/deliveries/ notes it: github_hints.py, jira_hints.py.
_REASONS: Mapping[str, str] = {
    "our own doing": "det gjorde botten selv",
    "a comment by a bot": "en kommentar fra en bot",
    "a check that has not finished": "en kontrol, der ikke er færdig",
    "what a suite comes to is told check by check": "kontrollerne fortæller hver for sig",
    "the issue is no longer in this repository": "issuet er ikke længere i dette repository",
    "the payload names no repository, issue or pull request": "den nævner intet issue",
    "the payload names no ticket": "den nævner ingen ticket",
}
_REASONS_OF = (
    Phrase("intet her afhænger af hændelsen {}", "nothing here depends on the event {}"),
    Phrase("{} er ikke knyttet til noget", "{} is linked to nothing"),
)


def reason(noted: str) -> Phrase:
    """Why a delivery came to nothing or went wrong; as it was noted, where we have no other words.

    What it names may be anybody's text: whoever shows it scrubs it.
    """
    for one in _REASONS_OF:
        before, _, after = one.en.partition("{}")
        if noted.startswith(before) and noted.endswith(after):
            return one.filled(noted.removeprefix(before).removesuffix(after))
    return Phrase(_REASONS.get(noted, noted), noted)


def moment(at: datetime, language: Language, now: datetime) -> str:
    """A moment as people read it; this year goes without saying."""
    return in_words(at, ZONE, language, year=now.year)

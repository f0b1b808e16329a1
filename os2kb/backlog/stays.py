"""What stays in Jira, and why."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from os2kb.phrases import Phrase

Reason = Literal["not-named", "restricted", "internal", "personal", "security"]
WHY: Mapping[Reason, Phrase] = {
    "not-named": Phrase(
        "Feltet står ikke i `jira.public`.", "The field is not named in `jira.public`."
    ),
    "restricted": Phrase("Kun nogle må se det i Jira.", "Only some may see it in Jira."),
    "internal": Phrase(
        "Det er en intern kommentar i Jira Service Management.",
        "It is an internal comment of Jira Service Management.",
    ),
    "personal": Phrase(
        "Teksten ser ud til at rumme personoplysninger eller en hemmelighed; en person kan "
        "frigive den.",
        "The text seems to hold personal data or a secret; a person can release it.",
    ),
    "security": Phrase(
        "Teksten ligner en anmeldelse af en sårbarhed; en person kan frigive den.",
        "The text looks like a report of a vulnerability; a person can release it.",
    ),
}
"""Why something stays in Jira. None of them says what it is."""


@dataclass(frozen=True, slots=True)
class Stays:
    """Something that stays in Jira: a field, or a comment by its id."""

    what: str
    why: Reason

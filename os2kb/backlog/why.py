"""Why a field did or did not go to the other side, said to people."""

from collections.abc import Mapping

from os2kb.backlog.merge import Merged, Outcome
from os2kb.phrases import Phrase

WHY: Mapping[Outcome, Phrase] = {
    "same": Phrase("Begge sider siger det samme.", "Both sides say the same."),
    "carried": Phrase(
        "Ændret på den ene side og ført over til den anden.",
        "Changed on one side, and carried over to the other.",
    ),
    "conflict": Phrase(
        "Ændret på begge sider; en person skal vælge, og indtil da bliver begge stående.",
        "Changed on both sides; a person must choose, and until then both stay.",
    ),
    "held": Phrase(
        "Holdt tilbage: teksten ser ud til at rumme personoplysninger, hemmeligheder eller en "
        "sårbarhed. En person kan frigive den.",
        "Held back: the text seems to hold personal data, secrets or a vulnerability. A person can "
        "release it.",
    ),
    "not-its-way": Phrase(
        "Ændret på den side, som feltet ikke går fra; det bliver stående.",
        "Changed on the side that the field does not go from; it stays.",
    ),
    "not-public": Phrase(
        "Ændret i Jira, og feltet står ikke i `jira.public`; det bliver i Jira.",
        "Changed in Jira, and the field is not in `jira.public`; it stays in Jira.",
    ),
    "not-blanked": Phrase(
        "Tømt på den ene side; en værdi slettes aldrig på den anden.",
        "Emptied on one side; a value is never deleted on the other.",
    ),
    "too-long": Phrase(
        "Teksten er længere, end den anden side tager imod.",
        "The text is longer than the other side takes.",
    ),
    "unsayable": Phrase(
        "Værdien har intet modstykke på den anden side; skriv det ind i Policyens `jira`.",
        "The value has no counterpart on the other side; write it into the Policy's `jira`.",
    ),
    "unread": Phrase(
        "Feltet kunne ikke læses på den ene side.", "The field could not be read on one side."
    ),
}


def why(merged: Merged) -> Phrase:
    """What came of a field, without its values."""
    return WHY[merged.outcome]

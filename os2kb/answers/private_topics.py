"""What must not be answered in public: personal data, secrets and suspected vulnerabilities."""

import re
from typing import Literal

from os2kb.governance.harmless.withheld import withhold
from os2kb.governance.rules.text.vulnerability_cues import SUSPECTED, UNCERTAIN, suspicion

# The bare words for a flaw: whoever uses only these tells nothing of it.
_GENERIC = re.compile(
    r"\b(?:sårbarhed|sikkerhedshul|sikkerhedsbrist|sikkerhedsfejl|sikkerhedsproblem|vulnerabilit"
    r"|security (?:hole|flaw|bug|breach|issue|problem))\w*",
    re.IGNORECASE,
)
_SIGHTING = re.compile(
    r"\b(?:(?:jeg|vi) (?:har|fandt|kan|kunne)|(?:har|er) (?:lige )?(?:fundet|opdaget)|der er|har en"
    r"|lider af|(?:i|we) (?:have|found|can|could|was|were|just|discovered|noticed)|(?:i|we)['’]ve"
    r"|there (?:is|are)|has an?|is vulnerable)\b",
    re.IGNORECASE,
)
_PROCEDURE = re.compile(
    r"\b(?:hvordan|hvor|hvem|hvad|hvornår|how|where|who|what|when|skal|should)\b[^.!]{0,120}?"
    r"\b(?:indberet\w*|rapporter\w*|anmeld\w*|meld\w*|gør|kontakt\w*|skrive?|håndter\w*"
    r"|report\w*|disclos\w*|contact\w*|tell|do|handle\w*)\b",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"[.,;:!?]| og | and ", re.IGNORECASE)


Matter = Literal["personal", "flaw"]


def private_matter(text: str) -> Matter | None:
    """What a question holds that is private; None of any other.

    `flaw` is what looks like a report of a vulnerability, `personal` a CPR number or a secret.
    """
    if _reports_a_flaw(text):
        return "flaw"
    return "personal" if withhold(text) != text else None


def _reports_a_flaw(text: str) -> bool:
    """Whether somebody says that they saw a flaw, or tells what it is.

    A question about the procedure (“jeg har fundet et sikkerhedshul, hvor melder jeg det?”) is no
    report while it tells nothing of the flaw itself, and neither is the bare word.
    """
    found = _worst(text)
    if found < UNCERTAIN:
        return False
    if _PROCEDURE.search(text) and _worst(_GENERIC.sub(" ", text)) < UNCERTAIN:
        return False
    return found > SUSPECTED or bool(_SIGHTING.search(text))


def _worst(text: str) -> int:
    """Suspicion of the text or its most suspicious clause: kind words must not hide the others."""
    return max(suspicion("", part) for part in (text, *_CLAUSE.split(text)))

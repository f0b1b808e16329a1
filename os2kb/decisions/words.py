"""The words that decision logs are written in: headings, keys, types and statuses."""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Literal

from index.danish import fold
from index.plain import plain
from index.reading.standing.decided import Stage
from os2kb.phrases import Phrase

Text = Literal["context", "decision", "consequences", "effectuation", "risks", "references"]
"""What a decision says at length; each is a section, or a bullet where a page holds many."""
Key = Literal[
    "id",
    "date",
    "status",
    "deciders",
    "type",
    "supersedes",
    "superseded_by",
    "issue",
    "ticket",
    "product",
]
"""What it says on a line."""
Type = Literal["ADR", "SDR", "ODR", ""]
Status = Stage

HEADINGS: Mapping[Text, Phrase] = {
    "decision": Phrase("Beskrivelse af beslutningen", "Decision"),
    "context": Phrase("Kontekst / årsag", "Context"),
    "consequences": Phrase("Konsekvenser", "Consequences"),
    "effectuation": Phrase("Effektuering", "Implementation"),
    "risks": Phrase("Risici", "Risks"),
    "references": Phrase("Yderligere information", "More information"),
}
"""How a section is headed, in the order in which they are written."""
KEYS: Mapping[Key, Phrase] = {
    "id": Phrase("Nr.", "Number"),
    "date": Phrase("Dato", "Date"),
    "status": Phrase("Status", "Status"),
    "deciders": Phrase("Beslutningstagere", "Deciders"),
    "type": Phrase("Beslutningstype", "Type"),
    "product": Phrase("Produkt", "Product"),
    "issue": Phrase("Issue", "Issue"),
    "ticket": Phrase("Jira", "Jira"),
    "supersedes": Phrase("Erstatter", "Supersedes"),
    "superseded_by": Phrase("Erstattet af", "Superseded by"),
}
TYPES: Mapping[Type, Phrase] = {
    "ADR": Phrase("Arkitektur", "Architecture"),
    "SDR": Phrase("Strategisk", "Strategic"),
    "ODR": Phrase("Operationel", "Operational"),
    "": Phrase("", ""),
}
STATUSES: Mapping[Status, Phrase] = {
    "proposed": Phrase("Forslag", "Proposed"),
    "accepted": Phrase("Accepteret", "Accepted"),
    "superseded": Phrase("Erstattet", "Superseded"),
    "rejected": Phrase("Afvist", "Rejected"),
    "deprecated": Phrase("Udgået", "Deprecated"),
    "unknown": Phrase("Ukendt", "Unknown"),
}

# As people spell them: words without “og”, “/” and “&”, and without capitals.
_SPELLED_TEXTS: Mapping[Text, str] = {
    "decision": "beslutning; beslutningen; beskrivelse af beslutning; beskrivelse af beslutningen; "
    "beslutningens indhold; indstilling; vedtagelse; decision; decision outcome; the decision",
    "context": "kontekst; årsag; kontekst årsag; årsag kontekst; baggrund; baggrund årsag; "
    "kontekst baggrund; baggrund kontekst; grundlag; beslutningsgrundlag; begrundelse; context; "
    "context problem statement; problem statement; background; rationale",
    "consequences": "konsekvenser; konsekvens; konsekvenser af beslutningen; consequences; "
    "consequence; implications",
    "effectuation": "effektuering; effektuering af beslutningen; effekturering; gennemførelse; "
    "implementering; udførelse; implementation; effectuation",
    "risks": "risici; risiko; risici mitigering; risks; risk",
    "references": "yderligere information; yderligere informationer; yderligere oplysninger; "
    "mere information; reference; referencer; henvisninger; links; more information; references; "
    "further information; related; see also",
}
_SPELLED_KEYS: Mapping[Key, str] = {
    "id": "nr; nummer; id; beslutningsnr; beslutningsnummer; number",
    "date": "dato; beslutningsdato; dato for beslutning; dato for beslutningen; vedtaget; date; "
    "decision date; decided",
    "status": "status; beslutningsstatus; state",
    "deciders": "beslutningstagere; beslutningstager; beslutningsorgan; besluttet af; truffet af; "
    "beslutning truffet af; deciders; decider; decision makers; decided by",
    "type": "beslutningstype; type; decision type",
    "supersedes": "erstatter; afløser; supersedes; replaces",
    "superseded_by": "erstattet af; afløst af; superseded by; replaced by",
    "issue": "issue; github issue; issue reference",
    "ticket": "jira; jira sag; ticket; jira ticket; jira issue",
    "product": "produkt; product",
}
_TYPE_STEMS: Mapping[str, Type] = {"ark": "ADR", "arc": "ADR", "str": "SDR", "ope": "ODR"}
_NO_WORD = re.compile(r"[^a-z0-9]+")
_JOINING = frozenset({"og", "and"})


@lru_cache(4_096)
def name_of(written: str) -> str:
    """A heading or key as it is compared: `**Kontekst & Årsag:**` is `kontekst aarsag`."""
    words = _NO_WORD.split(fold(plain(written[:200])))
    return " ".join(word for word in words if word and word not in _JOINING)


TEXTS_BY_NAME: Mapping[str, Text] = {
    name_of(one): text for text, spelled in _SPELLED_TEXTS.items() for one in spelled.split(";")
}
KEYS_BY_NAME: Mapping[str, Key] = {
    name_of(one): key for key, spelled in _SPELLED_KEYS.items() for one in spelled.split(";")
}


def type_of(written: str) -> Type:
    """`Strategisk beslutning` and `SDR` are both SDR; empty for what is none or several."""
    name = name_of(written)
    found = {_TYPE_STEMS[word[:3]] for word in name.split() if word[:3] in _TYPE_STEMS}
    found |= {one for one in ("ADR", "SDR", "ODR") if one.lower() in name.split()}
    return found.pop() if len(found) == 1 else ""

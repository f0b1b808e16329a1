"""Purpose: a text is in the repository's language, so that everyone there can take part."""

import re
from collections.abc import Sequence
from datetime import datetime

from index.danish import words
from index.language import markers
from index.passages import Language as Tongue
from os2kb.governance.facts import Facts
from os2kb.governance.findings import Finding
from os2kb.governance.reading.prose import visible_lines
from os2kb.governance.rules.rule import BOTH, Rule, passes, unsure
from os2kb.phrases import Phrase
from os2kb.policy.policy import Policy

ID = "language"
_NAMES = {"da": Phrase("dansk", "Danish"), "en": Phrase("engelsk", "English")}
_UNREAD = re.compile(
    r"`[^`]*`|\w{2,10}://\S+|^.*\b(?:ERROR|WARN|INFO|DEBUG|Traceback|Exception)\b.*$"
)
_ENOUGH = 8  # words that only one of the two languages has
_DIFFERENT = 5  # among them; a log says the same again and again
_DENSE = 0.2  # their share of all words; less is names, code, or a third language
_CLEAR = 0.9  # the language's share of them; less is a text in both


def check(facts: Facts, policy: Policy, now: datetime) -> Finding:  # noqa: ARG001
    """Reads the prose of title and body, where the words tell the language beyond doubt."""
    allowed = policy.guidelines.rules.language.allowed or (policy.language,)
    spoken = surely(facts.title, facts.body)
    if spoken is None:
        return unsure(
            ID,
            "Teksten er for kort eller for blandet til, at sproget er sikkert.",
            "The text is too short or too mixed for its language to be sure.",
        )
    name = _NAMES[spoken]
    if spoken in allowed:
        return passes(ID, f"Teksten er på {name.da}.", f"It is in {name.en}.")
    here = Phrase(
        " eller ".join(_NAMES[one].da for one in allowed),
        " or ".join(_NAMES[one].en for one in allowed),
    )
    return Finding(
        ID,
        "fail",
        Phrase(
            f"Teksten er på {name.da}; her skrives på {here.da}.",
            f"The text is in {name.en}; here people write in {here.en}.",
        ),
        Phrase(
            f"Skriv teksten på {here.da}, eller sæt en kort udgave på {here.da} øverst.",
            f"Write the text in {here.en}, or put a short version in {here.en} at the top.",
        ),
    )


def surely(title: str, body: str) -> Tongue | None:
    """The language of a text; None where that is not sure. Headings are often the form's own."""
    written = [line for line in visible_lines(body) if not line.startswith("#")]
    found = words("\n".join(_UNREAD.sub(" ", line) for line in (title, *written)))
    return _sure(found)


def _sure(found: Sequence[str]) -> Tongue | None:
    counts = markers(found)
    told = sum(counts.values())
    likeliest = max(counts, key=counts.__getitem__)
    sure = (
        told >= _ENOUGH
        and sum(markers(set(found)).values()) >= _DIFFERENT
        and told >= _DENSE * len(found)
        and counts[likeliest] >= _CLEAR * told
    )
    return likeliest if sure else None


RULE = Rule(
    id=ID,
    asks=Phrase("er på det sprog, der skrives på her", "is in the language that is written here"),
    applies_to=BOTH,
    topic=(
        "issues og pull requests skrives på +dansk / "
        "vi skriver på +engelsk i kode og commits / "
        "skriv på +dansk / "
        "issues and pull requests are written in +English / "
        "all communication should be in +English / "
        "write in +Danish"
    ),
    concepts=(),
    setting=lambda rules: rules.language,
    check=check,
    asks_bots=False,
)

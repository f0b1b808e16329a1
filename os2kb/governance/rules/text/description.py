"""Purpose: a text says what it is about in its writer's own words, not only the template's."""

import re
from collections.abc import Iterable
from datetime import datetime

from os2kb.governance.facts import Facts
from os2kb.governance.findings import Finding
from os2kb.governance.reading.prose import folded, visible_lines
from os2kb.governance.rules.rule import BOTH, Rule, passes
from os2kb.phrases import Phrase
from os2kb.policy.policy import Policy

ID = "description"
_REFERENCE = re.compile(
    r"https?://\S+|(?<!\w)(?:[\w.-]{1,40}/[\w.-]{1,100})?#\d+\b|(?<!\w)GH-\d+\b"
)
_TICK = re.compile(r"\[[ xX]?\]\s")
_WORD = re.compile(r"[^\W\d_]{2,}")
_NO_ANSWER = frozenset({"no response", "intet svar"})


def check(facts: Facts, policy: Policy, now: datetime) -> Finding:  # noqa: ARG001
    """Counts words outside headings, task lists, quotes, code and what the templates say."""
    wanted = policy.guidelines.rules.description.min_words
    count = own_words(facts.body, (facts.templates or {}).values())
    if count >= wanted:
        return passes(ID, f"Beskrivelsen har {count} ord.", f"The description has {count} words.")
    return Finding(
        ID,
        "fail",
        Phrase(
            f"Beskrivelsen har {count} ord af forfatterens egne; der skal være {wanted}.",
            f"The description has {count} words of its author's own; there have to be {wanted}.",
        ),
        _remedy(facts),
        label="status.needs-info",
    )


def own_words(body: str, templates: Iterable[str]) -> int:
    """How many words a text has of its own."""
    theirs = {folded(line) for template in templates for line in visible_lines(template)}
    lines = [line for line in visible_lines(body) if not line.startswith("#")]
    return sum(_own(line, theirs) for line in lines if not _TICK.match(line))


def _own(line: str, theirs: set[str]) -> int:
    said = folded(line)
    if said in theirs or said in _NO_ANSWER:
        return 0
    return len(_WORD.findall(_REFERENCE.sub(" ", line)))


def _remedy(facts: Facts) -> Phrase:
    if facts.pull_request is None:
        return Phrase(
            "Skriv kort, hvad der sker eller mangler, og hvad du gerne vil opnå.",
            "Write briefly what happens or is missing, and what you want to achieve.",
        )
    return Phrase(
        "Skriv kort, hvad ændringen gør, og hvorfor den er lavet sådan.",
        "Write briefly what the change does, and why it is made this way.",
    )


RULE = Rule(
    id=ID,
    asks=Phrase("har en beskrivelse", "has a description"),
    applies_to=BOTH,
    topic=(
        "+beskriv dine ændringer kort og præcist / "
        "klar +beskrivelse af ændringerne / "
        "+beskrivelsen +forklarer, hvad der er ændret og hvorfor / "
        "+beskrivelse af problemet / "
        "short +description of the +suggested change and the reasoning / "
        "+describe the +change in the pull +request"
    ),
    concepts=("status.needs-info",),
    setting=lambda rules: rules.description,
    check=check,
    needs=frozenset({"templates"}),
    events=frozenset({"issues", "pull_request"}),
    asks_bots=False,
)

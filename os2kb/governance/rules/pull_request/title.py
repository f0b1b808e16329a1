"""Purpose: titles follow the product's pattern and length, so that the history reads as a list."""

from datetime import datetime

from os2kb.governance.facts import Facts
from os2kb.governance.findings import Finding
from os2kb.governance.rules.rule import Rule, not_applicable
from os2kb.phrases import Phrase
from os2kb.policy.pattern import found
from os2kb.policy.policy import Policy

ID = "title"


def check(facts: Facts, policy: Policy, now: datetime) -> Finding:  # noqa: ARG001
    """Holds the title against the Policy's pattern and length."""
    options = policy.guidelines.rules.title
    if facts.author.is_bot:
        return not_applicable(
            ID, "Pull requesten er lavet af en bot.", "A bot made the pull request."
        )
    if options.pattern is None and options.max_length is None:
        return not_applicable(
            ID, "Policyen stiller ingen krav til titlen.", "The Policy asks nothing of titles."
        )
    length = len(facts.title)
    if options.max_length is not None and length > options.max_length:
        return Finding(
            ID,
            "fail",
            Phrase(f"Titlen er på {length} tegn.", f"The title has {length} characters."),
            Phrase(
                f"Kort titlen ned til højst {options.max_length} tegn.",
                f"Shorten the title to {options.max_length} characters at most.",
            ),
        )
    if options.pattern is not None and not found(options.pattern, facts.title):
        return Finding(
            ID,
            "fail",
            Phrase("Titlen har ikke den aftalte form.", "The title has not the agreed form."),
            Phrase(
                f"Ret titlen, så den passer til mønstret {options.pattern}",
                f"Change the title so that it fits the pattern {options.pattern}",
            ),
        )
    return Finding(
        ID,
        "pass",
        Phrase("Titlen har den aftalte form.", "The title has the agreed form."),
    )


RULE = Rule(
    id=ID,
    asks=Phrase("har en titel i den aftalte form", "has a title of the agreed form"),
    applies_to=frozenset({"pull_request"}),
    topic=(
        "titlens form og længde / "
        "titel på pull requests og commits / "
        "title of your pull request format / "
        "commit subject line format and length"
    ),
    concepts=(),
    setting=lambda rules: rules.title,
    check=check,
)

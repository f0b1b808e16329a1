"""Purpose: an issue carries the label of its type, so that people find what is theirs.

A wrong label costs more than a missing one: where the text is not clear, nothing is set.
"""

from datetime import datetime

from os2kb.governance.facts import Facts
from os2kb.governance.findings import Finding
from os2kb.governance.learned import Classified
from os2kb.governance.ledger.labels import existing, has, is_held, is_ours, rule_is_held
from os2kb.governance.rules.issue.type_cues import Guess, from_form, from_prefix, from_words
from os2kb.governance.rules.rule import Rule, not_applicable
from os2kb.governance.rules.text.security_report import suspected
from os2kb.phrases import NOTHING, Phrase
from os2kb.policy.policy import Policy

ID = "type-label"
_FORGE_TYPES = {
    "bug": "bug",
    "fejl": "bug",
    "feature": "feature",
    "udviklingsønske": "feature",
    "documentation": "documentation",
    "dokumentation": "documentation",
    "question": "question",
    "spørgsmål": "question",
}
_NAMES = {
    "bug": Phrase("en fejl", "a bug"),
    "feature": Phrase("et ønske", "a feature request"),
    "documentation": Phrase("dokumentation", "documentation"),
    "question": Phrase("et spørgsmål", "a question"),
}


def check(facts: Facts, policy: Policy, now: datetime) -> Finding:  # noqa: ARG001
    """Person before security before form field before words before what was learned."""
    labels = {
        str(concept): label
        for concept, name in policy.labels.type.items()
        if (label := existing(facts, name)) is not None
    }
    if not labels:
        return not_applicable(
            ID,
            "Policyen peger ikke på typeetiketter, der findes i dette repository.",
            "The Policy names no type labels that exist in this repository.",
        )
    chosen = _by_a_person(facts, labels)
    if chosen is not None:
        return chosen
    if suspected(facts, policy):
        return not_applicable(ID, "Sikkerhed går forud for type.", "Security comes before type.")
    guess = type_of(facts)
    if guess is None:
        said = Phrase(
            "Teksten siger ikke klart, hvilken type det er.",
            "The text does not say clearly which type it is.",
        )
        return Finding(ID, "unknown", said, NOTHING)
    wanted = policy.labels.of(f"type.{guess.concept}")
    if wanted is not None and guess.concept not in labels:
        said = Phrase(
            f"Etiketten {wanted} fra policyen findes ikke i dette repository.",
            f"The Policy's label {wanted} does not exist in this repository.",
        )
        return Finding(ID, "unknown", said, NOTHING)
    return _found(guess, labels)


def _by_a_person(facts: Facts, labels: dict[str, str]) -> Finding | None:
    """What a person chose stands; where one only took a type off, so does what we put on."""
    on = {concept: label for concept, label in labels.items() if has(facts, label)}
    if any(not is_ours(facts, label) for label in on.values()):
        return Finding(ID, "pass", Phrase("En person har valgt typen.", "A person chose the type."))
    held = any(is_held(facts, label) for label in labels.values())
    if not held and not rule_is_held(facts, ID):
        return None
    if on:
        kept = Phrase("En person har fravalgt en anden type.", "A person ruled another type out.")
        return Finding(ID, "pass", kept, label=f"type.{next(iter(on))}")
    return not_applicable(
        ID, "En person har taget en typeetiket af.", "A person took a type label off."
    )


def type_of(facts: Facts) -> Guess | None:
    """What the issue itself tells, else what was learned from others; None where neither knows."""
    return guessed(facts) or _learned(facts.classified)


def undecided(facts: Facts, policy: Policy) -> bool:
    """Whether a classifier is worth asking: nothing that goes before it tells the type."""
    return (
        RULE.level(policy) != "off"
        and facts.pull_request is None
        and any(existing(facts, name) for name in policy.labels.type.values())
        and not suspected(facts, policy)
        and guessed(facts) is None
    )


def guessed(facts: Facts) -> Guess | None:
    """The type that the issue itself tells of; None where it is not clear."""
    named = _FORGE_TYPES.get(facts.issue_type.strip().casefold())
    if named is not None:
        return Guess(named, Phrase("issuets type på GitHub", "the issue's type on GitHub"))
    return from_form(facts.body) or from_prefix(facts.title) or from_words(facts.title, facts.body)


def _learned(taken: Classified | None) -> Guess | None:
    """What a classifier is sure enough of."""
    if taken is None or not taken.concept:
        return None
    if taken.by_llm:
        source = Phrase("det, en sprogmodel læser i teksten", "what a language model reads in it")
        return Guess(taken.concept.removeprefix("type."), source)
    sure = f"{int(taken.confidence * 100)} %"
    source = Phrase(
        f"det, der er lært af jeres tidligere issues ({sure} sikkert)",
        f"what was learned from your earlier issues ({sure} sure)",
    )
    return Guess(taken.concept.removeprefix("type."), source)


def _found(guess: Guess, labels: dict[str, str]) -> Finding:
    name = _NAMES[guess.concept]
    evidence = Phrase(
        f"Det er {name.da}, efter {guess.source.da}.",
        f"It is {name.en}, by {guess.source.en}.",
    )
    concept = f"type.{guess.concept}" if guess.concept in labels else ""
    return Finding(ID, "pass", evidence, NOTHING, label=concept)


RULE = Rule(
    id=ID,
    asks=Phrase("har en type", "has a type"),
    applies_to=frozenset({"issue"}),
    topic=(
        "+etiketter på issues efter type / "
        "et issue har én +typeetiket / "
        "en fejl får +etiketten Bug / "
        "+labels for issues: bug, feature / "
        "issue type +label"
    ),
    concepts=("type.bug", "type.feature", "type.documentation", "type.question"),
    setting=lambda rules: rules.type_label,
    check=check,
    needs=frozenset({"classified"}),
    events=frozenset({"issues"}),
)

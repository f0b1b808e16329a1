"""What a Policy may say, and hardly means. Pure; nothing is held back for it."""

from collections.abc import Iterator

from os2kb.phrases import Phrase
from os2kb.policy.closed_door import closed_doors
from os2kb.policy.document import Keys
from os2kb.policy.escalation.doubtful import doubtful
from os2kb.policy.load import ReadPolicy
from os2kb.policy.problem import PolicyProblem
from os2kb.policy.wordless import wordless


def remarks(read: ReadPolicy) -> tuple[PolicyProblem, ...]:
    """What to look at once more."""
    return tuple(PolicyProblem(*read.layers.place(keys), said) for keys, said in _remarks(read))


def _remarks(read: ReadPolicy) -> Iterator[tuple[Keys, Phrase]]:
    policy = read.policy
    if not policy.guidelines.source and _rules_turned_on(read):
        yield (
            ("guidelines", "source"),
            Phrase(
                "`guidelines.source` mangler, så det, reglerne finder, kan ikke bygge på et citat; "
                "skriv, hvor retningslinjerne står, for eksempel `source: CONTRIBUTING.md`.",
                "`guidelines.source` is missing, so what the rules find can rest on no quote; "
                "write where the guidelines stand, for example `source: CONTRIBUTING.md`.",
            ),
        )
    if policy.mode == "act" and not policy.labels.named():
        yield (
            ("mode",),
            Phrase(
                "`mode: act` uden en eneste etiket under `labels`, så ingen bliver sat på; skriv "
                "jeres etiketter ind, eller lad det stå, hvis det er meningen.",
                "`mode: act` without a single label under `labels`, so that none is put on; write "
                "your labels in, or leave it if that is meant.",
            ),
        )
    if policy.escalation is None and _names_no_model(read):
        yield (
            ("escalation",),
            Phrase(
                "`escalation` står uden indhold, så der er ingen eskaleringsmodel; skriv "
                "`escalation: {}` for hele forslaget.",
                "`escalation` says nothing, so there is no escalation model; write "
                "`escalation: {}` for the whole proposal.",
            ),
        )
    yield from doubtful(policy)
    yield from closed_doors(policy)
    yield from wordless(policy)


def _names_no_model(read: ReadPolicy) -> bool:
    """Whether `escalation:` stands without anything, and takes out no model of a layer below."""
    said = [one.data["escalation"] for one in read.layers.layers if "escalation" in one.data]
    return bool(said) and all(one is None for one in said)


def _rules_turned_on(read: ReadPolicy) -> bool:
    """Whether a file or a preset asks for a rule; those that hold by default need no guideline."""
    named = read.layers.data.get("guidelines", {}).get("rules", {})
    levels = read.policy.guidelines.rules.model_dump(by_alias=True)
    return any(levels[rule]["level"] != "off" for rule in named)

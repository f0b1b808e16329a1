"""Findings to labels: what to put on, and which of our own to take off."""

from collections.abc import Iterable, Sequence

from os2kb.governance.actions import AddLabel, RemoveLabel
from os2kb.governance.facts import Facts, Repository
from os2kb.governance.findings import Finding
from os2kb.governance.harmless.neutralise import scrub
from os2kb.governance.ledger.labels import existing, has, is_held, is_ours, put_on_by, rule_is_held
from os2kb.governance.rules import REGISTRY
from os2kb.phrases import Phrase
from os2kb.policy.policy import Policy

_RULES = {rule.id: rule for rule in REGISTRY}


def label_actions(
    facts: Facts, policy: Policy, findings: tuple[Finding, ...]
) -> tuple[AddLabel | RemoveLabel, ...]:
    """Labels that Findings call for and that may be set; ours that no Finding calls for any more.

    A rule that does not know leaves its labels as they are, and so does one that is off, or whose
    label somebody took off.
    """
    findings = tuple(one for one in findings if not rule_is_held(facts, one.rule))
    called = _called_for(facts, policy, findings)
    adds = [
        AddLabel(label, because=rule)
        for label, rule in called.items()
        if not has(facts, label) and not is_held(facts, label)
    ]
    removes = [
        RemoveLabel(label, because=rule)
        for label, rule in _ended(facts, policy, findings).items()
        if label not in called and is_ours(facts, label)
    ]
    return (*adds, *removes)


def lost_labels(repository: Repository, policy: Policy) -> tuple[str, ...]:
    """The labels that a Policy names and its repository does not have: nobody gets them."""
    there = {name.casefold() for name in repository.labels}
    named = list(policy.labels.named())
    if policy.jira and policy.jira.create and policy.jira.create.label:
        named.append(policy.jira.create.label)
    return tuple(name for name in dict.fromkeys(named) if name.casefold() not in there)


def lost_labels_line(lost: Sequence[str]) -> Phrase:
    """What is said of them."""
    named = scrub(", ".join(f"“{name}”" for name in lost))
    return Phrase(
        f"Etiketter, der ikke findes i repositoriet: {named}. De bliver ikke sat, før nogen "
        "opretter dem eller retter navnet i policyen.",
        f"Labels that the repository does not have: {named}. They are put on nothing until "
        "somebody makes them, or corrects the name in the Policy.",
    )


def _called_for(facts: Facts, policy: Policy, findings: Iterable[Finding]) -> dict[str, str]:
    """Existing label to the rule that calls for it. `wontfix` is nobody's to call for."""
    found: dict[str, str] = {}
    for finding in findings:
        label = existing(facts, policy.labels.of(finding.label)) if finding.label else None
        if label is not None and label.casefold() != "wontfix":
            found.setdefault(label, finding.rule)
    return found


def _ended(facts: Facts, policy: Policy, findings: tuple[Finding, ...]) -> dict[str, str]:
    """Labels on the subject that a rule might have set and does not call for now.

    Both what the Policy maps the rule's concepts to, and what the ledger says the rule once put
    on: a Policy may have changed its labels since. Several rules may share a label: it stays
    while one that put it on does not know.
    """
    doubted = {
        name.casefold()
        for finding in findings
        if finding.verdict == "unknown"
        for name in put_on_by(facts, finding.rule)
    }
    found: dict[str, str] = {}
    for finding in findings:
        concepts = _RULES[finding.rule].concepts
        if finding.verdict == "unknown" or not concepts:
            continue
        mapped = [policy.labels.of(concept) for concept in concepts]
        for name in (*mapped, *put_on_by(facts, finding.rule)):
            label = existing(facts, name)
            if label is not None and has(facts, label) and label.casefold() not in doubted:
                found.setdefault(label, finding.rule)
    return found

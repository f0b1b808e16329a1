"""Fields that the Policy lets go between GitHub and Jira, and for which it has no words."""

from collections.abc import Iterator, Mapping

from os2kb.phrases import Phrase
from os2kb.policy.document import Keys
from os2kb.policy.policy import Policy
from os2kb.policy.sections.jira import FieldName

_NO_WORDS = Phrase(
    "`jira.fields.{}` går et sted hen, men policyen siger ikke, hvad der svarer til hvad; skriv "
    "{}.",
    "`jira.fields.{}` goes somewhere, but the Policy does not say what means the same; write {}.",
)
_ONE_WAY = Phrase(
    "`jira.fields.{}` sættes kun i Jira, af fejlens alvorsgrad; GitHub har intet felt til det. "
    "Skriv `github-to-jira`, eller `severity` for alvorsgraden selv.",
    "`jira.fields.{}` is set in Jira alone, by the class of a fault; GitHub has no field for it. "
    "Write `github-to-jira`, or `severity` for the class itself.",
)


def wordless(policy: Policy) -> Iterator[tuple[Keys, Phrase]]:
    """Each field that goes nowhere for want of words, or cannot go the way that is said."""
    jira, labels = policy.jira, policy.labels
    if jira is None:
        return
    needed: Mapping[FieldName, tuple[bool, str]] = {
        "status": (bool(jira.statuses), "`jira.statuses`"),
        "type": (bool(set(jira.types) & set(labels.type)), "`jira.types` + `labels.type`"),
        "severity": (
            bool(set(jira.priorities) & set(labels.severity)),
            "`jira.priorities` + `labels.severity`",
        ),
    }
    for name, direction in jira.fields.items():
        there, missing = needed.get(name, (True, ""))
        if direction != "off" and not there:
            yield ("jira", "fields", name), _NO_WORDS.filled(name, missing)
        if name in ("priority", "due") and direction in ("both", "jira-to-github"):
            yield ("jira", "fields", name), _ONE_WAY.filled(name)

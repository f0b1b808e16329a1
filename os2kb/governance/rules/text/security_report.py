"""Purpose: a suspected vulnerability is reported in private, never where everyone can read it.

Nothing of the text is ever repeated: neither the Finding nor any comment quotes it or says which
words led to it.
"""

from collections.abc import Iterator
from datetime import datetime
from functools import lru_cache
from hashlib import sha256
from threading import Lock

from cachetools import LRUCache, cached

from os2kb.governance.facts import Comment, Facts
from os2kb.governance.findings import Finding
from os2kb.governance.ledger.holds import ignored
from os2kb.governance.ledger.labels import existing, put_on_by, taken_off
from os2kb.governance.reading.prose import prose
from os2kb.governance.rules.rule import BOTH, Rule, not_applicable
from os2kb.governance.rules.text.security_words import worth_weighing
from os2kb.governance.rules.text.vulnerability_cues import SUSPECTED, UNCERTAIN, suspicion
from os2kb.phrases import NOTHING, Phrase
from os2kb.policy.policy import Policy

ID = "security-report"
_REMEDY = Phrase(
    "Anmeld det i stedet ad den private kanal, og skriv ikke flere detaljer her.",
    "Report it through the private channel instead, and write no more details here.",
)


def check(facts: Facts, policy: Policy, now: datetime) -> Finding:  # noqa: ARG001
    """Weighs the words of title, body and people's comments."""
    label = existing(facts, policy.labels.security)
    if facts.repository.private:
        return not_applicable(
            ID, "Dette repository er ikke offentligt.", "This repository is not public."
        )
    ours = put_on_by(facts, ID)  # also under a name the label no longer has
    if any(taken_off(facts, name) for name in (*ours, *([label] if label else ()))):
        return not_applicable(
            ID,
            "En person har taget sikkerhedsetiketten af.",
            "A person took the security label off.",
        )
    worst, place = max(_suspicions(facts), key=lambda found: found[0])
    if worst >= SUSPECTED:
        return Finding(ID, "fail", place, _REMEDY, label="security")
    if worst >= UNCERTAIN:
        said = Phrase(
            "Teksten handler om sikkerhed; det er ikke klart, om den anmelder en sårbarhed.",
            "The text is about security; whether it reports a vulnerability is not clear.",
        )
        return Finding(ID, "unknown", said, NOTHING)
    return Finding(
        ID,
        "pass",
        Phrase(
            "Teksten ligner ikke en anmeldelse af en sårbarhed.",
            "The text does not look like a report of a vulnerability.",
        ),
    )


def suspected(facts: Facts, policy: Policy) -> bool:
    """Whether a text here must not be quoted, forwarded or answered from.

    Where people looked, and told us to leave the rule out, it is not.
    """
    if RULE.level(policy) == "off" or ID in ignored(facts):
        return False
    return check(facts, policy, facts.updated_at).verdict == "fail"


def clearly_harmless(facts: Facts) -> bool:
    """Whether nothing here is near enough to a report to be kept from others' services."""
    return max(worst for worst, _ in _suspicions(facts)) < UNCERTAIN


def _suspicions(facts: Facts) -> Iterator[tuple[int, Phrase]]:
    text = 0 if facts.author.is_bot else _weighed(facts.title, facts.body)
    yield (
        text,
        Phrase(
            "Teksten ligner en anmeldelse af en sårbarhed, og alle kan læse den.",
            "The text looks like a report of a vulnerability, and everyone can read it.",
        ),
    )
    yield (
        _worst(facts.comments),
        Phrase(
            "En kommentar ligner en anmeldelse af en sårbarhed, og alle kan læse den.",
            "A comment looks like a report of a vulnerability, and everyone can read it.",
        ),
    )


# One decision asks several times about the same texts.
@lru_cache(maxsize=4)
def _worst(comments: tuple[Comment, ...]) -> int:
    theirs = (one for one in comments if not one.author.is_bot and not one.author.is_self)
    worst = 0
    for one in theirs:
        worst = max(worst, _weighed("", one.body))
        if worst >= SUSPECTED:  # what is worse makes no difference
            break
    return worst


def _digest(title: str, markdown: str) -> bytes:
    return sha256(repr((title, markdown)).encode()).digest()


# A new comment on a long thread must not have all the others weighed again, a millisecond or two
# each. The texts themselves are not kept.
@cached(LRUCache(maxsize=20_000), key=_digest, lock=Lock())
def _weighed(title: str, markdown: str) -> int:
    """How suspicious a text is; 0 also for one that cannot come near `UNCERTAIN`."""
    if not worth_weighing(f"{title}\n{markdown}"):
        return 0
    return suspicion(title, prose(markdown))


RULE = Rule(
    id=ID,
    asks=NOTHING,  # it is an alarm: nobody is praised for not setting it off
    applies_to=BOTH,
    topic=(
        "sårbarheder meldes privat og aldrig i et offentligt issue / "
        "sikkerhedshul meldes privat / "
        "report vulnerabilities privately, never in a public issue / "
        "security report private"
    ),
    concepts=(),  # its label stays until a person takes it off, also when the text is mended
    setting=lambda rules: rules.security_report,
    check=check,
    events=frozenset({"issues", "issue_comment", "pull_request"}),
)

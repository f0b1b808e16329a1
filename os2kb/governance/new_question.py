"""The question that a new issue asks, and that may be answered before anybody has asked for it.

People complain about bots that answer old threads, answer twice or answer what was no question: so
only a new issue is looked at, once, while nobody else has said anything.
"""

import re
from datetime import datetime, timedelta

from os2kb.governance.commands.given.command import commands_in
from os2kb.governance.facts import Facts
from os2kb.governance.harmless.withheld import withhold
from os2kb.governance.ledger.labels import existing, has
from os2kb.governance.ledger.marks import own_comment, settled
from os2kb.governance.reading.prose import visible_lines
from os2kb.governance.rules.issue.type_cues import without_prefix
from os2kb.governance.rules.issue.type_label import type_of
from os2kb.governance.rules.text.personal_data import holds_personal_data
from os2kb.governance.rules.text.security_report import suspected
from os2kb.policy.policy import Policy

MARKER = "question"
NEW = timedelta(days=1)
_READ = 6_000  # characters of the body; who has a question asks it early
_LONGEST = 300  # characters of a question
_FEWEST_WORDS, _FEWEST_IN_BODY = 3, 4
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")
# What only a question begins with: “can you add …?” is a wish, and “why does …?” mostly a fault.
_SEEKS = re.compile(
    r"(?:hv(?:em|ad|ilke[nt]?|or(?:dan|når|henne|fra|til)?)|how|what|which|who|whom|whose|where"
    r"|when)\b",
    re.IGNORECASE,
)
# What points at something outside the sentence: nobody can look “how do I solve it?” up.
_POINTS = re.compile(r"\b(?:it|this|that|these|those|they|them|here|dette|denne|disse)\b", re.I)
_POINTS_IN_BODY = re.compile(_POINTS.pattern + r"|\b(?:you|your|det|den|de|her|sådan)\b", re.I)


def new_question(facts: Facts, policy: Policy, now: datetime) -> str:
    """The question to put to the public documents; empty where none may be answered unasked."""
    if not _is_waiting(facts, policy, now) or not _is_question(facts, policy):
        return ""
    if suspected(facts, policy) or holds_personal_data(facts, now):
        return ""
    if withhold(text := f"{facts.title}\n{facts.body}") != text:  # a secret
        return ""
    return question_in(facts.title, facts.body)


def question_in(title: str, body: str) -> str:
    """The sentence that asks, and that can be understood alone; empty where there is none.

    The title, else the first such sentence of the body; a form's own questions are its headings.
    """
    asked = " ".join(without_prefix(title).split())
    asks = asked.endswith("?") or _SEEKS.match(asked)
    if asks and _is_whole(asked, _FEWEST_WORDS) and not _POINTS.search(asked):
        return asked
    lines = (line for line in visible_lines(body[:_READ]) if not line.startswith("#"))
    return next((one for line in lines for one in _SENTENCE_END.split(line) if _stands(one)), "")


def _stands(sentence: str) -> bool:
    """Whether a sentence of a body is a question that needs no other sentence."""
    asks = sentence.endswith("?") and _SEEKS.match(sentence)
    return (
        bool(asks) and _is_whole(sentence, _FEWEST_IN_BODY) and not _POINTS_IN_BODY.search(sentence)
    )


def _is_whole(sentence: str, least: int) -> bool:
    return len(sentence.split()) >= least and len(sentence) <= _LONGEST


def _is_waiting(facts: Facts, policy: Policy, now: datetime) -> bool:
    """Whether it is a person's new issue that nobody else has said anything on, we neither."""
    if policy.questions == "off" or facts.policy_problems:
        return False
    is_open = facts.pull_request is None and facts.open and not facts.locked
    if not is_open or facts.author.is_bot or now - facts.created_at >= NEW:
        return False
    if settled(facts.receipts, f"comment:{MARKER}") or own_comment(facts, MARKER) is not None:
        return False
    theirs = (one for one in facts.comments if not one.author.is_bot and not one.author.is_self)
    return all(
        one.author.login == facts.author.login
        and not any(command.word == "ask" for command in commands_in(one))
        for one in theirs
    )


def _is_question(facts: Facts, policy: Policy) -> bool:
    """By the label of its type, whoever put it on, else by what the issue says."""
    on = {
        concept
        for concept, name in policy.labels.type.items()
        if (label := existing(facts, name)) is not None and has(facts, label)
    }
    if on:
        return on == {"question"}
    guess = type_of(facts)
    if guess is not None:
        return guess.concept == "question"
    asked = without_prefix(facts.title).strip()
    return asked.endswith("?") and _SEEKS.match(asked) is not None

"""What our knowledge says to the questions of a subject: those put to us, and a new issue's own."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType

from index.passages import Visibility
from os2kb.answers.answer import Answer, Answers
from os2kb.answers.ask import NotIndexed
from os2kb.governance.commands.given.pending import pending_questions
from os2kb.governance.facts import Facts
from os2kb.governance.new_question import new_question
from os2kb.logs import get_logger
from os2kb.policy.policy import Policy

log = get_logger()


def answered(
    answers: Answers, facts: Facts, policy: Policy, product: str, now: datetime
) -> Mapping[int, Answer]:
    """Answers to what was asked here; only public knowledge reaches a public repository."""
    seen: frozenset[Visibility] = (
        frozenset({"public", "internal"}) if facts.repository.private else frozenset({"public"})
    )
    try:
        return MappingProxyType(
            {
                comment: answers.ask(question, product=product, visibility=seen)
                for comment, question in pending_questions(facts, policy, now)
            }
        )
    except NotIndexed:
        log.warning("question_without_index", subject=str(facts.subject))
        return MappingProxyType({})


def offered(
    quotes: Answers, facts: Facts, policy: Policy, product: str, now: datetime
) -> Answer | None:
    """What public documents say to the question of a new issue, also in a private repository.

    Nobody asked, so no language model is told of it, and nothing of it is kept.
    """
    question = new_question(facts, policy, now)
    if not question:
        return None
    try:
        return quotes.ask(question, product=product, lang=facts.language)
    except NotIndexed:
        return None

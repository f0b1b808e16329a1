"""The reply to a new issue that asks a question: an answer, some links, or nothing at all."""

from datetime import datetime

from os2kb.answers.answer import Answer
from os2kb.answers.tiers import MOST_LINKS, tier
from os2kb.governance.actions import PutComment
from os2kb.governance.comments.answer_text import answer_and_sources
from os2kb.governance.comments.render import comment
from os2kb.governance.facts import Facts
from os2kb.governance.harmless.neutralise import Markdown, link, safe_address
from os2kb.governance.new_question import MARKER, new_question
from os2kb.governance.wording.worded import worded
from os2kb.policy.policy import Policy


def question_reply(facts: Facts, policy: Policy, now: datetime) -> tuple[PutComment, ...]:
    """The reply, where what was found is sure enough to be offered; given once."""
    offered = facts.offered
    if offered is None or not new_question(facts, policy, now):
        return ()
    found = tier(offered)
    if found == "nothing":
        return ()
    sure = found == "answer" and policy.questions == "answer"
    links = _links(offered)
    if not sure and not links:
        return ()

    def compose(limit: int) -> Markdown:
        if sure:
            return _answer(facts, offered, limit)
        return worded("question-links", facts.language, facts.wordings, {"links": links})

    return (PutComment(MARKER, comment(MARKER, compose), because="question"),)


def _answer(facts: Facts, offered: Answer, limit: int) -> Markdown:
    said, sources = answer_and_sources(offered, limit)
    values = {"answer": said, "sources": sources}
    return worded("question-answer", facts.language, facts.wordings, values)


def _links(offered: Answer) -> Markdown:
    """The best places that have an address; empty where none has."""
    led = [(heading, url) for heading, url in offered.nearest if safe_address(url)]
    return Markdown("\n".join(f"- {link(heading, url)}" for heading, url in led[:MOST_LINKS]))

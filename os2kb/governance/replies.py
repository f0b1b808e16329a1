"""Replies to commands: one for each comment that gives some."""

import re
from datetime import datetime

from os2kb.answers.answer import Answer
from os2kb.governance.commands import KNOWN, Command, permitted
from os2kb.governance.comments.answer_text import answer_text
from os2kb.governance.comments.render import comment, text
from os2kb.governance.comments.status import is_edited
from os2kb.governance.comments.views import views
from os2kb.governance.facts import Facts
from os2kb.governance.findings import Finding
from os2kb.governance.neutralise import Markdown, code_span
from os2kb.governance.pending import first_question, unanswered
from os2kb.governance.plan import PutComment
from os2kb.governance.rules import ALARMS
from os2kb.phrases import Phrase
from os2kb.policy.policy import Policy

_A_WORD = re.compile(r"[a-z-]{1,20}")
_USAGE = {"ask": Phrase("/os2 ask <spørgsmål>", "/os2 ask <question>")}
_UNKNOWN = Phrase(
    "Kommandoen {} findes ikke her. Du kan bruge {}.",
    "There is no command {} here. You can use {}.",
)
_NO_COMMAND = Phrase(
    "Den kommando findes ikke her. Du kan bruge {}.",
    "There is no such command here. You can use {}.",
)
_FORBIDDEN = Phrase(
    "Kommandoen {} kan du ikke bruge her; policyen siger, hvem der kan.",
    "You cannot use the command {} here; the Policy says who can.",
)
_EMPTY = Phrase(
    "Skriv spørgsmålet efter `/os2 ask` på samme linje.",
    "Write the question after `/os2 ask` on the same line.",
)
_ONE_QUESTION = Phrase(
    "Jeg svarer på ét spørgsmål pr. kommentar; stil det næste i en ny.",
    "I answer one question in each comment; ask the next in a new one.",
)
_PRIVATE = Phrase(
    "Jeg svarer ikke på spørgsmål her, fordi teksten ligner en anmeldelse af en sårbarhed.",
    "I answer no questions here, because the text looks like a report of a vulnerability.",
)


def replies(
    facts: Facts,
    policy: Policy,
    findings: tuple[Finding, ...],
    now: datetime,
    *,
    observing: bool,
    private: bool,
) -> tuple[PutComment, ...]:
    """A reply for each comment whose commands await one and can have it.

    Args:
        facts: with the answers that were composed.
        policy: says who may give which command.
        findings: what `/os2 why` tells.
        now: comments that are old by then are left alone.
        observing: said by `/os2 why`.
        private: nothing may be answered from the text of this subject.
    """
    made = []
    for written, commands in unanswered(facts, now):
        question = first_question(commands)
        waits = question is not None and permitted(question, facts, policy) and not private
        answer = facts.answers.get(written.id)
        if waits and answer is None:
            continue

        def compose(
            limit: int,
            commands: tuple[Command, ...] = commands,
            answer: Answer | None = None if private else answer,
        ) -> Markdown:
            reply = _Reply(facts, policy, findings, answer, observing, private, limit)
            return reply.to(commands)

        marker = f"reply:{written.id}"
        reads = any(one.known and permitted(one, facts, policy) for one in commands)
        because = ", ".join(dict.fromkeys(f"/os2 {one.word}" for one in commands if one.known))
        made.append(PutComment(marker, comment(marker, compose), because or "/os2", asked=reads))
    return tuple(made)


class _Reply:
    """One reply while it is being written."""

    def __init__(
        self,
        facts: Facts,
        policy: Policy,
        findings: tuple[Finding, ...],
        answer: Answer | None,
        observing: bool,
        private: bool,
        limit: int,
    ) -> None:
        self.facts, self.policy, self.findings = facts, policy, findings
        self.answer, self.observing, self.private = answer, observing, private
        self.language, self.limit = facts.language, limit

    def to(self, commands: tuple[Command, ...]) -> Markdown:
        """Each command answered in turn, what is asked twice once."""
        question = first_question(commands)
        parts = dict.fromkeys(self._part(command, command is question) for command in commands)
        return Markdown("\n\n".join(part.strip() for part in parts) + "\n")

    def _part(self, command: Command, is_the_question: bool) -> Markdown:
        if not command.known:
            known = ", ".join(code_span(f"/os2 {word}") for word in KNOWN)
            if not _A_WORD.fullmatch(command.word):  # whatever it is, it is not repeated
                return self._line(_NO_COMMAND, known)
            return self._line(_UNKNOWN, code_span(f"/os2 {command.word}"), known)
        if not permitted(command, self.facts, self.policy):
            return self._line(_FORBIDDEN, code_span(f"/os2 {command.word}"))
        if command.word == "help":
            return self._help()
        if command.word == "why":
            return self._why()
        if self.private:
            return self._line(_PRIVATE)
        if not command.text:
            return self._line(_EMPTY)
        if not is_the_question or self.answer is None:
            return self._line(_ONE_QUESTION)
        return answer_text(self.answer, self.limit)

    def _help(self) -> Markdown:
        commands = [
            {
                "usage": _USAGE.get(word, _plain(word)).in_language(self.language),
                "does": does.in_language(self.language),
            }
            for word, does in KNOWN.items()
        ]
        return text("help", self.language, commands=commands)

    def _why(self) -> Markdown:
        told = self.findings
        if self.private:  # other evidence may name branches and numbers from the report
            told = tuple(finding for finding in told if finding.rule in ALARMS)
        shown = views(told, self.language, self.limit)
        return text(
            "why",
            self.language,
            findings=shown,
            observing=self.observing,
            draft=bool(self.facts.pull_request and self.facts.pull_request.draft),
            edited=is_edited(self.facts),
        )

    def _line(self, phrase: Phrase, *values: str) -> Markdown:
        return Markdown(phrase.in_language(self.language).format(*values))


def _plain(word: str) -> Phrase:
    return Phrase(f"/os2 {word}", f"/os2 {word}")

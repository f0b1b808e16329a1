"""Replies to commands: one for each comment that gives some."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from difflib import get_close_matches

from os2kb.answers.answer import Answer
from os2kb.governance.actions import Action, PutComment, Remember
from os2kb.governance.commands.given.command import Command
from os2kb.governance.commands.given.known import KNOWN
from os2kb.governance.commands.given.pending import first_question
from os2kb.governance.commands.given.permission import is_anybodys, permitted, who_may
from os2kb.governance.commands.given.repeats import LAST, Reply, told_once
from os2kb.governance.commands.given.unanswered import begun, last_of_the_hour, unanswered
from os2kb.governance.commands.why import why
from os2kb.governance.comments.answer_text import answer_text
from os2kb.governance.comments.left_out import left_out_line
from os2kb.governance.comments.render import comment, text
from os2kb.governance.comments.verdicts import count, verdicts
from os2kb.governance.comments.views import views
from os2kb.governance.escalation.from_facts import standing_of
from os2kb.governance.facts import Facts
from os2kb.governance.findings import Finding
from os2kb.governance.harmless.neutralise import Markdown, code_span
from os2kb.governance.ledger.holds import is_paused
from os2kb.governance.rules import ALARMS
from os2kb.phrases import Phrase
from os2kb.policy.policy import Policy

_A_WORD = re.compile(r"[a-z-]{1,20}")
_UNKNOWN = Phrase(
    "Kommandoen {} findes ikke her. `/os2 help` viser dem, du kan bruge.",
    "There is no command {} here. `/os2 help` shows those that you can use.",
)
_LIKELY = Phrase(
    "Kommandoen {} findes ikke her. Mente du {}?", "There is no command {} here. Did you mean {}?"
)
_NO_COMMAND = Phrase(
    "Den kommando findes ikke her. `/os2 help` viser dem, du kan bruge.",
    "There is no such command here. `/os2 help` shows those that you can use.",
)
_FORBIDDEN = Phrase(
    "Kommandoen {} kan du ikke bruge her. Den er for {}.",
    "You cannot use the command {} here. It is for {}.",
)
_NOBODYS = Phrase(
    "Kommandoen {} må ingen give her, før policyen siger hvem, under `{}`.",
    "Nobody may give the command {} here until the Policy says who, under `{}`.",
)
_EMPTY = Phrase(
    "Skriv spørgsmålet efter `/os2 ask` på samme linje.",
    "Write the question after `/os2 ask` on the same line.",
)
_ONE_QUESTION = Phrase(
    "Jeg svarer på ét spørgsmål pr. kommentar; stil det næste i en ny.",
    "I answer one question in each comment; ask the next in a new one.",
)
_ONLY_OBSERVES = Phrase(
    "Jeg ser kun med her, så {} udfører jeg ikke.", "I only observe here, so I do not carry out {}."
)
_EDITED = Phrase(
    "Kommentaren er rettet, før jeg nåede at svare. Jeg har udført det, der stod i den først.",
    "The comment was edited before I had answered. I have carried out what it said at first.",
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
    said: Mapping[tuple[int, int], Markdown],
    observing: bool,
    private: bool,
) -> tuple[PutComment | Remember, ...]:
    """A reply for each comment whose commands await one and can have it.

    Args:
        facts: with the answers that were composed.
        policy: says who may give which command.
        findings: what `/os2 why` and `/os2 recheck` tell.
        now: comments that are old by then are left alone.
        said: comment id and place in it to what a command that was carried out comes to.
        observing: only what reads is answered, and nothing that is yet to be finished.
        private: nothing may be answered from the text of this subject.
    """
    made = []
    unfinished = begun(facts, now) if observing else {}
    last = last_of_the_hour(facts, now)
    for written, commands in unanswered(facts, now):
        question = first_question(commands)
        waits = question is not None and permitted(question, facts, policy) and not private
        answer = facts.answers.get(written.id)
        if (waits and answer is None) or written.id in unfinished:
            continue

        def compose(
            limit: int,
            commands: tuple[Command, ...] = commands,
            answer: Answer | None = None if private else answer,
            is_last: bool = written.id in last,
        ) -> Markdown:
            reply = _Reply(facts, policy, findings, answer, said, observing, private, limit, now)
            text = reply.to(commands)
            return Markdown(f"{text}\n{LAST.in_language(facts.language)}\n") if is_last else text

        marker = f"reply:{written.id}"
        reads = any(one.reads and permitted(one, facts, policy) for one in commands)
        because = ", ".join(dict.fromkeys(one.because for one in commands)) or "/os2"
        put = PutComment(marker, comment(marker, compose), because=because, asked=reads)
        made.append(Reply(written, commands, put))
    return told_once(facts, made)


def with_replies(
    actions: Sequence[Action], made: Sequence[PutComment | Remember]
) -> tuple[Action, ...]:
    """Each reply directly after what its comment's commands did.

    Where we are cut off in between, no later command has been carried out, and the reply that is
    then owed says the same.
    """
    owed: dict[str, Action] = {one.key.replace("comment:reply:", "command:"): one for one in made}
    ordered: list[Action] = []
    for action in actions:
        ordered.append(action)
        if action.key in owed:
            ordered.append(owed.pop(action.key))
    return (*ordered, *owed.values())


class _Reply:
    """One reply while it is being written."""

    def __init__(
        self,
        facts: Facts,
        policy: Policy,
        findings: tuple[Finding, ...],
        answer: Answer | None,
        said: Mapping[tuple[int, int], Markdown],
        observing: bool,
        private: bool,
        limit: int,
        now: datetime,
    ) -> None:
        self.facts, self.policy, self.findings = facts, policy, findings
        self.answer, self.said, self.observing, self.private = answer, said, observing, private
        self.language, self.limit, self.now = facts.language, limit, now

    def to(self, commands: tuple[Command, ...]) -> Markdown:
        """Each command answered in turn, what is asked twice once."""
        if not commands:
            return self._line(_EDITED)
        question = first_question(commands)
        parts = dict.fromkeys(
            self._part(command, place, command is question)
            for place, command in enumerate(commands)
        )
        return Markdown("\n\n".join(part.strip() for part in parts) + "\n")

    def _part(self, command: Command, place: int, is_the_question: bool) -> Markdown:
        if not command.known:
            return self._unknown(command.word)
        if not permitted(command, self.facts, self.policy):
            written = code_span(f"/os2 {command.word}")
            if not is_anybodys(command, self.policy):
                return self._line(_NOBODYS, written, f"commands.{command.word}")
            may = who_may(command, self.policy).in_language(self.language)
            return self._line(_FORBIDDEN, written, may)
        if self.observing and not command.reads:
            return self._line(_ONLY_OBSERVES, code_span(f"/os2 {command.word}"))
        match command.word:
            case "help":
                return self._help(command)
            case "why":
                return self._why()
            case "recheck":
                return self._recheck()
            case "ask":
                return self._answer(command, is_the_question)
        return self.said[command.comment_id, place]

    def _answer(self, command: Command, is_the_question: bool) -> Markdown:
        if self.private:
            return self._line(_PRIVATE)
        if not command.text:
            return self._line(_EMPTY)
        if not is_the_question or self.answer is None:
            return self._line(_ONE_QUESTION)
        return answer_text(self.answer, self.limit)

    def _unknown(self, word: str) -> Markdown:
        if not _A_WORD.fullmatch(word):  # whatever it is, it is not repeated
            return self._line(_NO_COMMAND)
        written, likely = code_span(f"/os2 {word}"), get_close_matches(word, KNOWN, n=1)
        if likely:
            return self._line(_LIKELY, written, code_span(f"/os2 {likely[0]}"))
        return self._line(_UNKNOWN, written)

    def _help(self, asked: Command) -> Markdown:
        """The commands that whoever asks may give here, and folded whose the others are."""
        every = [
            one
            for one in asked.asks_about()
            if (one.reads or not self.observing) and (one.word != "jira" or self.policy.jira)
        ]
        theirs = [one for one in every if permitted(one, self.facts, self.policy)]
        commands = [
            {
                "usage": f"/os2 {word} {known.takes.in_language(self.language)}".rstrip(),
                "does": known.does.in_language(self.language),
            }
            for word, known in ((one.word, KNOWN[one.word]) for one in theirs)
        ]
        others: dict[str, list[str]] = {}
        for one in every:
            if one not in theirs and is_anybodys(one, self.policy):
                whose = who_may(one, self.policy).in_language(self.language)
                others.setdefault(whose, []).append(code_span(f"/os2 {one.word}"))
        told = "; ".join(f"{', '.join(words)}: {whose}" for whose, words in others.items())
        return text("help", self.language, commands=commands, others=Markdown(told))

    def _why(self) -> Markdown:
        return why(
            self.facts,
            self.policy,
            self.findings,
            self.limit,
            observing=self.observing,
            private=self.private,
            stands=standing_of(self.facts, self.policy, self.now),
            at=self.now,
        )

    def _recheck(self) -> Markdown:
        told = [one for one in self.findings if not self.private or one.rule in ALARMS]
        found = verdicts(told)
        unknown = [one for one in told if one.verdict == "unknown"]
        return text(
            "recheck",
            self.language,
            count=count(found.blocking, self.language) if found.blocking else "",
            failing=views(found.failing, self.language, self.limit),
            unsure=views(unknown, self.language, self.limit),
            left_out=left_out_line(found.left_out, self.facts),
            paused=is_paused(self.facts),
        )

    def _line(self, phrase: Phrase, *values: str) -> Markdown:
        return Markdown(phrase.in_language(self.language).format(*values))

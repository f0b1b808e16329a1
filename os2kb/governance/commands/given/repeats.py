"""The same asked again: who would get the same answer is told so in the first one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from os2kb.governance.actions import PutComment, Remember
from os2kb.governance.commands.given.command import Command, commands_in
from os2kb.governance.commands.given.unanswered import HOUR, MOST_AN_HOUR, leave_alone
from os2kb.governance.facts import Comment, Facts
from os2kb.governance.ledger.marks import edited_by_a_person, same_text
from os2kb.phrases import Phrase

AGAIN = Phrase(
    "Du har spurgt igen, og svaret er det samme.",
    "You have asked again, and the answer is the same.",
)
LAST = Phrase(
    f"Jeg svarer dig her højst {MOST_AN_HOUR} gange i timen; kommandoer derudover lader jeg ligge.",
    f"I answer you here at most {MOST_AN_HOUR} times an hour; commands beyond that are left alone.",
)
_LINES = tuple(line for phrase in (AGAIN, LAST) for line in (phrase.da, phrase.en))
_Question = tuple[str, tuple[tuple[str, str], ...]]


@dataclass(frozen=True, slots=True)
class Reply:
    """A reply to the commands of a comment."""

    written: Comment
    commands: tuple[Command, ...]
    put: PutComment


def told_once(facts: Facts, made: Sequence[Reply]) -> tuple[PutComment | Remember, ...]:
    """The replies, but for those that repeat one to the same person within the hour.

    The first of them says that it was asked again, once; the other comments are left alone.
    """
    given = {_question(one.written, one.commands): one for one in _given(facts, made)}
    kept: dict[str, PutComment] = {}
    notes: list[Remember] = []
    for one in made:
        question = _question(one.written, one.commands)
        first = given.get(question)
        if first is None or not _repeats(one, first):
            given[question] = one
            kept[one.put.marker] = one.put
            continue
        notes.append(leave_alone(one.written.id))
        lines = [AGAIN, *([LAST] if LAST.in_language(facts.language) in one.put.body else [])]
        body = first.put.body
        for line in (phrase.in_language(facts.language) for phrase in lines):
            body = body if line in body else f"{body.rstrip()}\n\n{line}\n"
        if body != first.put.body:
            given[question] = replace(first, put=replace(first.put, body=body))
            kept[first.put.marker] = given[question].put
    return (*kept.values(), *notes)


def _repeats(one: Reply, first: Reply) -> bool:
    soon = one.written.created_at - first.written.created_at < HOUR
    reads = bool(one.commands) and all(command.reads for command in one.commands)
    return soon and reads and same_text(_answer(one.put.body), _answer(first.put.body))


def _answer(body: str) -> str:
    """What a reply says beside its marker and our lines below it."""
    said = body.partition("\n")[2].rstrip()
    while found := next((line for line in _LINES if said.endswith(f"\n{line}")), ""):
        said = said.removesuffix(found).rstrip()
    return said


def _given(facts: Facts, made: Sequence[Reply]) -> Iterator[Reply]:
    """What the same people asked lately, with our replies; one that a person edited is theirs."""
    since = {one.written.author.login: one.written.created_at - HOUR for one in reversed(made)}
    ours = {one.body.lstrip().partition("\n")[0]: one for one in facts.comments if _is_ours(one)}
    for written in facts.comments if ours else ():
        if not _is_recent(written, since):
            continue
        marker = f"reply:{written.id}"
        reply = ours.get(f"<!-- os2kb:{marker} -->")
        if reply and not edited_by_a_person(facts, reply, f"comment:{marker}"):
            commands = commands_in(written)
            because = ", ".join(dict.fromkeys(one.because for one in commands))
            yield Reply(
                written, commands, PutComment(marker, reply.body, because=because, asked=True)
            )


def _is_ours(comment: Comment) -> bool:
    return comment.author.is_self and comment.body.lstrip().startswith("<!-- os2kb:reply:")


def _is_recent(written: Comment, since: dict[str, datetime]) -> bool:
    login = written.author.login
    return login in since and written.created_at > since[login]


def _question(written: Comment, commands: tuple[Command, ...]) -> _Question:
    return written.author.login, tuple((one.word, one.text) for one in commands)

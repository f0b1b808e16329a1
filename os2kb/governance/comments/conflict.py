"""The note that asks a person what both sides changed: one for each issue, edited in place."""

from dataclasses import dataclass

from os2kb.backlog.comments import Done
from os2kb.backlog.merge import Merged
from os2kb.backlog.sides import Value, other
from os2kb.governance.actions import PutComment
from os2kb.governance.actions.carry import BECAUSE
from os2kb.governance.comments.render import comment, text
from os2kb.governance.facts import Facts
from os2kb.governance.harmless.neutralise import Markdown, link, neutralise
from os2kb.governance.ledger.marks import (
    NOT_CALLED_FOR,
    edited_by_a_person,
    latest,
    own_comment,
    same_text,
)
from os2kb.governance.tickets.in_step import InStep
from os2kb.governance.tickets.told_in_step import NAMES
from os2kb.phrases import Phrase

MARKER = "conflict"
_KEY = f"comment:{MARKER}"
_COMMENT = Phrase("kommentaren {} og dens kopi", "the comment {} and its copy")


@dataclass(frozen=True, slots=True)
class View:
    """A field that both sides changed.

    Attributes:
        jira: what the ticket says; empty where that must not be shown.
        commands: what settles it.
    """

    name: str
    github: Markdown
    jira: Markdown
    commands: tuple[str, ...]


def conflict_note(facts: Facts, step: InStep) -> tuple[PutComment, ...]:
    """The note, where something waits for a person, or a note still says that it does.

    One that a person deleted is not written again for the same values, and one that a person
    edited stays as it is.
    """
    present = own_comment(facts, MARKER)
    if facts.locked or (present is None and not (step.conflicts or step.torn)):
        return ()
    put = PutComment(MARKER, _body(facts, step), because=BECAUSE)
    if present is None:
        last = latest(facts.receipts, _KEY)
        asked = last is not None and last.content == put.content and last.note != NOT_CALLED_FOR
        return () if asked and last is not None and last.state != "planned" else (put,)
    if same_text(present.body, put.body) or edited_by_a_person(facts, present, _KEY):
        return ()
    return (put,)


def _body(facts: Facts, step: InStep) -> str:
    assert facts.ticket is not None  # or nothing is in conflict  # noqa: S101
    ticket = link(facts.ticket.key, facts.ticket.url)

    def compose(limit: int) -> Markdown:
        fields = [_view(one, step, facts, limit) for one in step.conflicts]
        fields += [_torn(one, step, facts, limit) for one in step.torn]
        return text("conflict", facts.language, ticket=ticket, fields=fields)

    return comment(MARKER, compose)


def _view(one: Merged, step: InStep, facts: Facts, limit: int) -> View:
    return View(
        NAMES[one.field].in_language(facts.language),
        _shown(step.github.get(one.field, ""), limit),
        _shown(step.shown.get(one.field, ""), limit),
        one.commands,
    )


def _torn(one: Done, step: InStep, facts: Facts, limit: int) -> View:
    """A comment and its copy."""
    said, name = one.comment, _COMMENT.filled(one.comment.id)
    key = f"{said.side}:{said.id}"
    sides = (said.side, other(said.side))
    return View(
        name.in_language(facts.language),
        _shown(step.texts[key]["github"], limit),
        _shown(step.shown_texts[key], limit),
        tuple(f"/os2 jira sync {said.id} {side}" for side in sides),
    )


def _shown(value: Value, limit: int) -> Markdown:
    said = value if isinstance(value, str) else ", ".join(sorted(value))
    return neutralise(said, limit)

"""What is said to those whom the ladder reaches: in a comment, and outside the forge.

Nothing of the text of an issue is repeated: who is told reads it there.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime

from index.passages import Language
from os2kb.governance.comments.escalation import Told, promises_told
from os2kb.governance.comments.render import comment, text
from os2kb.governance.escalation import ladder
from os2kb.governance.escalation.standing import Standing
from os2kb.governance.harmless.neutralise import Markdown, code_span
from os2kb.phrases import Phrase
from os2kb.policy.sections.escalation import Escalation, Moment

_CLASS = Phrase("Fejlen er {}", "The fault is {}")
_NO_CLASS = Phrase(
    "Nogen har bedt om denne besked med /os2 escalate.",
    "Someone asked for this message with /os2 escalate.",
)
_ASKED = Phrase(
    ", og nogen har bedt om denne besked med /os2 escalate.",
    ", and someone asked for this message with /os2 escalate.",
)
_LATE: dict[Moment | None, Phrase] = {
    None: Phrase(".", "."),
    "respond": Phrase(", og der er ikke svaret i tide.", ", and there was no answer in time."),
    "plan": Phrase(", og der er ingen plan i tide.", ", and there was no plan in time."),
    "fix": Phrase(", og den er ikke rettet i tide.", ", and it was not mended in time."),
}
_ANEW = Phrase(", og den er åbnet igen.", ", and it was opened again.")
_RUNG = Phrase("Trin {} af {} er nået: {}.", "Rung {} of {} is reached: {}.")
_WAYS = {
    "zulip": Phrase("en kanal i Zulip", "a stream in Zulip"),
    "mailto": Phrase("en postkasse", "a mailbox"),
    "jira": Phrase("et felt i Jira", "a field in Jira"),
}
_SUBJECT = Phrase("{}: fejl, {}", "{}: fault, {}")
_SUBJECT_ALONE = Phrase("{}: fejl", "{}: fault")
_PRIVATE = Phrase("{}: mulig sårbarhed", "{}: possible vulnerability")
_REPORTED = Phrase(
    "Det ligner en sårbarhed, og alle kan læse det:",
    "This looks like a vulnerability, and everybody can read it:",
)
_MARKED = Phrase(
    "Det er mærket som en mulig sårbarhed:", "This is marked as a possible vulnerability:"
)


def mention(
    marker: str,
    to: tuple[str, ...],
    rung: ladder.Told,
    stands: Standing,
    model: Escalation,
    at: datetime,
    words: Told,
) -> str:
    """The comment that mentions people; whom, the Policy says, so that they stand as written."""
    body = text(
        "told",
        words.language,
        to=Markdown(" ".join(to)),
        why=_why(rung, stands, model, words),
        rung=words.say(_RUNG, rung.rung, len(model.ladder), rung.name),
        lines=tuple(promises_told(stands, at, words)),
    )
    return comment(marker, lambda _: body)


def message(
    address: str, rung: ladder.Told, stands: Standing, model: Escalation, at: datetime, words: Told
) -> str:
    """The same as plain text, with the issue's address."""
    why = _why(rung, stands, model, words)
    reached = words.say(_RUNG, rung.rung, len(model.ladder), rung.name)
    return "\n".join((f"{why} {reached}", *promises_told(stands, at, words), address))


def named(to: Iterable[str], language: Language) -> Markdown:
    """Who is told, where everybody reads it: streams, mailboxes and fields are not named there."""

    def shown(one: str) -> str:
        kind = one.partition(":")[0]
        return _WAYS[kind].in_language(language) if kind in _WAYS else code_span(one)

    return Markdown(", ".join(dict.fromkeys(map(shown, to))))


def subject_line(name: str, stands: Standing, words: Told) -> str:
    """Which issue it is, and its class."""
    if stands.severity is None:
        return words.say(_SUBJECT_ALONE, name)
    return words.say(_SUBJECT, name, stands.severity)


def private_subject(name: str, words: Told) -> str:
    """Which issue may be a vulnerability."""
    return words.say(_PRIVATE, name)


def private_message(
    address: str, stands: Standing, at: datetime, words: Told, *, is_public: bool
) -> str:
    """That it may be one, by when what is due, and where it is; nothing of what it says."""
    due = promises_told(stands, at, words) if stands.private else iter(())
    return "\n".join((words.say(_REPORTED if is_public else _MARKED), *_lines(address, due)))


def _lines(address: str, due: Iterator[str]) -> Iterator[str]:
    yield address
    yield from due


def _why(rung: ladder.Told, stands: Standing, model: Escalation, words: Told) -> str:
    if stands.severity is None:
        return words.say(_NO_CLASS)
    late = _LATE[model.ladder[rung.rung - 1].when]
    said = _ASKED if rung.asked else _ANEW if rung.anew else late
    return words.say(_CLASS, stands.severity) + words.say(said)

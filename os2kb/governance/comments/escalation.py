"""How a fault stands, as the status comment tells it, folded.

It tells moments and never how much time has passed, so that it is the same until something happens.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from index.passages import Language
from os2kb.governance.comments.moments import in_words
from os2kb.governance.comments.render import text
from os2kb.governance.escalation.clock import BECAUSE
from os2kb.governance.escalation.promises import Promise
from os2kb.governance.escalation.severity import SAYS
from os2kb.governance.escalation.standing import Standing
from os2kb.governance.harmless.neutralise import Markdown
from os2kb.phrases import NOTHING, Phrase
from os2kb.policy.sections.escalation import Escalation, Moment

_HEAD = {
    "vedtaget": Phrase("Eskalering", "Escalation"),
    "forslag": Phrase("Eskalering (forslag)", "Escalation (proposal)"),
}
_PROMISED: dict[Moment, Phrase] = {
    "respond": Phrase("Svar", "Answer"),
    "plan": Phrase("Plan", "Plan"),
    "fix": Phrase("Rettet", "Mended"),
}
_BY, _MISSED = Phrase("senest {}", "by {}"), Phrase("overskredet {}", "missed {}")
_KEPT = Phrase("{}, i tide", "{}, in time")
_LATE = Phrase("{}, men senest var {}", "{}, but was due by {}")
_STILL = Phrase("uret står stille", "the clock stands still")
_SINCE = Phrase("{} siden {}", "{} since {}")
_STANDS_STILL = Phrase(", og uret står stille", ", and the clock stands still")
_SEVERITY = Phrase("Alvorsgraden er {}: {}", "The severity is {}: {}")
_WAS_SEVERITY = Phrase("Alvorsgraden var {}: {}", "The severity was {}: {}")
_NO_CLASS = Phrase("Ingen har valgt en alvorsgrad", "Nobody chose a severity")
_RUNG = Phrase("Trin {} af {} er nået: {}", "Rung {} of {} is reached: {}")
_WAS_RUNG = Phrase("Trin {} af {} blev nået: {}", "Rung {} of {} was reached: {}")
_CLOSED, _CLOSED_HEAD = Phrase("Lukket", "Closed"), Phrase("{}, lukket", "{}, closed")
_NOT_CALLED_FOR = Phrase("lukket forinden", "closed before it was due")
_AWAITS = Phrase(
    "Trin {}, {}, venter på, at nogen skriver /os2 escalate",
    "Rung {}, {}, waits for someone to write /os2 escalate",
)
_PROPOSED = Phrase(
    "Modellen er et forslag, så ingen får besked", "The model is a proposal, so nobody is told"
)
_SECTION = re.compile(
    rf"^<details><summary>(?:{_HEAD['vedtaget'].da}|{_HEAD['vedtaget'].en})\b.*?^</details>$",
    re.MULTILINE | re.DOTALL,
)
"""The section in a comment of ours; what others wrote stands there without a tag."""


@dataclass(frozen=True, slots=True)
class Told:
    """In which words moments are told: language, zone, and the year that goes without saying."""

    language: Language
    zone: str
    year: int

    def moment(self, at: datetime) -> str:
        """A moment in words."""
        return in_words(at, self.zone, self.language, year=self.year)

    def say(self, phrase: Phrase, *values: object) -> str:
        """A sentence with its values."""
        return phrase.in_language(self.language).format(*values)


def told_in(language: Language, model: Escalation, opened: datetime) -> Told:
    """The words for a fault that was opened at a moment."""
    zone = model.hours.timezone
    return Told(language, zone, opened.astimezone(ZoneInfo(zone)).year)


def escalation_section(stands: Standing, model: Escalation, at: datetime, told: Told) -> Markdown:
    """The section; empty where no class holds and nobody was told, and of what may not be told.

    Args:
        stands: how it stands at the moment `at`.
        model: the Policy's.
        at: the moment.
        told: the words to use.
    """
    if _is_untold(stands):
        return Markdown("")
    lines = tuple(_lines(stands, model, at, told))
    return text("escalation", told.language, head=_head(stands, model, told), lines=lines)


def with_section(body: str, section: Markdown) -> str:
    """The text of a status comment with another section in place of its own; all else as it was.

    One without a section gets none.
    """
    return _SECTION.sub(lambda _: section.strip(), body.replace("\r", ""), count=1)


def fault_told(
    stands: Standing, model: Escalation, at: datetime, opened: datetime
) -> tuple[Phrase, ...]:
    """The lines of the section in both languages, for whoever looks at it on the command line."""
    if _is_untold(stands):
        return ()

    def lines(language: Language) -> Iterator[str]:
        told = told_in(language, model, opened)
        yield _head(stands, model, told)
        yield from _lines(stands, model, at, told)

    return tuple(Phrase(da, en) for da, en in zip(lines("da"), lines("en"), strict=True))


def _is_untold(stands: Standing) -> bool:
    return stands.private or (stands.severity is None and not stands.told)


def promises_told(stands: Standing, at: datetime, told: Told) -> Iterator[str]:
    """Each promise: by when, or since when it is kept or missed."""
    for one in stands.promises:
        yield f"{told.say(_PROMISED[one.name])}: {_how(one, at, told)}"


def _how(one: Promise, at: datetime, told: Told) -> str:
    if one.kept:
        said = told.moment(one.kept)
        late = one.due if one.is_broken(at) else None
        return told.say(_LATE, said, told.moment(late)) if late else told.say(_KEPT, said)
    if one.due is None:
        return told.say(_STILL)
    return told.say(_MISSED if one.is_broken(at) else _BY, told.moment(one.due))


def _head(stands: Standing, model: Escalation, told: Told) -> str:
    head = told.say(_HEAD[model.status])
    head = f"{head}: {stands.severity}" if stands.severity else head
    return told.say(_CLOSED_HEAD, head) if stands.closed_at else head


def _lines(stands: Standing, model: Escalation, at: datetime, told: Told) -> Iterator[str]:
    closed = stands.closed_at
    says = SAYS.get(stands.source, NOTHING).in_language(told.language)
    if stands.severity:
        yield told.say(_WAS_SEVERITY if closed else _SEVERITY, stands.severity, says)
    else:
        yield told.say(_NO_CLASS)
    if closed:
        yield from _promises_until(closed, stands, told)
    else:
        yield from promises_told(stands, at, told)
        yield from _ball(stands, told)
    if stands.rung:
        name = model.ladder[stands.rung - 1].name
        yield told.say(_WAS_RUNG if closed else _RUNG, stands.rung, len(model.ladder), name)
    for rung in () if closed else stands.awaits:
        yield told.say(_AWAITS, rung, model.ladder[rung - 1].name)
    if model.status == "forslag":
        yield told.say(_PROPOSED)


def _promises_until(closed: datetime, stands: Standing, told: Told) -> Iterator[str]:
    """How it went, once nothing can be due; closed is not always mended, so it is not called so."""
    mended = Promise("fix", None, closed)
    for one in stands.promises:
        if one.name == "fix":
            mended = one
        elif one.kept or one.is_broken(closed):
            yield f"{told.say(_PROMISED[one.name])}: {_how(one, closed, told)}"
        else:
            yield f"{told.say(_PROMISED[one.name])}: {told.say(_NOT_CALLED_FOR)}"
    how = _how(mended, closed, told) if mended in stands.promises else told.moment(closed)
    yield f"{told.say(_CLOSED)}: {how}"


def _ball(stands: Standing, told: Told) -> Iterator[str]:
    """Who has it, and since when."""
    if not stands.timeline:
        return
    now = stands.timeline[-1]
    said = told.say(BECAUSE[now.because])
    party = f" ({stands.party})" if stands.party else ""
    since = told.say(_SINCE, f"{said[0].upper()}{said[1:]}{party}", told.moment(now.start))
    yield since if now.because == "ours" else since + told.say(_STANDS_STILL)

"""The weekly overview of a product's faults: what is late, what soon will be, and whose ball it is.

It is plain text, for `os2kb.chats`: an address stands on a line of its own. A fault that may be a
vulnerability is not in it, and neither is one without a class: nothing was promised of it.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from index.passages import Language
from os2kb.governance.comments.moments import in_words
from os2kb.governance.escalation.clock import BECAUSE
from os2kb.governance.escalation.ladder import holds_from
from os2kb.governance.escalation.promises import Promise
from os2kb.governance.escalation.standing import Standing
from os2kb.governance.escalation.working_time import working_time
from os2kb.governance.harmless.neutralise import scrub, shortened
from os2kb.phrases import Phrase
from os2kb.policy.sections.escalation import Escalation, Moment

SOON = 5
"""Working days ahead that are looked at."""
_MOST = 25
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WEEK = timedelta(days=7)

_SUBJECT = Phrase("Ugens oversigt over fejl: {}", "This week's faults: {}")
_LATE, _SOON, _ELSEWHERE = (
    Phrase("Overskredet ({})", "Late ({})"),
    Phrase("Frist inden for 5 arbejdsdage ({})", "Due within 5 working days ({})"),
    Phrase("Venter på andre ({})", "Waiting for others ({})"),
)
_NONE = Phrase(
    "Ingen fejl med en alvorsgrad er over tiden, tæt på fristen eller venter på andre.",
    "No fault with a class is late, nearly due or waiting for others.",
)
_MORE = Phrase("… og {} mere", "… and {} more")
_BALL = Phrase("Bolden ligger hos: {}", "The ball is with: {}")
_US, _REPORTER, _NOBODY = (
    Phrase("os", "us"),
    Phrase("melderen", "the reporter"),
    Phrase("ingen (pause eller blokeret)", "nobody (paused or blocked)"),
)
_PROMISED: dict[Moment, Phrase] = {
    "respond": Phrase("svar", "answer"),
    "plan": Phrase("plan", "plan"),
    "fix": Phrase("rettelse", "fix"),
}
_WAS_DUE = Phrase("Fristen for {} var {}", "The {} was due {}")
_IS_DUE = Phrase("Fristen for {} er {}", "The {} is due {}")
_AWAITS = Phrase(
    "Trinnet {} venter på, at nogen skriver /os2 escalate",
    "The rung {} waits for somebody to write /os2 escalate",
)


@dataclass(frozen=True, slots=True)
class Watched:
    """An open fault, as an overview may tell of it.

    Attributes:
        name: `owner/repo#42`.
        title: empty where it is not for everybody who may read the overview.
        stands: at the moment of the overview.
        model: of its Policy.
    """

    name: str
    url: str
    title: str
    stands: Standing
    model: Escalation


@dataclass(frozen=True, slots=True)
class Digest:
    """An overview, in plain text. `count`: the faults that it tells of, however many it names."""

    subject: str
    text: str
    count: int


def sent_at(model: Escalation, before: datetime) -> datetime | None:
    """The last moment, not after the one given, at which an overview is due; None for no digest."""
    if model.digest is None:
        return None
    today = before.astimezone(ZoneInfo(model.hours.timezone)).date()
    day = today - timedelta(days=(today.weekday() - _DAYS.index(model.digest.day)) % 7)
    due = _begins(model, day)
    return due if due <= before else _begins(model, day - _WEEK)


def next_at(model: Escalation, after: datetime) -> datetime | None:
    """The first moment after the one given at which an overview is due; None for no digest."""
    last = sent_at(model, after)
    if last is None:
        return None
    # By the calendar: a week in which the clock changes is an hour more or less than seven days.
    return _begins(model, last.astimezone(ZoneInfo(model.hours.timezone)).date() + _WEEK)


def _begins(model: Escalation, day: date) -> datetime:
    """When the working hours of a day begin, whether or not somebody works on it."""
    zone = ZoneInfo(model.hours.timezone)
    return datetime.combine(day, time.fromisoformat(model.hours.start), zone).astimezone(UTC)


def digest(watched: Iterable[Watched], product: str, at: datetime, language: Language) -> Digest:
    """The overview of a product's open faults at a moment."""
    told = sorted((one for one in watched if is_told(one)), key=worst_first)
    late = [one for one in told if is_late(one, at)]
    soon = [one for one in told if one not in late and is_soon(one, at)]
    elsewhere = [one for one in told if one not in (*late, *soon) and one.stands.holder != "us"]
    parts = ((_LATE, late), (_SOON, soon), (_ELSEWHERE, elsewhere))
    named = [*late, *soon, *elsewhere]

    def say(phrase: Phrase, *values: object) -> str:
        return phrase.in_language(language).format(*values)

    lines = [say(_BALL, _balls(named, language)), ""] if named else [say(_NONE)]
    for phrase, faults in parts:
        if faults:
            lines += [say(phrase, len(faults)), "", *_each(faults, at, language, say)]
    return Digest(say(_SUBJECT, product), "\n".join(lines).strip(), len(named))


def is_told(one: Watched) -> bool:
    """Whether a fault is open, has a class, and may be told of."""
    stands = one.stands
    is_open = bool(stands.timeline) and not stands.closed_at
    return is_open and stands.severity is not None and not stands.private


def worst_first(one: Watched) -> tuple[int, datetime, str]:
    """What faults are ordered by: the worst class first, then what was due first."""
    classes = list(one.model.severities)
    place = classes.index(str(one.stands.severity))
    return place, one.stands.due or datetime.max.replace(tzinfo=UTC), one.name


def is_late(one: Watched, at: datetime) -> bool:
    """Whether a promise that is not kept was due."""
    return any(each.is_broken(at) for each in _left(one))


def _left(one: Watched) -> Iterator[Promise]:
    """What is still to be kept, but for what was due before the model held."""
    since = holds_from(one.model)
    for each in one.stands.promises:
        if each.kept is None and not (since and each.due and each.due < since):
            yield each


def is_soon(one: Watched, at: datetime) -> bool:
    """Whether one will be within `SOON` working days."""
    working = working_time(one.model.hours)
    end = working.after(at, SOON * working.day)
    return end is not None and any(each.due and at < each.due <= end for each in _left(one))


def _balls(faults: Sequence[Watched], language: Language) -> str:
    """How many are with whom, named parties by their name."""
    sides = {"us": _US, "reporter": _REPORTER, "nobody": _NOBODY}
    held = Counter(
        one.stands.party or sides[one.stands.holder].in_language(language) for one in faults
    )
    return ", ".join(f"{whom} ({count})" for whom, count in held.most_common())


def _each(
    faults: Sequence[Watched], at: datetime, language: Language, say: Callable[..., str]
) -> Iterator[str]:
    for one in faults[:_MOST]:
        title = shortened(" ".join(scrub(one.title[:500]).split()), 120)
        shown = f" “{title}”" if title else ""
        yield f"- {one.stands.severity} · {one.name}{shown}"
        yield ". ".join(_said(one, at, language, say)) + "."
        yield one.url
        yield ""
    if len(faults) > _MOST:
        yield from (say(_MORE, len(faults) - _MOST), "")


def _said(one: Watched, at: datetime, language: Language, say: Callable[..., str]) -> Iterator[str]:
    """What was promised and not kept, whose ball it is, and which rung waits for a person."""
    stands = one.stands
    for each in _left(one):
        if each.due is not None:
            due = in_words(each.due, one.model.hours.timezone, language, year=at.year)
            phrase = _WAS_DUE if each.is_broken(at) else _IS_DUE
            yield say(phrase, _PROMISED[each.name].in_language(language), due)
            if not each.is_broken(at):
                break
    party = f" ({stands.party})" if stands.party else ""
    because = BECAUSE[stands.timeline[-1].because].in_language(language)
    yield f"{because[0].upper()}{because[1:]}{party}"
    for rung in stands.awaits:
        yield say(_AWAITS, one.model.ladder[rung - 1].name)

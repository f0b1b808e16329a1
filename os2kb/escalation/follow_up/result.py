"""How promises were kept in some repositories, as figures and as JSON."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from index.passages import Language
from os2kb.escalation.simulation.simulated import FORGOTTEN
from os2kb.governance.escalation.figures.follow_up import Figures, Followed, FollowUp
from os2kb.governance.escalation.figures.outcome import Outcome
from os2kb.governance.escalation.figures.spread import Spread, in_hours
from os2kb.governance.harmless.neutralise import scrub
from os2kb.phrases import Phrase


@dataclass(frozen=True, slots=True)
class Result:
    """How promises were kept.

    Attributes:
        name: of the repository or the product.
        since: the figures are of issues that were opened from then on,
        at: and until then, as they stood then.
        unread: issues that could not be read.
        without_model: repositories that have no model, so that the default proposal was used.
        followed: those issues, and older ones that are open still.
        figures: of them.
    """

    name: str
    repositories: tuple[str, ...]
    since: datetime
    at: datetime
    unread: int
    without_model: tuple[str, ...]
    followed: tuple[Followed, ...]
    figures: FollowUp

    @property
    def shown(self) -> tuple[Outcome, ...]:
        """Those that may be named, newest first; what may be a vulnerability is not."""
        public = (one.outcome for one in self.followed if not one.outcome.private)
        return tuple(sorted(public, key=lambda one: (one.opened, one.name), reverse=True))

    @property
    def notes(self) -> tuple[Phrase, ...]:
        """What has to be known to read the figures rightly."""
        return tuple(_notes(self))


def _notes(found: Result) -> Iterator[Phrase]:
    if found.without_model:
        named = ", ".join(found.without_model)
        yield Phrase(
            f"Uden eskaleringsmodel, så her er regnet efter standardforslaget: {named}.",
            f"Without an escalation model, so that the default proposal was used: {named}.",
        )
    if found.unread:
        yield Phrase(
            f"Sager, der ikke kunne læses og ikke er med: {found.unread}.",
            f"Issues that could not be read and are left out: {found.unread}.",
        )
    if found.figures.private:
        yield Phrase(
            f"Mulige sårbarheder: {found.figures.private}. De er ikke med i andre tal.",
            f"Possible vulnerabilities: {found.figures.private}. They are in no other figure.",
        )
    yield Phrase(
        "Tider er arbejdstid, mens bolden var hos os. Sager, der endnu venter på svar eller "
        "løsning, er ikke med i median og 90 %.",
        "Times are working time while the ball was with us. Issues that still wait for an answer "
        "or an end are not in the median and the 90%.",
    )
    yield FORGOTTEN


def result_json(found: Result, language: Language) -> dict[str, Any]:
    """`{"name", "repositories", "since", "until", "totals", "classes", …, "items": […]}`.

    `items` are the issues, newest first; `near` what is late or soon due, `forecasts` by class.
    Lengths are working hours. What may be a vulnerability is only counted.
    """
    figures = found.figures
    return {
        "name": found.name,
        "repositories": list(found.repositories),
        "since": found.since.isoformat(),
        "until": found.at.isoformat(),
        "unread": found.unread,
        "vulnerabilities": figures.private,
        "totals": _figures(figures.total),
        "classes": {scrub(name): _figures(one) for name, one in figures.classes.items()},
        "rungs": {scrub(name): count for name, count in figures.rungs.items()},
        "parties": {
            scrub(name): {
                "issues": one.subjects,
                "hours": _spread(one.hours),
                "broken": dict(one.broken),
            }
            for name, one in figures.parties.items()
        },
        "waiting": [
            {"because": because, "party": scrub(party), "issues": count}
            for (because, party), count in figures.waiting.items()
        ],
        "near": [
            {
                "subject": one.outcome.name,
                "promise": one.promise.name,
                "due": one.promise.due.isoformat() if one.promise.due else None,
                "late": one.is_late,
            }
            for one in figures.near
        ],
        "forecasts": {scrub(name): asdict(one) for name, one in figures.forecasts.items()},
        "notes": [scrub(one.in_language(language)) for one in found.notes],
        "items": [_item(one) for one in found.shown],
    }


def _figures(one: Figures) -> Mapping[str, Any]:
    return {
        "issues": one.subjects,
        "open": one.open,
        "late": one.late,
        "broken": dict(one.broken),
        "response_hours": _spread(one.response),
        "resolution_hours": _spread(one.resolution),
    }


def _spread(one: Spread) -> Mapping[str, Any]:
    return {"n": one.count, "median": one.median, "p90": one.ninth_tenth, "longest": one.longest}


def _item(one: Outcome) -> Mapping[str, Any]:
    due = one.next.due if one.next else None
    return {
        "subject": one.name,
        "url": one.url,
        "opened": one.opened.isoformat(),
        "class": scrub(one.severity) if one.severity else None,
        "open": one.open,
        "holder": one.stands.holder,
        "party": scrub(one.stands.party),
        "response_hours": in_hours(one.response),
        "resolution_hours": in_hours(one.resolution),
        "broken": [breach.name for breach in one.breaches],
        "promise": one.next.name if one.next else None,
        "due": due.isoformat() if due else None,
        "rung": one.stands.rung,
    }

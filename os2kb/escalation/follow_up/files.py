"""How promises were kept, as a page and as a spreadsheet."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from index.evaluation.intervals import interval
from index.passages import Language
from os2kb.escalation.follow_up.result import Result
from os2kb.escalation.follow_up.tables import HOW, PROMISED, named, tables
from os2kb.governance.escalation.figures.follow_up import Figures
from os2kb.governance.escalation.figures.outcome import Outcome
from os2kb.governance.escalation.figures.spread import Spread, in_hours
from os2kb.governance.harmless.neutralise import scrub
from os2kb.phrases import Phrase
from os2kb.policy.sections.escalation import Moment
from os2kb.reports import charts
from os2kb.reports.page import day, moment, pages, spoken_in
from os2kb.reports.spreadsheet import Cell, spreadsheet

BARS_LEFT = 190
_PAGES = pages("os2kb.escalation")
_DANISH_TIME = ZoneInfo("Europe/Copenhagen")
_HEADS = (
    Phrase("Sag", "Issue"),
    Phrase("Adresse", "Address"),
    Phrase("Oprettet", "Opened"),
    Phrase("Alvorsgrad", "Class"),
    Phrase("Åben", "Open"),
    Phrase("Svartid (arbejdstimer)", "Working hours to the answer"),
    Phrase("Løsningstid (arbejdstimer)", "Working hours to the end"),
    Phrase("Brudte løfter", "Broken promises"),
    Phrase("Næste løfte", "Next promise"),
    Phrase("Frist", "Due"),
    Phrase("Hos", "With"),
    Phrase("Trin", "Rung"),
)
_YES, _NO = Phrase("ja", "yes"), Phrase("nej", "no")


def sheet(found: Result, language: Language) -> str:
    """A row for each issue, newest first; moments by Danish clocks."""
    heads = [one.in_language(language) for one in _HEADS]
    return spreadsheet(heads, (list(_cells(one, language)) for one in found.shown), language)


def _cells(one: Outcome, language: Language) -> Iterator[Cell]:
    def promised(names: Iterable[Moment]) -> str:
        return ", ".join(PROMISED[name].in_language(language) for name in names)

    yield one.name
    yield one.url
    yield _clock(one.opened)
    yield one.severity
    yield (_YES if one.open else _NO).in_language(language)
    yield in_hours(one.response)
    yield in_hours(one.resolution)
    yield promised(breach.name for breach in one.breaches)
    yield promised([one.next.name] if one.next else [])
    yield _clock(one.next.due) if one.next and one.next.due else None
    yield one.stands.party
    yield one.stands.rung


def _clock(at: datetime) -> str:
    """As every spreadsheet reads a moment."""
    return f"{at.astimezone(_DANISH_TIME):%Y-%m-%d %H:%M}"


def page(found: Result, language: Language = "da") -> str:
    """A page that tells how promises were kept."""
    total = found.figures.total
    return _PAGES.get_template("follow_up.html.j2").render(
        spoken_in(language),
        found=found,
        at=moment(found.at, language),
        since=day(found.since, language),
        tables={one.id: one for one in tables(found, language)},
        histograms={
            "response": _histogram(total.response),
            "resolution": _histogram(total.resolution),
        },
        late=charts.bars(_shares(found.figures.classes, language), BARS_LEFT),
        bars_left=BARS_LEFT,
        urls={one.name: one.url for one in found.shown},
        near=[one.outcome.name for one in found.figures.near],
        how=HOW.in_language(language),
        notes=[scrub(one.in_language(language)).replace("`", "") for one in found.notes],
        language=language,
        scrub=scrub,
    )


def _histogram(
    one: Spread,
) -> tuple[tuple[charts.Column, ...], tuple[charts.Tick, ...]] | None:
    return charts.histogram(one.hours) if one.hours else None


def _shares(
    classes: Mapping[str, Figures], language: Language
) -> list[tuple[str, int, float, float, float]]:
    """Of each class, how many issues it has, and the share that broke a promise."""
    return [
        (name, one.subjects, share := one.late / one.subjects, *interval(share, one.subjects))
        for name, one in named(classes, language)
    ]

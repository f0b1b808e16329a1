"""A simulation as a page and as a spreadsheet."""

from collections.abc import Iterator
from datetime import datetime

from index.evaluation.intervals import interval
from index.passages import Language
from os2kb.escalation.simulation.lines import Line, lines
from os2kb.escalation.simulation.simulated import Simulated
from os2kb.governance.escalation.figures.simulation import Simulation
from os2kb.governance.harmless.neutralise import scrub
from os2kb.phrases import Phrase
from os2kb.reports import charts
from os2kb.reports.page import day, moment, pages, spoken_in
from os2kb.reports.spreadsheet import spreadsheet

BARS_LEFT = 190
_PAGES = pages("os2kb.escalation")
_HEADS = (Phrase("Afsnit", "Section"), Phrase("Tal", "Figure"))


def sheet(found: Simulated, language: Language) -> str:
    """A row for each figure, a column for each model."""
    heads = [one.in_language(language) for one in _HEADS]
    rows = (
        (line.section.in_language(language), line.name.in_language(language), *line.values)
        for line in lines(found)
    )
    return spreadsheet([*heads, *_names(found, language)], rows, language)


def page(found: Simulated, at: datetime, language: Language = "da") -> str:
    """A page that tells what came of it."""
    return _PAGES.get_template("simulation.html.j2").render(
        spoken_in(language),
        found=found,
        at=moment(at, language),
        days=[day(one, language) for one in found.asked.days],
        names=_names(found, language),
        sections=_sections(found),
        shares=[charts.bars(_shares(one), BARS_LEFT) for one in found.simulations],
        bars_left=BARS_LEFT,
        notes=[scrub(one.in_language(language)).replace("`", "") for one in found.notes],
        language=language,
        scrub=scrub,
    )


def _names(found: Simulated, language: Language) -> list[str]:
    return [scrub(model.name.in_language(language)) for model in found.models]


def _sections(found: Simulated) -> dict[Phrase, list[Line]]:
    sections: dict[Phrase, list[Line]] = {}
    for line in lines(found):
        sections.setdefault(line.section, []).append(line)
    return sections


def _shares(one: Simulation) -> list[tuple[str, int, float, float, float]]:
    """Of each class, how many issues it has, and the share that broke a promise."""
    return list(_each_share(one))


def _each_share(one: Simulation) -> Iterator[tuple[str, int, float, float, float]]:
    for severity, tally in one.classes.items():
        if tally.subjects:
            share = tally.late / tally.subjects
            yield severity, tally.subjects, share, *interval(share, tally.subjects)

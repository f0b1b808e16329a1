"""The HTML report of a backfill: one file that needs nothing beside it, and no script."""

from datetime import datetime

from index.passages import Language
from os2kb.backfill.row import Row
from os2kb.backfill.summary import Summary
from os2kb.backfill.words import KEPT, NOT_LOOKED_UP, changing, done, label_headings
from os2kb.governance.findings import VERDICTS, Finding
from os2kb.governance.harmless.neutralise import scrub
from os2kb.governance.labelling import lost_labels_line
from os2kb.governance.rules import REGISTRY
from os2kb.reports.page import moment, pages, spoken_in

_PAGES = pages("os2kb.backfill")


def report(found: Summary, at: datetime, language: Language = "da") -> str:
    """A page that tells what the Policy would do.

    Args:
        found: the figures.
        at: when they were read.
        language: of the page's own words.
    """

    def failing(row: Row) -> list[Finding]:
        return [finding for finding in row.findings if finding.verdict == "fail"]

    return _PAGES.get_template("backfill.html.j2").render(
        spoken_in(language),
        found=found,
        at=moment(at, language),
        scrub=scrub,
        failing=failing,
        verdicts={one: word.in_language(language) for one, word in VERDICTS.items()},
        changing=changing(found.written).in_language(language),
        done=done(found.written).in_language(language),
        label_headings=[one.in_language(language) for one in label_headings(found.written)],
        not_looked_up=NOT_LOOKED_UP.in_language(language) if found.not_looked_up else "",
        lost_labels=(
            lost_labels_line(found.lost_labels).in_language(language) if found.lost_labels else ""
        ),
        asks={rule.id: KEPT.get(rule.id, rule.asks).in_language(language) for rule in REGISTRY},
        worth_a_look=[row for row in found.rows if row.changes or not row.was_read or failing(row)],
    )

"""All rules of a log, one after the other."""

from collections.abc import Callable, Iterator

from os2kb.decisions.entry import Entry
from os2kb.decisions.lint import approval, chains, dates, duplicates, links, names, parts, personal
from os2kb.decisions.lint.duplicates import Alike, by_grams
from os2kb.decisions.lint.finding import Finding, Log, place

OF_AN_ENTRY: tuple[Callable[[Entry, Log], Iterator[Finding]], ...] = (
    parts.unknown_status,
    parts.missing_deciders,
    parts.missing_decision,
    parts.missing_issue,
    dates.missing_date,
    dates.date_of_file,
    dates.date_of_heading,
    dates.date_of_text,
    dates.ratification_year,
    dates.missing_ratification,
    names.other_than_its_file,
    approval.missing_approval,
    links.broken_links,
    personal.personal_data,
)
OF_THE_LOG: tuple[Callable[[Log], Iterator[Finding]], ...] = (
    names.numbers_taken,
    chains.holes,
    chains.cycles,
)


def lint(log: Log, alike: Alike = by_grams) -> tuple[Finding, ...]:
    """What is wrong with a log, by file and line.

    Args:
        log: its entries and files.
        alike: tells which texts say much the same.
    """
    found = [one for entry in log.entries for rule in OF_AN_ENTRY for one in rule(entry, log)]
    found += [one for rule in OF_THE_LOG for one in rule(log)]
    found += duplicates.likely_duplicates(log, alike)
    return tuple(sorted(found, key=place))

"""Whether an entry says what every entry must: status, deciders, what was decided, which issue."""

from collections.abc import Iterator

from os2kb.decisions.entry import Entry
from os2kb.decisions.lint.finding import Finding, Log, fault
from os2kb.decisions.words import STATUSES

_WORDS = ", ".join(one.da for name, one in STATUSES.items() if name != "unknown")
_IN_ENGLISH = ", ".join(one.en for name, one in STATUSES.items() if name != "unknown")


def unknown_status(entry: Entry, _: Log) -> Iterator[Finding]:
    """`status`: it is there, and one that is known."""
    decision = entry.decision
    if decision.status != "unknown":
        return
    said = decision.status_text
    yield fault(
        entry,
        "status",
        entry.line("status"),
        (f"Status “{said}” kendes ikke.", f"The status “{said}” is not known.")
        if said
        else ("Der står ingen status.", "There is no status."),
        (
            f"Skriv en af {_WORDS}, gerne med møde og dato efter.",
            f"Write one of {_IN_ENGLISH}, with meeting and date behind it if you like.",
        ),
    )


def missing_deciders(entry: Entry, _: Log) -> Iterator[Finding]:
    """`deciders`: who decided. Proposals, and architecture records as they are, name nobody."""
    decision = entry.decision
    if decision.deciders or entry.format == "adr" or decision.status == "proposed":
        return
    yield fault(
        entry,
        "deciders",
        entry.line("deciders"),
        ("Der står ikke, hvem der har besluttet det.", "It does not say who decided it."),
        (
            "Skriv det under Beslutningstagere, for eksempel Styregruppen.",
            "Write it under Beslutningstagere, such as Styregruppen.",
        ),
    )


def missing_decision(entry: Entry, _: Log) -> Iterator[Finding]:
    """`decision`: a section says what was decided."""
    if entry.decision.decision:
        return
    yield fault(
        entry,
        "decision",
        entry.line("decision"),
        (
            "Kun overskriften siger, hvad der er besluttet.",
            "Only the heading says what was decided.",
        ),
        (
            "Skriv det i et par sætninger i afsnittet Beskrivelse af beslutningen.",
            "Write it in a few sentences in the section Beskrivelse af beslutningen.",
        ),
        level="warning",
    )


def missing_issue(entry: Entry, log: Log) -> Iterator[Finding]:
    """`issue`: the entry names its issue, where these make decisions, or others name one."""
    wanted = log.from_issues or any(one.decision.issue for one in log.entries)
    if entry.decision.issue or not wanted:
        return
    yield fault(
        entry,
        "issue",
        entry.line("issue"),
        ("Beslutningen nævner ikke sit issue.", "The decision does not name its issue."),
        (
            "Skriv det under Issue som ejer/repository#nummer.",
            "Write it under Issue as owner/repository#number.",
        ),
        level="warning",
    )

"""`os2kb escalation timeline`: who had the ball of a fault, stretch by stretch, at any moment."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from os2kb.cli.as_json import print_json
from os2kb.cli.language import English, language, refuse
from os2kb.cli.rows import add_row
from os2kb.cli.subjects import Reference, install_here, reconciler_of
from os2kb.phrases import Phrase
from os2kb.subjects import parse_reference

if TYPE_CHECKING:  # they import the clients, which would slow down `os2kb --help`
    from index.passages import Language
    from os2kb.governance.escalation.standing import Standing
    from os2kb.observe.observe import Observation
    from os2kb.policy.sections.escalation import Escalation

_NO_MOMENT = Phrase(
    "--at “{}” er intet tidspunkt; skriv det som 2026-03-02T09:00",
    "--at “{}” is no moment; write it as 2026-03-02T09:00",
)
_NO_MODEL = Phrase(
    "Policyen har ingen eskaleringsmodel. Begynd med linjen: escalation: {}",
    "The Policy has no escalation model. Begin with the line: escalation: {}",
)
_PRIVATE = Phrase(
    "Det kan være en sårbarhed, så her vises intet.",
    "It may be a vulnerability, so nothing is shown here.",
)
_PULL_REQUEST = Phrase(
    "Det er en pull request; kun issues er fejl med frister.",
    "It is a pull request; only issues are faults with deadlines.",
)
_NOT_YET = Phrase("Den var ikke oprettet endnu.", "It was not opened yet.")
_HEADS = (
    Phrase("Fra", "From"),
    Phrase("Til", "To"),
    Phrase("Bolden", "The ball"),
    Phrase("Arbejdstid", "Working time"),
)
_TOLD = Phrase("Trin {}, {}, nået {}: {}", "Rung {}, {}, reached {}: {}")


def timeline(
    subject: Reference,
    at: Annotated[
        str,
        typer.Option("--at", help="As it stood, or will stand, then. Default: now.", metavar="T"),
    ] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    english: English = False,
) -> None:
    """Show who had the ball of a fault, stretch by stretch, and which rungs were reached when."""
    from os2kb.escalation.past import by_people
    from os2kb.governance.escalation.from_facts import happenings_of
    from os2kb.governance.escalation.standing import standing
    from os2kb.governance.rules.text.security_report import suspected

    shown_in = language(english=english)
    installation = install_here()
    moment = _moment(at) if at else installation.now()
    seen = reconciler_of(installation).observer.observe_named(*parse_reference(subject))
    if seen.policy.escalation is None:
        refuse(_NO_MODEL)
    if seen.facts.pull_request is not None:
        refuse(_PULL_REQUEST)
    seen = replace(seen, facts=by_people(seen.facts))
    stands = standing(happenings_of(seen.facts, seen.policy), seen.policy, moment)
    if stands.private or suspected(seen.facts, seen.policy):
        refuse(_PRIVATE)
    if as_json:
        print_json(_as_data(seen, stands, moment))
    else:
        _print(seen, stands, moment, shown_in)


def _moment(text: str) -> datetime:
    from os2kb.scenarios.moments import moment_of

    try:
        return moment_of(text)
    except ValueError:
        refuse(Phrase(_NO_MOMENT.da.format(text), _NO_MOMENT.en.format(text)))


def _model(seen: "Observation") -> "Escalation":
    assert seen.policy.escalation is not None  # or the command has ended  # noqa: S101
    return seen.policy.escalation


def _as_data(seen: "Observation", stands: "Standing", at: datetime) -> dict[str, Any]:
    from os2kb.governance.escalation.working_time import working_time

    working = working_time(_model(seen).hours)
    return {
        "subject": str(seen.facts.subject),
        "at": at.isoformat(),
        "severity": stands.severity,
        "source": stands.source,
        "elapsed": _hours(stands.elapsed),
        "timeline": [
            {
                "from": one.start.isoformat(),
                "to": one.end.isoformat(),
                "holder": one.holder,
                "because": one.because,
                "party": one.party,
                "worked": _hours(working.between(one.start, one.end)),
            }
            for one in stands.timeline
        ],
        "promises": [
            {
                "name": one.name,
                "due": one.due.isoformat() if one.due else None,
                "kept": one.kept.isoformat() if one.kept else None,
                "broken": one.is_broken(at),
            }
            for one in stands.promises
        ],
        "told": [
            {"rung": one.rung, "name": one.name, "at": one.at.isoformat(), "to": list(one.to)}
            for one in stands.told
        ],
    }


def _print(seen: "Observation", stands: "Standing", at: datetime, shown_in: "Language") -> None:
    from os2kb.governance.comments.escalation import fault_told
    from os2kb.governance.escalation.clock import BECAUSE
    from os2kb.governance.escalation.working_time import working_time
    from os2kb.governance.harmless.neutralise import scrub
    from os2kb.reports.page import moment

    # No markup: what is shown comes from outside.
    console = Console(markup=False, highlight=False, soft_wrap=True)
    if not stands.timeline:
        console.print(_NOT_YET.in_language(shown_in))
        return
    model = _model(seen)
    working = working_time(model.hours)
    table = Table(*(head.in_language(shown_in) for head in _HEADS), box=None)
    table.columns[-1].justify = "right"
    for one in stands.timeline:
        party = f" ({one.party})" if one.party else ""
        add_row(
            table,
            moment(one.start, shown_in),
            moment(one.end, shown_in),
            f"{BECAUSE[one.because].in_language(shown_in)}{party}",
            _hours(working.between(one.start, one.end)),
        )
    console.print(table)
    for line in fault_told(stands, model, at, seen.facts.created_at):
        console.print(scrub(line.in_language(shown_in)))
    for told in stands.told:
        when = moment(told.at, shown_in)
        said = _TOLD.in_language(shown_in).format(told.rung, told.name, when, ", ".join(told.to))
        console.print(scrub(said))


def _hours(worked: timedelta) -> str:
    minutes = worked // timedelta(minutes=1)
    return f"{minutes // 60}h{minutes % 60:02}m"

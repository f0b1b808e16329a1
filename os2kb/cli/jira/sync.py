"""`os2kb jira sync`: bring issues and their tickets into step; and the runs that did."""

import time
from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Annotated
from zoneinfo import ZoneInfo

import typer
from rich.console import Console
from rich.table import Column, Table

from os2kb.cli.as_json import AsJson, print_json
from os2kb.cli.jira.looking import (
    Project,
    Since,
    check_project,
    looked_at,
    moment_since,
    nothing_there,
)
from os2kb.cli.jira.plan import plan_pairs
from os2kb.cli.jira.shown import pair_json, print_pairs
from os2kb.cli.language import English, language, spoken
from os2kb.cli.reading import progress_shown
from os2kb.cli.rows import add_row
from os2kb.cli.subjects import hand_over, install_here, reconciler_of
from os2kb.phrases import Phrase

if TYPE_CHECKING:  # they import the clients, which would slow down `os2kb --help`
    from rich.progress import Progress

    from index.passages import Language
    from os2kb.installation import Installation
    from os2kb.store.backlog.runs import Run
    from os2kb.subjects import Subject
    from os2kb.sweep.look import Look

_GOES_ON = Phrase(
    "Kørsel {} blev stoppet efter {} par; den fortsættes derfra.",
    "Run {} was stopped after {} pairs; it goes on from there.",
)
_SUM = Phrase(
    "Kørsel {}: {} par er set på, {} var ude af trit, og {} kan ikke læses. Det kan tages tilbage "
    "med: os2kb jira undo {}",
    "Run {}: {} pairs were looked at, {} were out of step, and {} cannot be read. It can be taken "
    "back by: os2kb jira undo {}",
)
_ASKED = Phrase(
    "Den kørende tjeneste gør arbejdet, efter det, der ellers venter.",
    "The running service does the work, after what else is waiting.",
)
_NO_RUNS = Phrase(
    "Ingen kørsler endnu. Begynd den første med: os2kb jira sync --apply",
    "No runs yet. Begin the first by: os2kb jira sync --apply",
)
_COLUMNS = (
    Phrase("Kørsel", "Run"),
    Phrase("Slags", "Kind"),
    Phrase("Projekt", "Project"),
    Phrase("Begyndt", "Begun"),
    Phrase("Slut", "Ended"),
    Phrase("Par", "Pairs"),
    Phrase("Ude af trit", "Out of step"),
)
_NOT_ENDED = Phrase("ikke endnu", "not yet")
_DANISH_TIME = ZoneInfo("Europe/Copenhagen")
_DAY = "2026-01-01 "
_AT_ONCE = 4  # pairs that the service has to do for us at a time
_LOOK_AGAIN = 0.2


def sync_pairs(
    project: Project = "",
    since: Since = None,
    apply: Annotated[
        bool, typer.Option("--apply", help="Bring them into step, within the modes.")
    ] = False,
    as_json: AsJson = False,
    english: English = False,
) -> None:
    """Bring issues and their tickets into step; without --apply only show what would be done.

    A run that was stopped goes on where it came to. A running service does the writing itself.
    """
    if not apply:
        plan_pairs(project, since, as_json, english)
        return
    from os2kb.store.backlog import runs

    shown_in, installation = language(english=english), install_here()
    check_project(installation, project)
    run = _run(installation, project, moment_since(since, installation.now()))
    found = list(_mended(installation, run))
    runs.end(installation.database, run.id, installation.now())
    ended = runs.run_of(installation.database, run.id) or run
    if not ended.looked_at:
        runs.forget(installation.database, run.id)  # there is nothing of it to look at or undo
    unread = sum(bool(one.unread.en) for one in found)
    if as_json:
        items = [pair_json(one, shown_in) for one in found]
        counted = {"pairs": ended.looked_at, "out_of_step": ended.out_of_step}
        print_json({"run": run.id, "project": project, **counted, "items": items})
        return
    console = Console(markup=False, highlight=False)
    if not ended.looked_at:
        console.print(nothing_there(project, since, shown_in), soft_wrap=True)
        return
    print_pairs(found, shown_in)
    figures = (run.id, ended.looked_at, ended.out_of_step, unread, run.id)
    console.print(_SUM.in_language(shown_in).format(*figures), soft_wrap=True)


def list_runs(as_json: AsJson = False, english: English = False) -> None:
    """The latest runs, newest first, also those that come by themselves each night."""
    from os2kb.store.backlog import runs

    shown_in, installation = language(english=english), install_here()
    found = runs.latest_runs(installation.database)
    if as_json:
        print_json({"items": [_run_json(one) for one in found]})
        return
    if not found:
        typer.echo(_NO_RUNS.in_language(shown_in))
        return
    names = (one.in_language(shown_in) for one in _COLUMNS)
    table = Table(*(Column(one, overflow="fold") for one in names))
    for one in found:
        add_row(table, *_cells(one, shown_in))
    Console(markup=False, highlight=False).print(table)


def _cells(run: "Run", shown_in: "Language") -> tuple[str, ...]:
    from os2kb.sweep.kinds import KINDS

    began, ended = _clock(run.started_at), _clock(run.ended_at) if run.ended_at else ""
    if ended[: len(_DAY)] == began[: len(_DAY)]:
        ended = ended[len(_DAY) :]  # the same day
    counted = (str(run.looked_at), str(run.out_of_step))
    named = (str(run.id), KINDS[run.kind].in_language(shown_in), run.project)
    return (*named, began, ended or _NOT_ENDED.in_language(shown_in), *counted)


def _clock(at: datetime) -> str:
    return f"{at.astimezone(_DANISH_TIME):%Y-%m-%d %H:%M}"


def _run_json(run: "Run") -> dict[str, object]:
    return {
        "id": run.id,
        "kind": run.kind,
        "project": run.project,
        "since": run.since.isoformat() if run.since else None,
        "started_at": run.started_at.isoformat(timespec="seconds"),
        "ended_at": run.ended_at.isoformat(timespec="seconds") if run.ended_at else None,
        "pairs": run.looked_at,
        "out_of_step": run.out_of_step,
    }


def _run(installation: "Installation", project: str, since: datetime | None) -> "Run":
    """The one that was stopped, or a new one."""
    from os2kb.store.backlog import runs

    database = installation.database
    stopped = runs.unfinished(database, "sync", project=project, since=since)
    if stopped is None:
        return runs.begin(database, "sync", installation.now(), project=project, since=since)
    said = _GOES_ON.in_language(spoken()).format(stopped.id, stopped.looked_at)
    typer.echo(said, err=True)
    return stopped


def _mended(installation: "Installation", run: "Run") -> Iterator["Look"]:
    """Bring all of them into step; those that were not, or that cannot be read."""
    from os2kb.engine.slots import SlotTaken, executor_slot

    try:
        with executor_slot(installation.database).alone():
            yield from _each(installation, run, served=False)
    except SlotTaken:
        typer.echo(_ASKED.in_language(spoken()), err=True)
        yield from _each(installation, run, served=True)


def _each(installation: "Installation", run: "Run", *, served: bool) -> Iterator["Look"]:
    """Every pair; how far it came is noted after each that was mended, and after each page."""
    from os2kb.store.backlog import runs

    mend, cursor = _hand_over if served else _apply, run.cursor
    database = installation.database
    with progress_shown() as progress:
        for page in looked_at(installation, progress, run.project, run.since, run.cursor):
            noted = 0
            for place, one in enumerate(page.looks, 1):
                if (one.writes or one.unnoted) and one.subject:
                    mend(installation, progress, run, one.subject)
                    cursor = one.pair.subject if page.last else cursor
                    runs.go_on(database, run.id, cursor, place - noted, bool(one.writes))
                    noted = place
            cursor = page.last or cursor
            runs.go_on(database, run.id, cursor, page.count - noted, 0)
            yield from page.amiss


def _apply(
    installation: "Installation", progress: "Progress", run: "Run", subject: "Subject"
) -> None:
    """Bring a pair into step; what lacks a permission, or a moment, is told, and left."""
    from os2kb.bounds import Bounds
    from os2kb.chats.port import Unreachable
    from os2kb.forges.port import ForgeError
    from os2kb.governance.plan import carried_among
    from os2kb.trackers.port import TrackerError

    try:
        reconciler_of(installation).apply(subject, Bounds(carried_among, run.id))
    except (ForgeError, TrackerError, Unreachable) as error:
        said = error.phrase.in_language(spoken())
        progress.console.print(f"{subject}: {said}", markup=False)


def _hand_over(
    installation: "Installation", progress: "Progress", run: "Run", subject: "Subject"
) -> None:
    """Have the service bring a pair into step, once nothing else is waiting for it."""
    from os2kb.bounds import SYNC
    from os2kb.store.backlog import runs

    del progress
    while runs.must_wait(installation.database, run.id, installation.now(), _AT_ONCE):
        time.sleep(_LOOK_AGAIN)
    hand_over(installation, subject, SYNC, run.id)

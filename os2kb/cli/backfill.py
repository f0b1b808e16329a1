"""`os2kb backfill`: what a Policy makes of all that a repository has."""

import json
import re
import time
from calendar import monthrange
from datetime import datetime
from functools import partial, reduce
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from os2kb.cli.policy.files import policy_file, show_problems
from os2kb.cli.subjects import hand_over, install_here, reconciler_of
from os2kb.subjects import BadSubject

if TYPE_CHECKING:  # they import the clients, which would slow down `os2kb --help`
    from index.passages import Language
    from os2kb.backfill.run import Planner
    from os2kb.backfill.summary import Summary
    from os2kb.installation import Installation
    from os2kb.policy.policy import Policy


def backfill(
    repository: Annotated[str, typer.Argument(help="owner/repo", metavar="REPO")],
    months: Annotated[
        int | None,
        typer.Option(min=1, max=120, help="Also what was closed, of the last so many months."),
    ] = None,
    apply: Annotated[
        bool, typer.Option("--apply", help="Set the labels, within the modes; never a comment.")
    ] = False,
    policy: Annotated[
        Path | None,
        typer.Option("--policy", help="Try this Policy, not the one in force.", metavar="FILE"),
    ] = None,
    html: Annotated[
        Path | None, typer.Option("--html", help="Write a report.", metavar="FILE")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    english: Annotated[bool, typer.Option("--english", help="Say it in English.")] = False,
) -> None:
    """Show what the Policy makes of every open issue and pull request; writes nothing unasked."""
    from os2kb.backfill.report import report
    from os2kb.backfill.summary import summary_json

    language: Language = "en" if english else "da"
    installation = install_here()
    if not re.fullmatch(r"[\w.-]+/[\w.-]+", repository, re.ASCII):
        raise BadSubject(f"“{repository}” is not a repository; write owner/repo")
    since = months_before(installation.now(), months) if months else None
    if policy and apply:
        raise typer.BadParameter("a Policy that is only tried is not applied; leave out --apply")
    _require_writable(html)
    tried = _tried(installation, repository, policy, language) if policy else None
    found = _run(installation, repository, since, tried, apply=apply)
    if html:
        html.write_text(report(found, installation.now(), language), "utf-8")
    if as_json:
        typer.echo(json.dumps(summary_json(found, language), ensure_ascii=False, indent=2))
    else:
        _print(found, language)
        if html:
            typer.echo(f"Rapport: {html}" if language == "da" else f"Report: {html}")


def _require_writable(file: Path | None) -> None:
    """Tell before an hour of reading, not after."""
    try:
        if file:
            file.touch()
    except OSError as wrong:
        raise typer.BadParameter(f"{file}: {wrong.strerror}; name another file") from None


def months_before(moment: datetime, months: int) -> datetime:
    """The same day some months earlier, or the last of that month."""
    years, month = divmod(moment.year * 12 + moment.month - 1 - months, 12)
    day = min(moment.day, monthrange(years, month + 1)[1])
    return moment.replace(year=years, month=month + 1, day=day)


def _tried(
    installation: "Installation", repository: str, file: Path, language: "Language"
) -> "Policy":
    """A Policy file as it would hold: over its organisation's."""
    from os2kb.observe.in_force import tried_policy
    from os2kb.policy.problem import BadPolicy

    forge = reconciler_of(installation).observer.forge
    try:
        return tried_policy(forge, repository, policy_file(file))
    except BadPolicy as bad:
        show_problems(bad.problems, as_json=False, english=language == "en")
        raise typer.Exit(1) from None


def _run(
    installation: "Installation",
    name: str,
    since: datetime | None,
    tried: "Policy | None",
    *,
    apply: bool,
) -> "Summary":
    from os2kb.engine.slots import SlotTaken, executor_slot

    reconciler = reconciler_of(installation)
    if not apply:
        planner = partial(reconciler.plan, instead=tried)
        return _looked_at(installation, name, since, planner)
    try:
        with executor_slot(installation.database).alone():
            silent = partial(reconciler.apply, silent=True)
            return _looked_at(installation, name, since, silent, written=True)
    except SlotTaken:
        found = _looked_at(installation, name, since, reconciler.plan)
        _ask_service(installation, found)
        return found


def _looked_at(
    installation: "Installation",
    name: str,
    since: datetime | None,
    planner: "Planner",
    *,
    written: bool = False,
) -> "Summary":
    from os2kb.backfill.run import Backfill
    from os2kb.backfill.summary import summary
    from os2kb.governance.plan import labels_among
    from os2kb.modes import weaker

    forge = reconciler_of(installation).observer.forge
    repository = forge.repository(name)
    with _progress() as progress:
        run = Backfill(forge, planner, partial(_wait, progress, installation))
        conversations = run.conversations(repository, since)
        task = progress.add_task(repository.full_name, total=len(conversations))
        pairs = []
        for pair in run.rows(repository, conversations):
            pairs.append(pair)
            progress.advance(task)
    plans = [plan for _, plan in pairs if plan]
    mode = reduce(weaker, (plan.mode for plan in plans), installation.settings.mode)
    count = sum(len(labels_among(plan.writes())) for plan in plans) if written else 0
    return summary(repository.full_name, mode, [row for row, _ in pairs], count)


def _progress() -> Progress:
    return Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
    )


def _wait(progress: Progress, installation: "Installation", until: datetime) -> None:
    seconds = max((until - installation.now()).total_seconds(), 1.0)
    progress.console.print(f"GitHub asks us to wait until {until:%H:%M:%S %Z}.", markup=False)
    time.sleep(seconds)


def _ask_service(installation: "Installation", found: "Summary") -> None:
    """A service works on this data folder: it does the writing, as it does for every delivery."""
    from os2kb.reconcile import BACKFILL
    from os2kb.subjects import Subject, parse_reference

    identity = reconciler_of(installation).observer.forge.repository(found.repository).id
    changing = [row for row in found.rows if row.changes] if found.mode == "act" else []
    for row in changing:
        name, number = parse_reference(row.subject)
        hand_over(installation, Subject(identity, number, name), BACKFILL)
    typer.echo(f"The running service was asked to look at {len(changing)} of them.", err=True)


def _print(found: "Summary", language: "Language") -> None:
    from os2kb.backfill.summary import VERDICTS
    from os2kb.governance.harmless.neutralise import scrub

    danish = language == "da"
    # No markup: what is shown comes from outside.
    console = Console(markup=False, highlight=False)
    rules = Table("Regel" if danish else "Rule")
    for verdict in VERDICTS:
        rules.add_column(verdict, justify="right")
    for rule, counts in found.verdicts.items():
        rules.add_row(rule, *(str(counts[verdict]) for verdict in VERDICTS))
    console.print(rules)
    if found.labels:
        labels = Table("Etiket" if danish else "Label")
        for heading in ("sættes på", "tages af") if danish else ("put on", "taken off"):
            labels.add_column(heading, justify="right")
        for label, (add, remove) in found.labels.items():
            labels.add_row(scrub(label), str(add), str(remove))
        console.print(labels)
    for row in found.rows:
        if row.error:
            console.print(f"{row.subject}: {row.error}")
    said = (
        "{}: {} af {} læst; {} ville få eller miste en etiket; {} (mode: {})."
        if danish
        else "{}: {} of {} read; {} would get or lose a label; {} (mode: {})."
    )
    if found.written:
        done = f"{found.written} etiketter ændret" if danish else f"{found.written} labels changed"
    else:
        done = "intet er skrevet" if danish else "nothing was written"
    figures = (found.read, len(found.rows), found.changing, done, found.mode)
    console.print(said.format(found.repository, *figures))

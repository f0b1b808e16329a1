"""`os2kb backfill`: what a Policy makes of all that a repository has."""

from dataclasses import replace
from datetime import datetime
from functools import partial, reduce
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Column, Table

from os2kb.backfill.words import NOT_LOOKED_UP, changing, done, label_headings
from os2kb.cli.as_json import print_json
from os2kb.cli.language import English, language, spoken
from os2kb.cli.policy.files import policy_file, show_problems
from os2kb.cli.reading import (
    months_before,
    named_repository,
    progress_shown,
    require_writable,
    waiting,
)
from os2kb.cli.rows import add_row
from os2kb.cli.subjects import hand_over, install_here, reconciler_of
from os2kb.phrases import Phrase

if TYPE_CHECKING:  # they import the clients, which would slow down `os2kb --help`
    from index.passages import Language
    from os2kb.backfill.run import Planner
    from os2kb.backfill.summary import Summary
    from os2kb.governance.facts import Repository
    from os2kb.installation import Installation
    from os2kb.policy.policy import Policy

_RULE, _LABEL = Phrase("Regel", "Rule"), Phrase("Etiket", "Label")
_FIGURES = Phrase(
    "{}: {} af {} læst; {}: {}; {} (mode: {}).",
    "{}: {} of {} read; {}: {}; {} (mode: {}).",
)
_ASKED = Phrase(
    "Den kørende tjeneste er bedt om at se på {} af dem.",
    "The running service was asked to look at {} of them.",
)


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
    english: English = False,
) -> None:
    """Show what the Policy makes of every open issue and pull request; writes nothing unasked.

    Exit 1 for a Policy with mistakes.
    """
    from os2kb.backfill.report import report
    from os2kb.backfill.summary import summary_json
    from os2kb.governance.labelling import lost_labels

    shown_in = language(english=english)
    installation = install_here()
    name = named_repository(repository)
    since = months_before(installation.now(), months) if months else None
    if policy and apply:
        raise typer.BadParameter("a Policy that is only tried is not applied; leave out --apply")
    require_writable(html)
    here = reconciler_of(installation).observer.forge.repository(name)
    judged_by = _policy(installation, here, policy, as_json=as_json, english=english)
    found = _run(installation, here, since, judged_by if policy else None, apply=apply)
    found = replace(found, lost_labels=lost_labels(here, judged_by))
    if html:
        html.write_text(report(found, installation.now(), shown_in), "utf-8")
    if as_json:
        print_json(summary_json(found, shown_in))
    else:
        _print(found, shown_in)
        if html:
            typer.echo(f"Rapport: {html}" if shown_in == "da" else f"Report: {html}")


def _policy(
    installation: "Installation",
    repository: "Repository",
    file: Path | None,
    *,
    as_json: bool,
    english: bool,
) -> "Policy":
    """The Policy in force, or a file as it would hold: over its organisation's, by our grants."""
    from os2kb.observe.in_force import policy_in_force, tried_policy
    from os2kb.observe.observe import of_no_product
    from os2kb.policy.problem import BadPolicy

    observer, name = reconciler_of(installation).observer, repository.full_name
    product = observer.products.product_of(name)
    if product is None:
        raise of_no_product(name)
    grant = observer.products.grant(product)
    try:
        if file is None:
            return policy_in_force(observer.forge, name, grant).policy
        return tried_policy(observer.forge, name, policy_file(file, english=english), grant)
    except BadPolicy as bad:
        show_problems(bad.problems, as_json=as_json, english=english)
        raise typer.Exit(1) from None


def _run(
    installation: "Installation",
    repository: "Repository",
    since: datetime | None,
    tried: "Policy | None",
    *,
    apply: bool,
) -> "Summary":
    from os2kb.bounds import Bounds
    from os2kb.engine.slots import SlotTaken, executor_slot
    from os2kb.governance.plan import labels_among

    reconciler = reconciler_of(installation)
    if not apply:
        planner = partial(reconciler.plan, instead=tried)
        return _looked_at(installation, repository, since, planner, tried=tried is not None)
    try:
        with executor_slot(installation.database).alone():
            silent = partial(reconciler.apply, bounds=Bounds(labels_among))
            return _looked_at(installation, repository, since, silent, written=True)
    except SlotTaken:
        found = _looked_at(installation, repository, since, reconciler.plan)
        _ask_service(installation, found)
        return found


def _looked_at(
    installation: "Installation",
    repository: "Repository",
    since: datetime | None,
    planner: "Planner",
    *,
    written: bool = False,
    tried: bool = False,
) -> "Summary":
    from os2kb.backfill.run import Backfill
    from os2kb.backfill.summary import summary
    from os2kb.governance.plan import labels_among
    from os2kb.modes import weaker

    forge = reconciler_of(installation).observer.forge
    with progress_shown() as progress:
        run = Backfill(forge, planner, waiting(progress, installation.now, spoken()))
        conversations = run.conversations(repository, since)
        task = progress.add_task(repository.full_name, total=len(conversations))
        pairs = []
        for pair in run.rows(repository, conversations):
            pairs.append(pair)
            progress.advance(task)
    plans = [plan for _, plan in pairs if plan]
    mode = reduce(weaker, (plan.mode for plan in plans), installation.settings.mode)
    count = sum(len(labels_among(plan.writes())) for plan in plans) if written else 0
    rows = [row for row, _ in pairs]
    return summary(repository.full_name, mode, rows, count, tried=tried)


def _ask_service(installation: "Installation", found: "Summary") -> None:
    """A service works on this data folder: it does the writing, as it does for every delivery."""
    from os2kb.bounds import BACKFILL
    from os2kb.subjects import Subject, parse_reference

    identity = reconciler_of(installation).observer.forge.repository(found.repository).id
    changing = [row for row in found.rows if row.changes] if found.mode == "act" else []
    for row in changing:
        name, number = parse_reference(row.subject)
        hand_over(installation, Subject(identity, number, name), BACKFILL)
    typer.echo(_ASKED.in_language(spoken()).format(len(changing)), err=True)


def _print(found: "Summary", shown_in: "Language") -> None:
    from os2kb.governance.labelling import lost_labels_line

    # No markup: what is shown comes from outside.
    console = Console(markup=False, highlight=False)
    console.print(_rules_table(found, shown_in))
    if found.labels:
        console.print(_labels_table(found, shown_in))
    for row in found.rows:
        if not row.was_read:
            console.print(f"{row.subject}: {row.error.in_language(shown_in)}")
    if found.not_looked_up:
        console.print(NOT_LOOKED_UP.in_language(shown_in))
    if found.lost_labels:
        console.print(lost_labels_line(found.lost_labels).in_language(shown_in))
    figures = (
        found.read,
        len(found.rows),
        changing(found.written).in_language(shown_in).lower(),
        found.changing,
        done(found.written).in_language(shown_in),
        found.mode,
    )
    console.print(_FIGURES.in_language(shown_in).format(found.repository, *figures))


def _rules_table(found: "Summary", shown_in: "Language") -> Table:
    from os2kb.governance.findings import VERDICTS

    table = Table(Column(_RULE.in_language(shown_in), no_wrap=True))
    for word in VERDICTS.values():
        table.add_column(word.in_language(shown_in), justify="right")
    for rule, counts in found.verdicts.items():
        add_row(table, rule, *(str(counts[verdict]) for verdict in VERDICTS))
    return table


def _labels_table(found: "Summary", shown_in: "Language") -> Table:
    table = Table(_LABEL.in_language(shown_in))
    for heading in label_headings(found.written):
        table.add_column(heading.in_language(shown_in), justify="right")
    for label, (add, remove) in found.labels.items():
        add_row(table, label, str(add), str(remove))
    return table

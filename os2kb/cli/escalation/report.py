"""`os2kb escalation report`: how a product's promises were kept, and what is due."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Column
from rich.table import Table as Shown

from os2kb.cli.as_json import print_json
from os2kb.cli.escalation.reading import Keep, made, policy_there, read_past
from os2kb.cli.escalation.span import Since, span
from os2kb.cli.language import English, language
from os2kb.cli.policy.files import show_problems
from os2kb.cli.reading import named_repository, require_writable
from os2kb.cli.rows import add_row
from os2kb.cli.subjects import install_here, reconciler_of
from os2kb.phrases import Phrase

if TYPE_CHECKING:  # they import the clients, which would slow down `os2kb --help`
    from datetime import datetime

    from index.passages import Language
    from os2kb.escalation.follow_up.result import Result
    from os2kb.escalation.follow_up.tables import Table
    from os2kb.escalation.past import Past
    from os2kb.forges.port import Conversation
    from os2kb.installation import Installation

_HEAD = Phrase(
    "{}: {} sager oprettet fra {}, som de står nu. Åbne: {}. Brød mindst ét løfte: {}.",
    "{}: {} issues opened from {}, as they stand now. Open: {}. Broke a promise: {}.",
)


def report(
    name: Annotated[
        str,
        typer.Argument(help="owner/repo, or a product of OS2KB_PRODUCTS.", metavar="REPO|PRODUCT"),
    ],
    since: Since = None,
    keep: Keep = None,
    html: Annotated[
        Path | None, typer.Option("--html", help="Write a report.", metavar="FILE")
    ] = None,
    csv: Annotated[
        Path | None,
        typer.Option("--csv", help="Write a spreadsheet, a row for each issue.", metavar="FILE"),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    english: English = False,
) -> None:
    """Tell how promises were kept, what is late or soon due, and what is to be expected.

    Exit 1 for a Policy with mistakes.
    """
    from os2kb.escalation.follow_up.files import page, sheet
    from os2kb.escalation.follow_up.result import result_json
    from os2kb.policy.problem import BadPolicy

    shown_in = language(english=english)
    installation = install_here()
    start, now = span(since, None, installation.now())
    require_writable(html, csv)
    try:
        found = _result(installation, name, start, now, made(keep))
    except BadPolicy as bad:
        show_problems(bad.problems, as_json=as_json, english=english)
        raise typer.Exit(1) from None
    if html:
        html.write_text(page(found, shown_in), "utf-8")
    if csv:
        csv.write_text(sheet(found, shown_in), "utf-8-sig", newline="")
    if as_json:
        print_json(result_json(found, shown_in))
    else:
        _print(found, shown_in)


def _result(
    installation: "Installation", name: str, since: "datetime", now: "datetime", folder: Path | None
) -> "Result":
    from os2kb.escalation.follow_up.result import Result
    from os2kb.escalation.models import own_model
    from os2kb.escalation.named import repositories_of
    from os2kb.governance.escalation.figures.follow_up import Followed, follow_up
    from os2kb.governance.escalation.figures.outcome import outcome_of

    def chosen(past: "Past") -> "tuple[Conversation, ...]":
        return (*past.issues(since, now), *past.still_open(since))

    observer = reconciler_of(installation).observer
    repositories = repositories_of(name, observer.products, installation.database)
    followed: list[Followed] = []
    without, lost = [], 0
    for one in repositories:
        scene = observer.forge.scene(named_repository(one))
        read, grant = policy_there(installation, scene)
        model = own_model(read, grant)
        past, unread = read_past(installation, scene, read, chosen, folder)
        followed += [
            Followed(outcome_of(facts, model.policy, now), model.escalation) for facts in past
        ]
        lost += unread
        if read.policy.escalation is None:
            without.append(scene.repository.full_name)
    figures = follow_up(followed, since, now)
    return Result(name, repositories, since, now, lost, tuple(without), tuple(followed), figures)


def _print(found: "Result", shown_in: "Language") -> None:
    from os2kb.escalation.follow_up.tables import HOW, tables
    from os2kb.governance.harmless.neutralise import scrub
    from os2kb.reports.page import day

    # No markup: what is shown comes from outside.
    console = Console(markup=False, highlight=False)
    total = found.figures.total
    head = _HEAD.in_language(shown_in)
    since = day(found.since, shown_in)
    console.print(scrub(head.format(found.name, total.subjects, since, total.open, total.late)))
    for one in tables(found, shown_in):
        console.print(f"\n{one.title.in_language(shown_in)}", style="bold")
        console.print(_shown(one, shown_in))
        if one.id == "forecast":
            console.print(HOW.in_language(shown_in))
    console.print()
    for note in found.notes:
        console.print(scrub(note.in_language(shown_in)))


def _shown(one: "Table", shown_in: "Language") -> Shown:
    heads = (
        Column(head.in_language(shown_in), justify="left" if at < one.text_columns else "right")
        for at, head in enumerate(one.heads)
    )
    table = Shown(*heads, box=None)
    for row in one.rows:
        add_row(table, *row)
    return table

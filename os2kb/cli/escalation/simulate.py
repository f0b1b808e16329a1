"""`os2kb escalation simulate`: what a model would have made of a repository's past."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table

from os2kb.cli.as_json import print_json
from os2kb.cli.escalation.reading import Keep, made, policy_there, read_past
from os2kb.cli.escalation.span import Since, Until, span
from os2kb.cli.language import English, language, refuse
from os2kb.cli.policy.files import policy_file, show_problems
from os2kb.cli.reading import named_repository, require_writable
from os2kb.cli.rows import add_row
from os2kb.cli.subjects import install_here, reconciler_of
from os2kb.phrases import Phrase

if TYPE_CHECKING:  # they import the clients, which would slow down `os2kb --help`
    from index.passages import Language
    from os2kb.escalation.models import Model
    from os2kb.escalation.simulation.simulated import Simulated

_MOST_MODELS = 2
_TOO_MANY = Phrase("giv --model højst to gange", "give --model twice at most")
_HEAD = Phrase(
    "{}: {} sager, oprettet fra {} til og med {}.",
    "{}: {} issues, opened from {} to {}, both included.",
)
_NO_CLASS = Phrase(
    "--assume: “{}” er ingen af alvorsgraderne {}; skriv en af dem",
    "--assume: “{}” is none of the classes {}; write one",
)
_ONE, _FIGURE = Phrase("Antal", "Number"), Phrase("Sager og beskeder", "Issues and messages")


def simulate(
    repository: Annotated[str, typer.Argument(help="owner/repo", metavar="REPO")],
    model: Annotated[
        list[Path] | None,
        typer.Option(
            "--model",
            help="A file with a section `escalation`, or a whole Policy; give two to compare them. "
            "Default: the repository's own model, else the default proposal.",
            metavar="FILE",
        ),
    ] = None,
    since: Since = None,
    until: Until = None,
    label: Annotated[
        str, typer.Option("--label", help="Only issues that carry this label now.")
    ] = "",
    assume: Annotated[
        str,
        typer.Option("--assume", help="Count issues that nobody gave a class as of this one."),
    ] = "",
    keep: Keep = None,
    html: Annotated[
        Path | None, typer.Option("--html", help="Write a report.", metavar="FILE")
    ] = None,
    csv: Annotated[
        Path | None, typer.Option("--csv", help="Write a spreadsheet.", metavar="FILE")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    english: English = False,
) -> None:
    """Replay a repository's past against a model, or against two; reads only.

    Exit 1 for a model or a Policy with mistakes.
    """
    from os2kb.escalation.models import model_in, own_model
    from os2kb.escalation.simulation.files import page, sheet
    from os2kb.escalation.simulation.simulated import Asked, simulated, simulated_json
    from os2kb.policy.problem import BadPolicy

    shown_in = language(english=english)
    name, files = named_repository(repository), model or []
    if len(files) > _MOST_MODELS:
        refuse(_TOO_MANY)
    installation = install_here()
    start, end = span(since, until, installation.now())
    require_writable(html, csv)
    scene = reconciler_of(installation).observer.forge.scene(name)
    try:
        read, grant = policy_there(installation, scene)
        models = tuple(
            model_in(policy_file(file, english=english), read, grant) for file in files
        ) or (own_model(read, grant),)
    except BadPolicy as bad:
        show_problems(bad.problems, as_json=as_json, english=english)
        raise typer.Exit(1) from None
    _require_class(assume, models)
    asked = Asked(scene.repository.full_name, start, end, label, assume)
    past, unread = read_past(
        installation, scene, read, lambda one: one.issues(start, end, asked.label), made(keep)
    )
    found = simulated(asked, past, unread, models)
    if html:
        html.write_text(page(found, installation.now(), shown_in), "utf-8")
    if csv:
        csv.write_text(sheet(found, shown_in), "utf-8-sig", newline="")
    if as_json:
        print_json(simulated_json(found, shown_in))
    else:
        _print(found, shown_in)


def _require_class(assume: str, models: "tuple[Model, ...]") -> None:
    for model in models if assume else ():
        if assume not in model.escalation.severities:
            known = ", ".join(model.escalation.severities)
            da, en = (said.format(assume, known) for said in (_NO_CLASS.da, _NO_CLASS.en))
            refuse(Phrase(da, en))


def _print(found: "Simulated", shown_in: "Language") -> None:
    from os2kb.escalation.simulation.lines import lines
    from os2kb.governance.harmless.neutralise import scrub
    from os2kb.reports.page import day

    # No markup: what is shown comes from outside.
    console = Console(markup=False, highlight=False)
    days = (day(one, shown_in) for one in found.asked.days)
    console.print(_HEAD.in_language(shown_in).format(found.asked.repository, found.issues, *days))
    letters = "AB" if len(found.models) > 1 else ""
    for letter, one in zip(letters, found.models, strict=False):
        console.print(
            f"{letter}: {scrub(one.name.in_language(shown_in))} ({one.escalation.status})"
        )
    table = Table(_FIGURE.in_language(shown_in), box=None)
    for head in letters or [_ONE.in_language(shown_in)]:
        table.add_column(head, justify="right")
    under = None
    for line in lines(found):
        if line.section != under:
            under = line.section
            add_row(table, under.in_language(shown_in), style="bold")
        figures = ("–" if value is None else str(value) for value in line.values)
        add_row(table, f"  {line.name.in_language(shown_in)}", *figures)
    console.print(table)
    for note in found.notes:
        console.print(scrub(note.in_language(shown_in)))

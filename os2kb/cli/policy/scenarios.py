"""`os2kb policy test`: Policies tried on scenarios."""

from collections.abc import Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table

from os2kb.cli.as_json import print_json
from os2kb.cli.language import English, language, told
from os2kb.cli.rows import add_row

if TYPE_CHECKING:
    from index.passages import Language
    from os2kb.scenarios.play import Outcome


def play_scenarios(
    paths: Annotated[
        list[Path], typer.Argument(help="Scenario files, or folders of them.", metavar="PATH…")
    ],
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    junit_file: Annotated[
        Path | None, typer.Option("--junit", help="Write a JUnit report.", metavar="FILE")
    ] = None,
    english: English = False,
) -> None:
    """Play scenario files; exit 1 where something came out otherwise, 2 where a path is wrong."""
    from os2kb.scenarios.play import play
    from os2kb.scenarios.read import Unreadable, read_scenarios, scenario_files
    from os2kb.scenarios.report import junit, outcomes_json

    shown_in = language(english=english)
    try:
        outcomes = [play(found) for file in scenario_files(paths) for found in read_scenarios(file)]
        if junit_file:
            junit_file.write_bytes(junit(outcomes, shown_in))
    except (Unreadable, OSError) as wrong:
        typer.echo(f"os2kb: {told(wrong)}", err=True)
        raise typer.Exit(2) from None
    if as_json:
        print_json(outcomes_json(outcomes, shown_in))
    else:
        _print(outcomes, shown_in)
    if not all(one.passed for one in outcomes):
        raise typer.Exit(1)


def _print(outcomes: Sequence["Outcome"], language: "Language") -> None:
    from os2kb.scenarios.report import mistake, told_miss

    danish = language == "da"
    table = Table("Scenarie" if danish else "Scenario", "")
    table.add_column("Afvigelser" if danish else "Misses", overflow="fold")
    for file, group in groupby(outcomes, lambda one: one.file):
        table.add_section()
        add_row(table, file, style="bold")
        for one in group:
            lines = [mistake(problem, language) for problem in one.problems]
            lines += [told_miss(miss, language) for miss in one.misses]
            mark = "✓" if one.passed else "✗"
            add_row(table, f"{one.line}: {one.name}", mark, "\n".join(lines))
    # No markup: what is shown comes from files.
    console = Console(markup=False, highlight=False)
    console.print(table)
    passed = sum(one.passed for one in outcomes)
    said = "{} af {} scenarier kom ud som ventet." if danish else "{} of {} scenarios as expected."
    console.print(said.format(passed, len(outcomes)))

"""`os2kb answers`: what was asked and answered, and how it was liked."""

import json
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TextIO

import typer
from rich.console import Console
from rich.table import Table

from os2kb.cli.as_json import print_json
from os2kb.cli.rows import add_row
from os2kb.settings import load_settings

if TYPE_CHECKING:  # they import the database's driver, which would slow down `os2kb --help`
    from sqlalchemy import Engine

    from os2kb.store.asked.answers import Judged

answers_app = typer.Typer(
    help="What was asked and answered, and how it was liked.", no_args_is_help=True
)
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Since = Annotated[
    datetime | None,
    typer.Option(help="Only what was asked on that day (UTC) or later.", formats=["%Y-%m-%d"]),
]
Limit = Annotated[int, typer.Option(min=1, max=10_000)]


@answers_app.command("list")
def list_answers(
    abstained: Annotated[
        bool, typer.Option("--abstained", help="Only what got no answer.")
    ] = False,
    unhelpful: Annotated[
        bool, typer.Option("--unhelpful", help="Only what more people disliked than liked.")
    ] = False,
    since: Since = None,
    limit: Limit = 50,
    as_json: AsJson = False,
) -> None:
    """The answers last given, newest first."""
    from os2kb.answers.journal.export import answer_line
    from os2kb.store.asked import answers

    found = answers.newest(
        _database(), abstained=abstained, unhelpful=unhelpful, since=_utc(since), limit=limit
    )
    if as_json:
        _print_items(map(answer_line, found))
    else:
        # No markup: what is shown comes from outside.
        Console(markup=False).print(_answers_table(found))


@answers_app.command("export")
def export_answers(
    file: Annotated[Path, typer.Argument(help="Where to write it; `-` for standard output.")],
) -> None:
    """Write all answers, votes and questions to a file, one JSON object a line."""
    from os2kb.answers.journal.export import export

    count = 0
    with _writing(file) as out:
        for line in export(_database()):
            out.write(json.dumps(line, ensure_ascii=False) + "\n")
            count += 1
    typer.echo(f"{count} lines written.", err=True)


@answers_app.command("delete")
def delete_answers(
    before: Annotated[
        datetime | None,
        typer.Option(help="What was last asked before that day (UTC).", formats=["%Y-%m-%d"]),
    ] = None,
    matching: Annotated[
        str, typer.Option(metavar="TEXT", help="What holds this text, in any letter case.")
    ] = "",
    every: Annotated[bool, typer.Option("--all", help="Everything.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would go.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask first.")] = False,
) -> None:
    """Delete answers with their votes and copies, and questions; says first how many.

    With both --before and --matching, what fits both.
    """
    from os2kb.store.asked.forget import find, forget

    if every == bool(before or matching):
        typer.echo("Say what to delete: --before DATE, --matching TEXT, or --all.", err=True)
        raise typer.Exit(2)
    database = _database()
    found = find(database, before=_utc(before), matching=matching)
    typer.echo(
        f"{len(found.answers)} answers, {len(found.feedback)} votes, "
        f"{len(found.questions)} questions and {len(found.cached)} copies of answers."
    )
    if dry_run or not found:
        return
    if not yes:
        typer.confirm("Delete them for good?", abort=True)
    forget(database, found)
    typer.echo("Deleted. A running service forgets the answers in its memory within an hour.")


def _database() -> "Engine":
    from os2kb.store.database import open_database, upgrade

    database = open_database(load_settings().store_url)
    upgrade(database)
    return database


def _utc(day: datetime | None) -> datetime | None:
    return day.replace(tzinfo=UTC) if day else None


@contextmanager
def _writing(file: Path) -> Iterator[TextIO]:
    if str(file) == "-":
        yield sys.stdout
        return
    # Only its owner may read what people asked.
    file.touch(mode=0o600)
    with file.open("w", encoding="utf-8") as out:
        yield out


def _print_items(items: Iterable[object]) -> None:
    print_json({"items": list(items)})


def _answers_table(found: "list[Judged]") -> Table:
    table = Table("Last asked", "Times", "Place", "Question", "Outcome", "Liked", "Product")
    for one in found:
        answer = one.answer
        add_row(
            table,
            f"{answer.last_at:%Y-%m-%d %H:%M}",
            str(answer.asked),
            answer.place,
            answer.question,
            answer.reason or f"answered ({answer.composer})",
            f"+{one.helpful} -{one.unhelpful}" if one.helpful + one.unhelpful else "",
            answer.product or "",
        )
    return table

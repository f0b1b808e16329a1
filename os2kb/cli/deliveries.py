"""`os2kb deliveries`: what was received, and what became of it."""

import json
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table

from os2kb.cli.as_json import print_json
from os2kb.cli.rows import add_row
from os2kb.settings import load_settings

if TYPE_CHECKING:  # they import the database's driver, which would slow down `os2kb --help`
    from sqlalchemy import Engine

    from os2kb.store.deliveries import Delivery

deliveries_app = typer.Typer(help="What was received, and what became of it.", no_args_is_help=True)
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@deliveries_app.command("list")
def list_deliveries(
    failed: Annotated[bool, typer.Option("--failed", help="Only what was parked.")] = False,
    limit: Annotated[int, typer.Option(min=1, max=10_000)] = 50,
    as_json: AsJson = False,
) -> None:
    """The latest deliveries, newest first."""
    from os2kb.store import deliveries

    found = deliveries.newest(_database(), failed_only=failed, limit=limit)
    if as_json:
        items = [deliveries.as_json(delivery) for delivery in found]
        print_json({"items": items})
        return
    # No markup: what is shown comes from outside.
    Console(markup=False).print(_table(found))
    if failed and found:
        typer.echo("Put them back with: os2kb deliveries retry ID… (or --all)")


@deliveries_app.command("show")
def show_delivery(number: Annotated[int, typer.Argument(metavar="ID")]) -> None:
    """One delivery with its headers and body, as JSON. The body is text from outside."""
    from os2kb.store import deliveries

    found = deliveries.read(_database(), number)
    if found is None:
        typer.echo(f"There is no delivery {number}; `os2kb deliveries list` shows them.", err=True)
        raise typer.Exit(1)
    delivery, headers, body = found
    shown = deliveries.as_json(delivery) | {
        "headers": headers,
        "body": body.decode("utf-8", "replace"),
    }
    typer.echo(json.dumps(shown, ensure_ascii=True, indent=2))


@deliveries_app.command("retry")
def retry_deliveries(
    numbers: Annotated[list[int] | None, typer.Argument(metavar="[ID]…")] = None,
    every: Annotated[bool, typer.Option("--all", help="Every failed delivery.")] = False,
) -> None:
    """Put failed deliveries back; a running service takes them up within a second.

    Deliveries named by their ID may also be ignored ones.
    """
    from os2kb.clock import now
    from os2kb.store import deliveries

    if every == bool(numbers):
        typer.echo("Name the deliveries to put back, or --all.", err=True)
        raise typer.Exit(2)
    count = deliveries.put_back(_database(), None if every else numbers, now())
    typer.echo(f"{count} put back.")
    if not count and not every:
        typer.echo(
            "None of them waits to be put back; `os2kb deliveries list` shows why.", err=True
        )
        raise typer.Exit(1)


def _database() -> "Engine":
    from os2kb.store.database import open_database, upgrade

    database = open_database(load_settings().store_url)
    upgrade(database)
    return database


def _table(found: "list[Delivery]") -> Table:
    table = Table("ID", "Received", "Event", "Subject", "State", "Tries", "Reason")
    for delivery in found:
        event = f"{delivery.event}.{delivery.action}".rstrip(".")
        number = delivery.subject.partition("#")[2]
        add_row(
            table,
            str(delivery.id),
            f"{delivery.received_at:%Y-%m-%d %H:%M:%S}",
            event,
            f"{delivery.repository}#{number}" if number else delivery.repository,
            delivery.state,
            str(delivery.attempts),
            delivery.reason,
        )
    return table

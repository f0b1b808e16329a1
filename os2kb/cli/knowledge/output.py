"""What the commands of the knowledge index share: how they print."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated, Any

import typer

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


def print_json(value: dict[str, Any]) -> None:
    """One JSON document on standard output."""
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2))


@contextmanager
def wrong_input(*errors: type[Exception]) -> Iterator[None]:
    """What was given to a command cannot be used: one sentence with the cure, and exit code 2."""
    try:
        yield
    except errors as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from error

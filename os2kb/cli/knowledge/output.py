"""What the commands of the knowledge index share: how they take what they are given."""

from collections.abc import Iterator
from contextlib import contextmanager

import typer


@contextmanager
def wrong_input(*errors: type[Exception]) -> Iterator[None]:
    """What was given to a command cannot be used: one sentence with the cure, and exit code 2."""
    try:
        yield
    except errors as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from error

"""`os2kb index rollback`: let the version before serve again."""

import typer

from os2kb.cli.as_json import AsJson, print_json
from os2kb.clock import now
from os2kb.settings import load_settings


def roll_back_index(as_json: AsJson = False) -> None:
    """Let the version before serve again, and hold it until the next `os2kb index build`."""
    from index.rollback import roll_back

    pin = roll_back(load_settings().index_dir, now())
    if as_json:
        print_json({"version": pin.version, "instead_of": pin.instead_of, "since": pin.since})
        return
    typer.echo(
        f"Version {pin.version} serves again instead of {pin.instead_of}. No scheduled refresh "
        "changes that; os2kb index build does, once the sources are mended."
    )

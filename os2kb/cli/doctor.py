"""`os2kb doctor`: try every part for real."""

import json
from dataclasses import asdict
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from os2kb.settings import load_settings

_STYLES = {"ok": "green", "off": "dim", "wrong": "red"}


def doctor(as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False) -> None:
    """Check the settings for real: store, index, GitHub App, Jira, LLM. Exit 1 if any is wrong."""
    from os2kb.doctor import examine

    checks = list(examine(load_settings()))
    if as_json:
        items = [asdict(check) for check in checks]
        typer.echo(json.dumps({"items": items}, ensure_ascii=False, indent=2))
    else:
        table = Table("Part", "Verdict")
        # Folded, not cut: a cut name of a setting could not be set.
        for heading in ("What was found", "Cure"):
            table.add_column(heading, overflow="fold")
        for check in checks:
            cure = check.cure if check.verdict == "wrong" else ""
            table.add_row(
                check.part, check.verdict, check.detail, cure, style=_STYLES[check.verdict]
            )
        Console(markup=False).print(table)
    if any(check.verdict == "wrong" for check in checks):
        raise typer.Exit(1)

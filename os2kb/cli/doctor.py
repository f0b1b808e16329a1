"""`os2kb doctor`: try every part for real."""

import json
from dataclasses import asdict
from typing import Annotated

import typer
from rich.console import Console

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
        # Left to the terminal to wrap: a name of a setting that was cut could not be copied.
        console = Console(markup=False, highlight=False, soft_wrap=True)
        for check in checks:
            style = _STYLES[check.verdict]
            console.print(f"{check.verdict:5}  {check.part}: {check.detail}", style=style)
            if check.verdict == "wrong" and check.cure:
                console.print(f"       → {check.cure}")
    if any(check.verdict == "wrong" for check in checks):
        raise typer.Exit(1)

"""`os2kb demo`: a walk through what the bot does, on your own machine."""

import signal
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.padding import Padding
from rich.text import Text

_STYLES = {
    "title": "bold green",
    "who": "bold",
    "saw": "dim",
    "decided": "",
    "did": "cyan",
    "watch": "italic yellow",
    "link": "blue",
    "plain": "",
}
_LEADS = {"who": "• ", "decided": "  fandt   ", "did": "  gjorde  ", "saw": "  ", "link": "  → "}


def demo(
    port: Annotated[int, typer.Option(help="The service's port.")] = 8080,
    github_port: Annotated[int, typer.Option(help="The demo GitHub's port.")] = 8081,
    data: Annotated[Path, typer.Option(help="Where the demo keeps its files.")] = Path("data/demo"),
    once: Annotated[bool, typer.Option("--once", help="Stop after the walk.")] = False,
) -> None:
    """Start the service beside a demo GitHub, let people use it, and tell what the bot does."""
    from os2kb.clock import now
    from os2kb.demo.walk import walk

    console = Console(highlight=False, soft_wrap=False)
    # What ends the demo in a shell script ends it as Ctrl-C does: with everything stopped.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        walk(
            lambda line, style: _say(console, line, style),
            folder=data,
            port=port,
            github_port=github_port,
            now=now,
            rest=(lambda: None) if once else (lambda: _rest(console)),
        )
    except KeyboardInterrupt:
        console.print("\nStoppet.")


def _say(console: Console, line: str, style: str) -> None:
    if style == "title":
        console.print()
    if style == "watch":
        console.print(Padding(Text(f"Læg mærke til: {line}", style=_STYLES[style]), (0, 0, 0, 2)))
        return
    console.print(Text(f"{_LEADS.get(style, '')}{line}", style=_STYLES[style]))


def _rest(console: Console) -> None:
    console.print("\nAlt bliver ved med at køre. Stop med Ctrl-C.", style="bold")
    signal.pause()

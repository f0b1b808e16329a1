"""`os2kb demo`: a walk through what the bot does, on your own machine."""

import signal
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

# Style of a line: how it looks, and the word in the margin.
_STYLES: dict[str, tuple[str, str]] = {
    "title": ("bold green", ""),
    "who": ("bold", ""),
    "saw": ("dim", "så"),
    "decided": ("", "fandt"),
    "did": ("cyan", "gjorde"),
    "watch": ("italic yellow", "bemærk"),
    "link": ("blue", "se"),
    "plain": ("", ""),
}
_MARGIN = 8


def demo(
    port: Annotated[int, typer.Option(help="The service's port.")] = 8080,
    github_port: Annotated[int, typer.Option(help="The demo GitHub's port.")] = 8081,
    data: Annotated[Path, typer.Option(help="Where the demo keeps its files.")] = Path("data/demo"),
    once: Annotated[bool, typer.Option("--once", help="Stop after the walk.")] = False,
) -> None:
    """Start the service beside a demo GitHub, let people use it, and tell what the bot does."""
    from os2kb.clock import now
    from os2kb.demo.walk import walk

    console = Console(highlight=False)
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
    look, word = _STYLES[style]
    if style == "title":
        console.print()
    if not word:
        console.print(Text(line, style=look))
        return
    if style == "link":  # on one line, or it could not be clicked
        console.print(Text(f"{word:>{_MARGIN}} {line}", style=look), soft_wrap=True)
        return
    grid = Table.grid(padding=(0, 1))
    grid.add_column(width=_MARGIN, style="dim", justify="right")
    grid.add_column(overflow="fold")
    grid.add_row(word, Text(line, style=look))
    console.print(grid)


def _rest(console: Console) -> None:
    console.print("\nAlt bliver ved med at køre. Stop med Ctrl-C.", style="bold")
    signal.pause()

"""`os2kb demo`: a walk through what the bot does, on your own machine."""

import shlex
import signal
import time
from collections.abc import Callable
from pathlib import Path
from textwrap import wrap
from typing import Annotated

import typer
from rich.console import Console
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
_TO_TRY = (
    "os2kb policy explain os2demo/os2demo",
    "os2kb plan os2demo/os2demo#7",
    "os2kb backfill os2demo/os2demo --html report.html",
    "os2kb jira plan",
    "os2kb escalation simulate os2demo/os2demo --assume betydende",
)
_MARGIN = 8
_SECONDS_BETWEEN_LOOKS = 1.0


def demo(
    port: Annotated[int, typer.Option(help="The service's port.")] = 8080,
    github_port: Annotated[int, typer.Option(help="The demo GitHub's port.")] = 8081,
    jira_port: Annotated[int, typer.Option(help="The demo Jira's port.")] = 8082,
    data: Annotated[Path, typer.Option(help="Where the demo keeps its files.")] = Path("data/demo"),
    once: Annotated[bool, typer.Option("--once", help="Stop after the walk.")] = False,
) -> None:
    """Start the service beside a demo GitHub and a demo Jira, and tell what the bot does."""
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
            jira_port=jira_port,
            now=now,
            rest=(lambda _: None) if once else (lambda check: _rest(console, check, data)),
        )
    except KeyboardInterrupt:
        console.print("\nStoppet.")


def _say(console: Console, line: str, style: str) -> None:
    look, word = _STYLES[style]
    if style == "title":
        console.print()
    margin = f"{word:>{_MARGIN}} " if word else ""
    shown = [line]
    if style != "link":  # on one line, or it could not be clicked
        width = max(console.width - len(margin), 20)
        shown = wrap(line, width, break_long_words=False, break_on_hyphens=False)
    for number, part in enumerate(shown):
        lead = margin if number == 0 else " " * len(margin)
        console.print(Text.assemble((lead, "dim"), (part, look)), soft_wrap=True)


def _rest(console: Console, check: Callable[[], None], data: Path) -> None:
    from os2kb.demo.stage import SHELL_FILE

    console.print("\nPrøv kommandoerne på demoen i et andet vindue:", soft_wrap=True)
    for command in (f". {shlex.quote(str(data / SHELL_FILE))}", *_TO_TRY):
        console.print(f"      {command}", style="cyan", soft_wrap=True, markup=False)
    console.print("\nAlt bliver ved med at køre. Stop med Ctrl-C.", style="bold", soft_wrap=True)
    while True:
        check()
        time.sleep(_SECONDS_BETWEEN_LOOKS)

"""Policy files as the commands take them, and their mistakes as the commands print them."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:  # the models take time to import, which would slow down `os2kb --help`
    from os2kb.policy.load import PolicyFile
    from os2kb.policy.problem import PolicyProblem


IN_A_REPOSITORY = Path(".github/os2kb.yml")
"""Where a Policy stands, seen from the top of its repository."""


def policy_file(path: Path) -> "PolicyFile":
    """A file as it is; ends the command with 2 where it cannot be read."""
    from os2kb.policy.load import PolicyFile

    try:
        return PolicyFile(path.read_bytes(), str(path))
    except FileNotFoundError:
        begin = f"os2kb policy init {'' if path == IN_A_REPOSITORY else path}".rstrip()
        typer.echo(
            f"Der er ingen fil {path}. Angiv en anden, eller skriv den med: {begin}\n"
            f"There is no file {path}. Name another, or begin it with: {begin}",
            err=True,
        )
        raise typer.Exit(2) from None
    except OSError as wrong:
        typer.echo(
            f"{path} kan ikke læses: {wrong.strerror}. Angiv stien til en fil.\n"
            f"{path} cannot be read: {wrong.strerror}. Name a file.",
            err=True,
        )
        raise typer.Exit(2) from None


def show_problems(problems: "Sequence[PolicyProblem]", *, as_json: bool, english: bool) -> None:
    """Print what is wrong with a Policy, one line each or as JSON."""
    if as_json:
        items = [_as_data(problem) for problem in problems]
        typer.echo(json.dumps({"items": items}, ensure_ascii=False, indent=2))
        return
    from os2kb.governance.harmless.neutralise import scrub  # a key may hold what steers a terminal

    for problem in problems:
        typer.echo(scrub(_as_line(problem, english=english)))


def _as_line(problem: "PolicyProblem", *, english: bool) -> str:
    place = problem.path if problem.line is None else f"{problem.path}:{problem.line}"
    return f"{place}: {problem.message.en if english else problem.message.da}"


def _as_data(problem: "PolicyProblem") -> dict[str, object]:
    return {
        "path": problem.path,
        "line": problem.line,
        "message": {"da": problem.message.da, "en": problem.message.en},
    }

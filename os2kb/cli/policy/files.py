"""Policy files as the commands take them, and their mistakes as the commands print them."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from os2kb.cli.as_json import print_json
from os2kb.phrases import Phrase

if TYPE_CHECKING:  # the models take time to import, which would slow down `os2kb --help`
    from os2kb.policy.load import PolicyFile
    from os2kb.policy.problem import PolicyProblem


_NO_FILE = Phrase(
    "Der er ingen fil {}. Angiv en anden, eller begynd den med: {}",
    "There is no file {}. Name another, or begin it with: {}",
)
_UNREADABLE = Phrase(
    "{} kan ikke læses: {}. Angiv stien til en fil.", "{} cannot be read: {}. Name a file."
)
_FOLDER = Phrase(
    "{} er en mappe. Angiv stien til en fil i den.", "{} is a folder. Name a file in it."
)
IN_A_REPOSITORY = Path(".github/os2kb.yml")
"""Where a Policy stands, seen from the top of its repository."""


def policy_file(path: Path, *, english: bool) -> "PolicyFile":
    """A file as it is; ends the command with 2 where it cannot be read."""
    from os2kb.policy.load import PolicyFile

    try:
        return PolicyFile(path.read_bytes(), str(path))
    except FileNotFoundError:
        begin = f"os2kb policy init {'' if path == IN_A_REPOSITORY else path}".rstrip()
        said = _NO_FILE.en if english else _NO_FILE.da
        typer.echo(said.format(path, begin), err=True)
        raise typer.Exit(2) from None
    except IsADirectoryError:
        typer.echo((_FOLDER.en if english else _FOLDER.da).format(path), err=True)
        raise typer.Exit(2) from None
    except OSError as wrong:
        said = _UNREADABLE.en if english else _UNREADABLE.da
        typer.echo(said.format(path, wrong.strerror), err=True)
        raise typer.Exit(2) from None


def show_problems(
    problems: "Sequence[PolicyProblem]",
    warnings: "Sequence[PolicyProblem]" = (),
    *,
    as_json: bool,
    english: bool,
) -> None:
    """Print what is wrong with a Policy, and what is only doubtful, one line each or as JSON."""
    if as_json:
        items = [_as_data(problem, "error") for problem in problems]
        items += [_as_data(warning, "warning") for warning in warnings]
        print_json({"items": items})
        return
    from os2kb.governance.harmless.neutralise import scrub  # a key may hold what steers a terminal

    for problem in problems:
        typer.echo(scrub(_as_line(problem, "", english=english)))
    word = "warning: " if english else "advarsel: "
    for warning in warnings:
        typer.echo(scrub(_as_line(warning, word, english=english)))


def _as_line(problem: "PolicyProblem", word: str, *, english: bool) -> str:
    place = problem.path if problem.line is None else f"{problem.path}:{problem.line}"
    return f"{place}: {word}{problem.message.en if english else problem.message.da}"


def _as_data(problem: "PolicyProblem", level: str) -> dict[str, object]:
    return {
        "level": level,
        "path": problem.path,
        "line": problem.line,
        "message": {"da": problem.message.da, "en": problem.message.en},
    }

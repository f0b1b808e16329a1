"""`os2kb policy`: a Policy file, checked and described."""

import json
from pathlib import Path
from typing import Annotated

import typer

from os2kb.cli.scenarios import play_scenarios
from os2kb.policy.load import check_policy
from os2kb.policy.policy import PATH
from os2kb.policy.problem import PolicyProblem
from os2kb.policy.schema import policy_schema

policy_app = typer.Typer(help="A repository's Policy file.", no_args_is_help=True)


@policy_app.callback()
def policy() -> None:
    """A repository's Policy file, .github/os2kb.yml."""


@policy_app.command()
def check(
    file: Annotated[Path, typer.Argument(help="The Policy file.")] = Path(PATH),
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    english: Annotated[bool, typer.Option("--english", help="Say it in English.")] = False,
) -> None:
    """Check a Policy file; exit 1 where it cannot be acted on, 2 where it cannot be read."""
    try:
        source = file.read_bytes()
    except OSError as wrong:
        typer.echo(f"{file}: {wrong.strerror}. Angiv stien til filen / name the file.", err=True)
        raise typer.Exit(2) from None
    problems = check_policy(source, str(file))
    if as_json:
        items = [_as_data(problem) for problem in problems]
        typer.echo(json.dumps({"items": items}, ensure_ascii=False, indent=2))
    elif problems:
        for problem in problems:
            typer.echo(_as_line(problem, english=english))
    else:
        typer.echo(f"{file}: " + ("it can be used." if english else "den kan bruges."))
    if problems:
        raise typer.Exit(1)


@policy_app.command()
def schema() -> None:
    """Print the JSON Schema of Policy files, for editors."""
    typer.echo(json.dumps(policy_schema(), ensure_ascii=False, indent=2))


policy_app.command("test")(play_scenarios)


def _as_line(problem: PolicyProblem, *, english: bool) -> str:
    place = problem.path if problem.line is None else f"{problem.path}:{problem.line}"
    return f"{place}: {problem.message.en if english else problem.message.da}"


def _as_data(problem: PolicyProblem) -> dict[str, object]:
    return {
        "path": problem.path,
        "line": problem.line,
        "message": {"da": problem.message.da, "en": problem.message.en},
    }

"""`os2kb policy`: Policy files, checked, described and tried."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from os2kb.cli.explain import explain_policy
from os2kb.cli.scenarios import play_scenarios

if TYPE_CHECKING:  # the models take time to import, which would slow down `os2kb --help`
    from os2kb.policy.load import PolicyFile
    from os2kb.policy.problem import PolicyProblem

_DEFAULT = ".github/os2kb.yml"

policy_app = typer.Typer(help="A repository's Policy file.", no_args_is_help=True)


@policy_app.callback()
def policy() -> None:
    """A repository's Policy file, .github/os2kb.yml."""


@policy_app.command()
def check(
    file: Annotated[Path, typer.Argument(help="The Policy file.")] = Path(_DEFAULT),
    organisation: Annotated[
        Path | None, typer.Option("--organisation", help="The organisation's file, below it.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    english: Annotated[bool, typer.Option("--english", help="Say it in English.")] = False,
) -> None:
    """Check a Policy file; exit 1 where it cannot be acted on, 2 where it cannot be read."""
    from os2kb.policy.load import read_policy
    from os2kb.policy.problem import BadPolicy

    own, shared = policy_file(file), policy_file(organisation) if organisation else None
    try:
        read_policy(own, shared)
    except BadPolicy as bad:
        show_problems(bad.problems, as_json=as_json, english=english)
        raise typer.Exit(1) from None
    if as_json:
        show_problems((), as_json=True, english=english)
    else:
        typer.echo(f"{file}: " + ("it can be used." if english else "den kan bruges."))


@policy_app.command()
def schema() -> None:
    """Print the JSON Schema of Policy files, for editors."""
    from os2kb.policy.schema import policy_schema

    typer.echo(json.dumps(policy_schema(), ensure_ascii=False, indent=2))


policy_app.command("explain")(explain_policy)
policy_app.command("test")(play_scenarios)


def policy_file(path: Path) -> "PolicyFile":
    """A file as it is; ends the command with 2 where it cannot be read."""
    from os2kb.policy.load import PolicyFile

    try:
        return PolicyFile(path.read_bytes(), str(path))
    except OSError as wrong:
        typer.echo(f"{path}: {wrong.strerror}. Angiv stien til filen / name the file.", err=True)
        raise typer.Exit(2) from None


def show_problems(problems: "Sequence[PolicyProblem]", *, as_json: bool, english: bool) -> None:
    """Print what is wrong with a Policy, one line each or as JSON."""
    if as_json:
        items = [_as_data(problem) for problem in problems]
        typer.echo(json.dumps({"items": items}, ensure_ascii=False, indent=2))
        return
    from os2kb.governance.neutralise import scrub  # a key may hold what steers a terminal

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

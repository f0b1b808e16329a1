"""`os2kb policy check` and `schema`: what a Policy file may say."""

import json
from pathlib import Path
from typing import Annotated

import typer

from os2kb.cli.language import English
from os2kb.cli.policy.files import IN_A_REPOSITORY, policy_file, show_problems
from os2kb.cli.policy.wordings import problems_beside


def check_policy_file(
    file: Annotated[Path, typer.Argument(help="The Policy file.")] = IN_A_REPOSITORY,
    organisation: Annotated[
        Path | None, typer.Option("--organisation", help="The organisation's file, below it.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    english: English = False,
) -> None:
    """Check a Policy file and the texts beside it; exit 1 for mistakes, 2 where it cannot be read.

    A mistake in the file holds the bot back; a text with one is not used, and ours is.
    """
    from os2kb.policy.load import check_policy

    own, shared = policy_file(file, english=english), None
    if organisation:
        shared = policy_file(organisation, english=english)
    wrong = check_policy(own.text, own.path, organisation=shared)
    problems = (*wrong, *problems_beside(file))
    if problems or as_json:
        show_problems(problems, as_json=as_json, english=english)
    else:
        typer.echo(f"{file}: " + ("it can be used." if english else "den kan bruges."))
    if problems:
        raise typer.Exit(1)


def print_schema(
    scenario: Annotated[bool, typer.Option("--scenario", help="Of scenario files.")] = False,
) -> None:
    """Print the JSON Schema of Policy files, or of scenario files, for editors."""
    from os2kb.policy.schema import policy_schema
    from os2kb.scenarios.schema import scenario_schema

    schema = scenario_schema() if scenario else policy_schema()
    typer.echo(json.dumps(schema, ensure_ascii=False, indent=2))

"""A product's own texts, on the command line: `os2kb policy text`, and those beside a Policy."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from os2kb.cli.language import English

if TYPE_CHECKING:  # the models take time to import, which would slow down `os2kb --help`
    from os2kb.policy.problem import PolicyProblem


def problems_beside(policy: Path) -> "tuple[PolicyProblem, ...]":
    """What is wrong with the texts beside a Policy file: in `os2kb/da/` and `os2kb/en/`."""
    from os2kb.governance.wording.check import LANGUAGES, wording_problems
    from os2kb.governance.wording.wordings import FOLDER

    beside = policy.with_suffix("")
    return tuple(
        replace(problem, path=str(file))
        for language in LANGUAGES  # a folder of that name may hold much else
        for file in sorted((beside / language).glob("*"))
        if file.is_file()
        for problem in wording_problems(
            f"{FOLDER}/{file.relative_to(beside).as_posix()}",
            file.read_bytes().decode("utf-8", "replace"),
        )
    )


def print_text(
    name: Annotated[str, typer.Argument(help="Of the text; see docs/contributors.md.")],
    english: English = False,
) -> None:
    """Print a text that contributors read, to begin a product's own from; exit 2 for no such."""
    from os2kb.governance.wording.worded import ours
    from os2kb.governance.wording.wordings import WORDINGS

    if name not in WORDINGS:
        names = ", ".join(WORDINGS)
        typer.echo(
            f"{name}: there are {names}." if english else f"{name}: der er {names}.", err=True
        )
        raise typer.Exit(2)
    typer.echo(ours(name, "en" if english else "da"), nl=False)

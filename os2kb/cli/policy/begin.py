"""`os2kb policy init`: the first lines of a Policy."""

from pathlib import Path
from typing import Annotated

import typer

from os2kb.cli.language import English
from os2kb.cli.policy.files import IN_A_REPOSITORY

_FIRST_LINES = """\
# Hjælperens regler i dette repository. Kontrollér filen med: os2kb policy check
# What the bot goes by in this repository. Check the file with: os2kb policy check
version: 1

# observe: ser kun med. act: sætter etiketter og skriver, hvad der mangler.
mode: observe

# Retningslinjer at begynde med: {presets}.
# Se, hvad de indebærer, med: os2kb policy explain
preset: {preset}

# Til højre de etiketter, som repositoriet har i forvejen; hjælperen opretter ingen.
# labels:
#   type: {{bug: Bug, feature: Udviklingsønsker, documentation: Dokumentation, question: Spørgsmål}}
#   status: {{needs-issue: mangler issue, needs-changelog: mangler changelog}}
#   security: It-sikkerhed

# guidelines:
#   source: CONTRIBUTING.md      # retningslinjerne, som hvert krav citeres fra; eller ejer/navn:sti
#   rules: {{size: off}}           # det, der skal være anderledes end i preset

# escalation: {{}}     # et forslag til klasser af fejl, frister og hvem der får besked
#                    # se det med: os2kb policy explain --escalation
"""
_NO_PRESET = ("Der er intet preset {}; vælg {}.", "There is no preset {}; choose {}.")
_THERE = ("{} findes allerede.", "{} is already there.")
_WRITTEN = (
    "{} er skrevet. Ret den til, og kør: os2kb policy check",
    "{} is written. Edit it, then run: os2kb policy check",
)


def begin_policy(
    file: Annotated[Path, typer.Argument(help="The file to write.")] = IN_A_REPOSITORY,
    preset: Annotated[
        str, typer.Option("--preset", help="Guidelines to start from; see docs/policy.md.")
    ] = "public-code",
    english: English = False,
) -> None:
    """Write a first Policy file that only observes, to go on from; never over one that is there."""
    from os2kb.policy.presets import PRESETS

    if preset not in PRESETS:
        raise typer.BadParameter(_NO_PRESET[english].format(preset, ", ".join(PRESETS)))
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("x", encoding="utf-8") as new:
            new.write(_FIRST_LINES.format(preset=preset, presets=", ".join(PRESETS)))
    except FileExistsError:
        typer.echo(_THERE[english].format(file), err=True)
        raise typer.Exit(2) from None
    except OSError as wrong:
        raise typer.BadParameter(f"{file}: {wrong.strerror}; name another file") from None
    typer.echo(_WRITTEN[english].format(file))

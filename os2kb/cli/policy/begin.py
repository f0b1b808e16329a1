"""`os2kb policy init`: the first lines of a Policy."""

import shlex
from pathlib import Path
from typing import Annotated

import typer

from os2kb.cli.language import English
from os2kb.cli.policy.files import IN_A_REPOSITORY

_FIRST_LINES = (
    """\
# Hjælperens regler i dette repository. Kontrollér filen med: {check}
version: 1

# observe: ser kun med. act: sætter etiketter og skriver, hvad der mangler.
mode: observe

# Retningslinjer at begynde med: {presets}.
# Se, hvad de indebærer, med: {explain}
preset: {preset}

# Til højre de etiketter, som repositoriet har i forvejen; hjælperen opretter ingen.
# labels:
#   type: {{bug: Bug, feature: Udviklingsønsker, documentation: Dokumentation, question: Spørgsmål}}
#   status: {{needs-issue: mangler issue, needs-changelog: mangler changelog}}
#   security: It-sikkerhed

# guidelines:
#   source: CONTRIBUTING.md      # retningslinjerne, som hvert krav citeres fra; eller ejer/navn:sti
#   rules: {{size: off}}           # det, der skal være anderledes end i forvalget

# escalation: {{}}     # et forslag til alvorsgrader, frister og hvem der får besked
#                    # se det med: {explain} --escalation

# decisions:
#   repository: ejer/navn    # hvor beslutningsloggen står; i dette repository eller et andet
#   path: beslutninger       # en fil for hver beslutning; format: log er én fil med dem alle
#   label: Beslutning        # lukkes et issue som løst med den, foreslås beslutningen til loggen
# commands: {{decide: maintain}}    # hvem der kan skrive /os2 decide; ingen, før det står her
""",
    """\
# What the bot goes by in this repository. Check the file with: {check}
version: 1
# language: en    # what the bot writes; Danish if left out

# observe: only looks on. act: sets labels and writes what is missing.
mode: observe

# Guidelines to begin with: {presets}.
# See what they mean with: {explain}
preset: {preset}

# On the right the labels that the repository has already; the bot creates none.
# labels:
#   type: {{bug: bug, feature: enhancement, documentation: documentation, question: question}}
#   status: {{needs-issue: needs issue, needs-changelog: needs changelog}}
#   security: security

# guidelines:
#   source: CONTRIBUTING.md      # what each demand is quoted from; or owner/name:path
#   rules: {{size: off}}           # what is to differ from the preset

# escalation: {{}}     # suggested classes of faults, deadlines, and who is told
#                    # see it with: {explain} --escalation

# decisions:
#   repository: owner/name   # where the decision log is; in this repository or another
#   path: decisions          # a file for each decision; format: log is one file with all of them
#   label: decision          # closed as completed with it, an issue is proposed to the log
# commands: {{decide: maintain}}    # who may write /os2 decide; nobody, until it is said here
""",
)
_NO_PRESET = ("Der er intet forvalg {}; vælg {}.", "There is no preset {}; choose {}.")
_THERE = (
    "{} findes allerede og er ikke rørt. Ret den til, eller angiv en anden fil. Kontrollér den "
    "med: {}",
    "{} is already there and was left alone. Edit it, or name another file. Check it with: {}",
)
_WRITTEN = (
    "{} er skrevet. Ret den til, og kør: {}",
    "{} is written. Edit it, then run: {}",
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
    check, explain = _commands(file)
    if english:
        check, explain = f"{check} --english", f"{explain} --english"
    text = _FIRST_LINES[english].format(
        preset=preset, presets=", ".join(PRESETS), check=check, explain=explain
    )
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("x", encoding="utf-8") as new:
            new.write(text)
    except FileExistsError:
        typer.echo(_THERE[english].format(file, check), err=True)
        raise typer.Exit(2) from None
    except OSError as wrong:
        raise typer.BadParameter(f"{file}: {wrong.strerror}; name another file") from None
    typer.echo(_WRITTEN[english].format(file, check))


def _commands(file: Path) -> tuple[str, str]:
    """How to check the file and how to have it explained; both know where it belongs."""
    if file == IN_A_REPOSITORY:
        return "os2kb policy check", "os2kb policy explain"
    path = shlex.quote(str(file))
    return f"os2kb policy check {path}", f"os2kb policy explain --file {path}"

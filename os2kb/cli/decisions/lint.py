"""`os2kb decisions lint`: what is wrong with a log."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from os2kb.cli.as_json import AsJson, print_json
from os2kb.cli.decisions.alike import alike_here
from os2kb.cli.decisions.folder import USUAL, LogPath, log_in, require_some
from os2kb.cli.decisions.named_log import log_named_by
from os2kb.cli.decisions.told import counted
from os2kb.cli.language import English, refuse
from os2kb.cli.reading import named_repository
from os2kb.cli.subjects import install_here, reconciler_of
from os2kb.phrases import Phrase

if TYPE_CHECKING:
    from os2kb.decisions.lint.duplicates import Alike
    from os2kb.decisions.lint.finding import Finding, Log

_BOTH = Phrase(
    "Skriv en sti eller --repository, ikke begge.", "Write a path or --repository, not both."
)
_WARNING = Phrase("advarsel: ", "warning: ")
_SUGGESTED = Phrase("forslag", "suggestion")
_FINE = Phrase("{}, og der er intet at rette.", "{}, and there is nothing to mend.")
_SUM = Phrase(
    "{}: {} ting skal rettes, og {} bør ses efter.", "{}: {} to mend, and {} worth a look."
)


def lint_decisions(
    path: LogPath = USUAL,
    repository: Annotated[
        str,
        typer.Option(
            "--repository",
            metavar="OWNER/REPO",
            help="The log that this repository's Policy names, and its issues; no path then.",
        ),
    ] = "",
    as_json: AsJson = False,
    english: English = False,
) -> None:
    """Tell what is wrong with a decision log; exit 1 for mistakes, 2 where there is no log.

    A warning is told, and is no mistake.
    """
    from os2kb.decisions.tidy import seen

    if repository and path != USUAL:
        refuse(_BOTH)
    alike = alike_here(english=english)
    if repository:
        log, found = _of_a_policy(repository, alike)
    else:
        log, found = _in_a_folder(path, alike, english=english)
    if not (as_json or found):
        require_some(log.entries, repository or path, english=english)
    errors = sum(one.level == "error" for one in found)
    if as_json:
        items = [_as_data(one) for one in found]
        print_json({"items": items})
    else:
        for one in found:
            typer.echo(seen(_as_lines(one, english=english)))
        told = _SUM.filled if found else _FINE.filled
        said = told(counted(len(log.entries)), str(errors), str(len(found) - errors))
        typer.echo(said.en if english else said.da)
    if errors:
        raise typer.Exit(1)


def _in_a_folder(path: Path, alike: "Alike", *, english: bool) -> "tuple[Log, Sequence[Finding]]":
    from index.reading.git_versions import earlier_versions
    from os2kb.decisions.lint.change import changed_since
    from os2kb.decisions.lint.finding import place
    from os2kb.decisions.lint.lint import lint

    log = log_in(path, english=english)
    earlier = earlier_versions(path if path.is_dir() else path.parent)
    return log, sorted((*lint(log, alike), *changed_since(log, earlier)), key=place)


def _of_a_policy(repository: str, alike: "Alike") -> "tuple[Log, Sequence[Finding]]":
    """The log that the Policy names, and what is wrong with it, held against the issues."""
    from os2kb.decision_log.linted import findings_with_issues, log_on

    installation = install_here()
    _, section = log_named_by(installation, named_repository(repository))
    forge = reconciler_of(installation).observer.forge
    log = log_on(forge, section, installation.database)
    here = forge.scene(repository).repository
    return log, findings_with_issues(forge, log, section, here, alike)


def _as_lines(one: "Finding", *, english: bool) -> str:
    def told(phrase: Phrase) -> str:
        return phrase.en if english else phrase.da

    level = told(_WARNING) if one.level == "warning" else ""
    place = f"{one.path}:{one.line}" if one.line else one.path
    lines = f"{place}: {level}{told(one.said)} {told(one.cure)} ({one.rule})"
    return lines + (f"\n    {told(_SUGGESTED)}: {one.suggestion}" if one.suggestion else "")


def _as_data(one: "Finding") -> dict[str, object]:
    return {
        "rule": one.rule,
        "level": one.level,
        "path": one.path,
        "line": one.line or None,
        "message": {"da": one.said.da, "en": one.said.en},
        "cure": {"da": one.cure.da, "en": one.cure.en},
        "suggestion": one.suggestion,
    }

"""`os2kb decisions lint`: what is wrong with a log."""

from typing import TYPE_CHECKING

import typer

from os2kb.cli.as_json import AsJson, print_json
from os2kb.cli.decisions.folder import USUAL, LogPath, log_in, require_some
from os2kb.cli.language import English
from os2kb.phrases import Phrase

if TYPE_CHECKING:
    from os2kb.decisions.lint.finding import Finding

_WARNING = Phrase("advarsel: ", "warning: ")
_SUGGESTED = Phrase("forslag", "suggestion")
_FINE = Phrase(
    "{} beslutninger, og der er intet at rette.", "{} decisions, and there is nothing to mend."
)
_SUM = Phrase(
    "{} beslutninger: {} ting skal rettes, og {} bør ses efter.",
    "{} decisions: {} things to mend, and {} worth a look.",
)


def lint_decisions(
    path: LogPath = USUAL,
    as_json: AsJson = False,
    english: English = False,
) -> None:
    """Tell what is wrong with a decision log; exit 1 for mistakes, 2 where there is no log.

    A warning is told, and is no mistake.
    """
    from index.reading.git_versions import earlier_versions
    from os2kb.decisions.lint.change import changed_since
    from os2kb.decisions.lint.finding import place
    from os2kb.decisions.lint.lint import lint
    from os2kb.decisions.tidy import seen

    log = log_in(path, english=english)
    if not as_json:
        require_some(log.entries, path, english=english)
    earlier = earlier_versions(path if path.is_dir() else path.parent)
    found = sorted((*lint(log), *changed_since(log, earlier)), key=place)
    errors = sum(one.level == "error" for one in found)
    if as_json:
        items = [_as_data(one) for one in found]
        print_json({"items": items})
    else:
        for one in found:
            typer.echo(seen(_as_lines(one, english=english)))
        said = _SUM if found else _FINE
        text = said.en if english else said.da
        typer.echo(text.format(len(log.entries), errors, len(found) - errors))
    if errors:
        raise typer.Exit(1)


def _as_lines(one: "Finding", *, english: bool) -> str:
    def told(phrase: Phrase) -> str:
        return phrase.en if english else phrase.da

    level = told(_WARNING) if one.level == "warning" else ""
    lines = f"{one.path}:{one.line}: {level}{told(one.said)} {told(one.cure)} ({one.rule})"
    return lines + (f"\n    {told(_SUGGESTED)}: {one.suggestion}" if one.suggestion else "")


def _as_data(one: "Finding") -> dict[str, object]:
    return {
        "rule": one.rule,
        "level": one.level,
        "path": one.path,
        "line": one.line,
        "message": {"da": one.said.da, "en": one.said.en},
        "cure": {"da": one.cure.da, "en": one.cure.en},
        "suggestion": one.suggestion,
    }

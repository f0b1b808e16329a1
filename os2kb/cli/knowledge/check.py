"""`os2kb index check`: documents that say which questions they answer are held to it."""

import os
from collections.abc import Sequence
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer
from rich.console import Console

from os2kb.cli.as_json import AsJson, print_json
from os2kb.cli.knowledge.build import build_progress, folder_sources, folders_only
from os2kb.settings import load_settings

if TYPE_CHECKING:
    from index.versions import Versions
    from os2kb.knowledge.evaluation.check import Checked

_FAILED = {
    "found": "found, but not answered from this document",
    "lost": "not even found among the first five",
}


def check_index(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(help="Folders to check as they are; default: the index that serves."),
    ] = None,
    level: Annotated[
        Literal["answered", "found"],
        typer.Option(help="What a document must manage: answer, or be among the first five."),
    ] = "answered",
    github: Annotated[
        bool, typer.Option("--github", help="Print annotations for GitHub Actions.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Ask the `questions:` of each document's front matter; exit 1 if one is not answered."""
    from index.evaluation.promised import promised, remarked
    from os2kb.answers.ask import Answerer
    from os2kb.knowledge.evaluation.check import check

    with ExitStack() as stack:
        versions = _versions(paths, stack, quiet=as_json or github)
        index = versions.current()
        if index is None:
            typer.echo("There is no index yet; build one with: os2kb index build", err=True)
            raise typer.Exit(2)
        # Never a language model: a test must say the same twice.
        checked = check(index, Answerer(versions), promised(versions))
        remarks = [(_shown_path(file), *remark) for file, remark in remarked(versions)]
    failed = [one for one in checked if not one.holds(level)]
    if as_json:
        told = [{"file": file, "line": line, "remark": said} for file, line, said in remarks]
        print_json(_body(checked, level, failed) | {"remarks": told})
    else:
        for file, line, said in remarks:
            typer.echo(
                f"::warning {_place(file, line)},title=Front matter::{_data(said)}"
                if github
                else f"{file}:{line}: {said}"
            )
        if github:
            _annotate(checked, level)
        _show(checked, () if github else failed, len(failed))
    if failed:
        raise typer.Exit(1)


def _versions(paths: list[Path] | None, stack: ExitStack, *, quiet: bool) -> "Versions":
    """The installation's index, or one of these folders that is gone when the command ends."""
    from index.build import build
    from index.versions import Versions
    from os2kb.knowledge.embedders.choose import embedder_for, versions_for

    settings = load_settings()
    if not paths:
        return versions_for(settings)
    folders_only(paths)
    root = Path(stack.enter_context(TemporaryDirectory()))
    with build_progress(quiet=quiet) as tell:
        build(
            folder_sources(paths),
            root,
            embedder=embedder_for(settings, building=True),
            progress=tell,
            now=datetime.now(UTC),
        )
    return Versions(root, embedder_for(settings))


def _where(one: "Checked") -> str:
    """The file as seen from the folder the command runs in, as GitHub names it."""
    return _shown_path(one.promised.file)


def _shown_path(file: Path) -> str:
    return Path(os.path.relpath(file)).as_posix()


def _body(checked: Sequence["Checked"], level: str, failed: Sequence["Checked"]) -> dict[str, Any]:
    return {
        "level": level,
        "failed": len(failed),
        "items": [
            {
                "question": one.promised.question,
                "file": _where(one),
                "line": one.promised.line,
                "level": one.level,
                "ok": one not in failed,
                "instead": [{"heading": heading, "path": path} for heading, path in one.instead],
            }
            for one in checked
        ],
    }


def _show(checked: Sequence["Checked"], told: Sequence["Checked"], failed: int) -> None:
    console = Console(markup=False, highlight=False, soft_wrap=True)
    if not checked:
        console.print(
            "No document says which questions it answers; see docs/evaluation.md on `questions:`."
        )
        return
    for one in told:
        console.print(f"{_where(one)}:{one.promised.line}: {_FAILED[one.level]}")
        console.print(f"    {one.promised.question}")
        for heading, path in one.instead:
            console.print(f"    instead: {heading} ({path})")
    levels = [one.level for one in checked]
    console.print(
        f"Questions: {len(checked)}, of them {levels.count('answered')} answered, "
        f"{levels.count('found')} only found, {levels.count('lost')} lost; {failed} failed."
    )


def _annotate(checked: Sequence["Checked"], level: Literal["answered", "found"]) -> None:
    """Workflow commands (docs.github.com, Workflow commands for GitHub Actions).

    What is good enough at this level but not answered is a warning.
    """
    for one in checked:
        if one.level == "answered":
            continue
        kind = "warning" if one.holds(level) else "error"
        instead = "; ".join(f"{heading} ({path})" for heading, path in one.instead) or "nothing"
        message = f"“{one.promised.question}”: {_FAILED[one.level]}. Instead: {instead}"
        where = _place(_where(one), one.promised.line)
        typer.echo(f"::{kind} {where},title=Question not answered::{_data(message)}")


def _place(file: str, line: int) -> str:
    return f"file={_property(file)},line={line}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")

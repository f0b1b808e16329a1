"""`os2kb index` and `os2kb search`: building the knowledge index, and searching it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, get_args

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from index.passages import Kind, Language, Source
from os2kb.cli.knowledge_output import (
    print_figures,
    print_json,
    print_report,
    print_results,
    print_status,
    report_json,
    status_json,
)
from os2kb.settings import load_settings

if TYPE_CHECKING:
    from index.build import Progress as Tell
    from index.search import Index

index_app = typer.Typer(
    help="The knowledge index: build it, look at it, measure it.", no_args_is_help=True
)
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]

_STAGES = {
    "sources": "Reading sources",
    "documents": "Reading documents",
    "words": "Counting words",
    "vectors": "Computing vectors",
}


@index_app.command("build")
def build_index(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(help="Folders, each one public source; default: OS2KB_PRODUCTS."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Bring the index up to date; what has not changed is not read again."""
    from index.build import build

    settings = load_settings()
    for path in paths or ():
        if path.exists() and not path.is_dir():
            typer.echo(f"{path} is not a folder; name the folder it lies in.", err=True)
            raise typer.Exit(2)
    sources = _named(paths) if paths else settings.sources()
    if not sources:
        typer.echo(
            "Nothing to index: name a folder (os2kb index build docs/), or the sources of your "
            "products in the file OS2KB_PRODUCTS points to.",
            err=True,
        )
        raise typer.Exit(2)
    with _progress(quiet=as_json) as tell:
        report = build(sources, settings.index_dir, progress=tell, now=datetime.now(UTC))
    if as_json:
        print_json(report_json(report))
    else:
        print_report(report)


@index_app.command("status")
def show_status(as_json: AsJson = False) -> None:
    """The versions on disk, their sources, counts, sizes and age."""
    from index.versions import Versions

    status = Versions(load_settings().index_dir).status()
    now = datetime.now(UTC)
    if as_json:
        print_json(status_json(status, now))
        return
    if not status.versions and not status.damaged:
        typer.echo("There is no index yet; build one with: os2kb index build")
    print_status(status, now)


@index_app.command("eval")
def evaluate_index(
    file: Annotated[Path, typer.Argument(help="Questions, one JSON object per line.")],
    as_json: AsJson = False,
) -> None:
    """Measure the index on a file of questions whose answers are known."""
    from index import evaluate

    index = _index()
    folders = _source_folders()
    try:
        questions = evaluate.read_questions(file)
        places = evaluate.locate(questions, evaluate.reader(folders))
    except evaluate.BadQuestions as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from error
    figures = evaluate.figures(evaluate.run(index, questions, places), index.floor)
    if as_json:
        print_json(figures)
    else:
        print_figures(figures)


def search(
    query: Annotated[str, typer.Argument(help="A question, or a few words.")],
    product: Annotated[str | None, typer.Option(help="Only this product's passages.")] = None,
    lang: Annotated[str | None, typer.Option(help="da or en.")] = None,
    kind: Annotated[str | None, typer.Option(help=", ".join(get_args(Kind)) + ".")] = None,
    limit: Annotated[int, typer.Option(min=1, max=100)] = 10,
    as_json: AsJson = False,
) -> None:
    """Search the public passages of the index."""
    from index.shapes import results_json

    wanted_lang = _one_of("--lang", lang, get_args(Language))
    wanted_kind = _one_of("--kind", kind, get_args(Kind))
    results = _index().search(
        query, product=product, lang=wanted_lang, kind=wanted_kind, limit=limit
    )
    if as_json:
        print_json(results_json(results))
    else:
        print_results(results)


def _index() -> "Index":
    from index.versions import Versions

    index = Versions(load_settings().index_dir).current()
    if index is None:
        typer.echo("There is no index yet; build one with: os2kb index build", err=True)
        raise typer.Exit(1)
    return index


def _one_of(option: str, value: str | None, allowed: tuple[str, ...]) -> Any:
    if value is not None and value not in allowed:
        raise typer.BadParameter(f"“{value}” is none of {', '.join(allowed)}", param_hint=option)
    return value


def _named(paths: list[Path]) -> tuple[Source, ...]:
    """A public source for each folder, named after it; a second of that name is numbered."""
    names: dict[str, int] = {}
    sources = []
    for path in paths:
        name = path.resolve().name or "root"
        names[name] = names.get(name, 0) + 1
        unique = name if names[name] == 1 else f"{name}-{names[name]}"
        sources.append(Source(name=unique, location=str(path.resolve())))
    return tuple(sources)


def _source_folders() -> list[Path]:
    """The folders the serving version was built from; a question's paths are relative to them."""
    from index.versions import Versions

    versions = Versions(load_settings().index_dir)
    serving = next((v for v in versions.status().versions if v.serving), None)
    return [Path(source.folder) for source in serving.sources] if serving else []


@contextmanager
def _progress(*, quiet: bool) -> Iterator["Tell"]:
    """A progress bar on standard error, for as long as the block runs."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), disable=quiet) as bar:
        tasks = {stage: bar.add_task(text, total=None) for stage, text in _STAGES.items()}

        def tell(stage: str, done: int, total: int) -> None:
            bar.update(tasks[stage], completed=done, total=total)

        yield tell

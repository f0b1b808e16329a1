"""`os2kb index build`: bring the index up to date."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from index.passages import Source
from os2kb.cli.as_json import AsJson, print_json
from os2kb.cli.rows import add_row
from os2kb.clock import now
from os2kb.settings import Settings, load_settings

if TYPE_CHECKING:
    from index.build import BuildReport
    from index.build import Progress as Tell

_STAGES = {
    "sources": "Reading sources",
    "documents": "Reading documents",
    "words": "Counting words",
    "vectors": "Computing vectors",
}
_SKIPPED_SHOWN = 50
# Exit code of what may succeed a little later, as sysexits.h has it (EX_TEMPFAIL).
TEMPORARY = 75


def build_index(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(help="Folders, each one public source; default: OS2KB_PRODUCTS."),
    ] = None,
    as_json: AsJson = False,
    keep_pin: Annotated[
        bool,
        typer.Option("--keep-pin", help="Do nothing while a rollback holds, as the service does."),
    ] = False,
) -> None:
    """Bring the index up to date; what has not changed is not read again."""
    from index.rollback import VersionHeld, pinned, unpin
    from index.versions import BuildBusy

    settings = load_settings()
    folders_only(paths or ())
    sources = folder_sources(paths) if paths else settings.sources()
    if not sources and not _policies_may_name(settings):
        raise _nothing_to_index()
    if keep_pin and (reason := _held_back(settings)):
        typer.echo(f"Nothing is built: {reason}.", err=True)
        return
    try:
        with build_progress(quiet=as_json) as tell:
            report = (
                _build(settings, sources, tell, keep_pin=keep_pin)
                if paths
                else _refresh(settings, tell, keep_pin=keep_pin)
            )
    except VersionHeld as error:
        typer.echo(f"Nothing is built: {error}.", err=True)
        return
    except BuildBusy as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(TEMPORARY) from error
    if not keep_pin and (pin := pinned(settings.index_dir)):
        unpin(settings.index_dir)
        typer.echo(f"The rollback to version {pin.version} is lifted.", err=True)
    if not report.version and not keep_pin:
        raise _nothing_to_index()
    if as_json:
        print_json(_report_json(report))
    else:
        _print_report(report)


def _policies_may_name(settings: Settings) -> bool:
    from os2kb.knowledge.named.kept import kept
    from os2kb.knowledge.named.reading import may_name

    return may_name(settings.grants()) or bool(kept(settings.index_dir))


def _nothing_to_index() -> typer.Exit:
    typer.echo(
        "Nothing to index: name a folder (os2kb index build docs/), the sources of your products "
        "in the file OS2KB_PRODUCTS points to, or `knowledge.sources` in their Policies.",
        err=True,
    )
    return typer.Exit(2)


def _held_back(settings: Settings) -> str:
    from os2kb.knowledge.refresh.run import held_back

    return held_back(settings, now)


def _refresh(settings: Settings, tell: "Tell", *, keep_pin: bool) -> "BuildReport":
    from os2kb.knowledge.refresh.run import refresh
    from os2kb.observe.in_force import policy_of_scene

    return refresh(settings, now, tell, keep_pin=keep_pin, in_force=policy_of_scene)


def _build(
    settings: Settings, sources: Sequence[Source], tell: "Tell", *, keep_pin: bool
) -> "BuildReport":
    from index.build import build
    from os2kb.knowledge.embedders.choose import embedder_for
    from os2kb.knowledge.enrichment.enrich import enricher
    from os2kb.knowledge.faq.documents import answered_sources
    from os2kb.knowledge.refresh.record import remember, went

    at = now()
    report = build(
        (*sources, *answered_sources(settings)),
        settings.index_dir,
        embedder=embedder_for(settings, building=True),
        enrich=enricher(settings, now),
        progress=tell,
        keep_pin=keep_pin,
        now=at,
    )
    remember(settings.index_dir, went(report, at))
    return report


def folders_only(paths: Iterable[Path]) -> None:
    """End the command where a path is a file, before anything starts."""
    for path in paths:
        if path.exists() and not path.is_dir():
            typer.echo(f"{path} is not a folder; name the folder it lies in.", err=True)
            raise typer.Exit(2)


def folder_sources(paths: list[Path]) -> tuple[Source, ...]:
    """A public source for each folder, named after it; a second of that name is numbered."""
    names: dict[str, int] = {}
    sources = []
    for path in paths:
        name = path.resolve().name or "root"
        names[name] = names.get(name, 0) + 1
        unique = name if names[name] == 1 else f"{name}-{names[name]}"
        sources.append(Source(name=unique, location=str(path.resolve())))
    return tuple(sources)


@contextmanager
def build_progress(*, quiet: bool) -> Iterator["Tell"]:
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


def _report_json(report: "BuildReport") -> dict[str, Any]:
    """What a build did, as JSON."""
    return {
        "version": report.version,
        "unchanged": report.unchanged,
        "documents": report.documents,
        "passages": report.passages,
        "new": report.new,
        "changed": report.changed,
        "removed": report.removed,
        "embedded": report.embedded,
        "skipped": [{"path": path, "reason": reason} for path, reason in report.skipped],
        "remarks": [{"place": place, "remark": said} for place, said in report.remarks],
        "seconds": round(report.seconds, 3),
    }


def _print_report(report: "BuildReport") -> None:
    """What a build did, for a terminal."""
    console = Console(markup=False)
    state = "unchanged" if report.unchanged else "built"
    table = Table("Index", report.version, title=None)
    for name, value in (
        ("state", f"{state} in {report.seconds:.1f} s"),
        (
            "documents",
            f"{report.documents} ({report.new} new, {report.changed} changed, "
            f"{report.removed} removed)",
        ),
        ("passages", f"{report.passages} ({report.embedded} embedded)"),
        ("skipped", str(len(report.skipped))),
    ):
        add_row(table, name, value)
    console.print(table)
    for place, said in report.remarks[:_SKIPPED_SHOWN]:
        console.print(f"look at {place}: {said}")
    for path, reason in report.skipped[:_SKIPPED_SHOWN]:
        console.print(f"skipped {path}: {reason}")
    if len(report.skipped) > _SKIPPED_SHOWN:
        console.print(f"… and {len(report.skipped) - _SKIPPED_SHOWN} more; --json lists them all")

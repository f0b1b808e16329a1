"""`os2kb index status`: the versions on disk, their sources, and the last refresh."""

from collections.abc import Mapping
from datetime import datetime
from itertools import groupby
from typing import TYPE_CHECKING, Any, Literal

import typer
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Column, Table

from os2kb.cli.as_json import AsJson, print_json
from os2kb.cli.rows import add_row
from os2kb.clock import now
from os2kb.settings import load_settings

if TYPE_CHECKING:
    from index.rollback import Pin
    from index.versions import SourceStatus, Status, VersionStatus
    from os2kb.knowledge.refresh.record import Refresh

_SKIPPED_SHOWN = 20
_COLUMNS: Mapping[str, Literal["left", "right"]] = {
    "Visibility": "left",
    "Commit": "left",
    "Read": "left",
    "Documents": "right",
    "Passages": "right",
    "KB": "right",
}


def show_status(as_json: AsJson = False) -> None:
    """The versions on disk, their sources, counts, sizes and age, and the last refresh."""
    from index.rollback import pinned
    from index.versions import Versions
    from os2kb.knowledge.refresh.record import last_refresh

    root = load_settings().index_dir
    status, refresh, pin = Versions(root).status(), last_refresh(root), pinned(root)
    if as_json:
        print_json(_status_json(status, refresh, pin, now()))
        return
    if not status.versions and not status.damaged:
        typer.echo("There is no index yet; build one with: os2kb index build")
    _print_status(status, refresh, now())
    if pin:
        typer.echo(
            f"Version {pin.version} is held since {pin.since}, instead of {pin.instead_of}; "
            "os2kb index build lets go of it."
        )
    if refresh:
        _print_refresh(refresh, now())


def _status_json(
    status: "Status", refresh: "Refresh | None", pin: "Pin | None", at: datetime
) -> dict[str, Any]:
    """The versions on disk, as JSON."""
    return {
        "refresh": refresh.model_dump(mode="json") if refresh else None,
        "pinned": {"version": pin.version, "instead_of": pin.instead_of, "since": pin.since}
        if pin
        else None,
        "items": [
            {
                "version": version.version,
                "serving": version.serving,
                "built_at": version.built_at.isoformat(),
                "age_seconds": round(version.age_seconds(at)),
                "documents": version.documents,
                "passages": version.passages,
                "bytes": version.bytes,
                "embedder": version.embedder,
                "floor": version.floor,
                "weights": dict(version.weights),
                "tuned": dict(version.tuned),
                "sources": [_source_json(source, version, refresh) for source in version.sources],
                "skipped": [{"path": path, "reason": why} for path, why in version.skipped],
            }
            for version in status.versions
        ],
        "damaged": list(status.damaged),
    }


def _source_json(
    source: "SourceStatus", version: "VersionStatus", refresh: "Refresh | None"
) -> dict[str, Any]:
    """A source; what a later refresh found is newer than what its version remembers."""
    about = {
        "name": source.name,
        "location": source.location,
        "product": source.product,
        "visibility": source.visibility,
        "commit": source.commit,
        "fetched_at": source.fetched_at,
        "problem": "",
        "documents": source.documents,
        "passages": source.passages,
        "bytes": source.bytes,
    }
    found = refresh.sources.get(source.name) if refresh else None
    if found is None or refresh is None or refresh.version != version.version:
        return about
    return about | found.model_dump()


def _print_status(status: "Status", refresh: "Refresh | None", at: datetime) -> None:
    """The versions on disk, for a terminal."""
    console = Console(markup=False)
    for version in status.versions:
        state = "serving" if version.serving else "kept for rollback"
        about = f"{version.version}, {state}, {_age(version.age_seconds(at))} old, "
        about += f"{version.bytes / 1024 / 1024:.1f} MB, embedder {version.embedder}"
        console.print(about, highlight=False)
        console.print(_sources(version, refresh, at))
        console.print(_tuning(version), highlight=False)
    for name in status.damaged:
        console.print(f"version {name} is damaged and not served; the next build removes it")


def _sources(version: "VersionStatus", refresh: "Refresh | None", at: datetime) -> Table:
    """A row for each source under its product; columns that say nothing of any are left out."""
    rows = {
        source: _row(source, _source_json(source, version, refresh), at)
        for source in sorted(version.sources, key=lambda source: source.product or "")
    }
    names = [name for name in _COLUMNS if any(row[name] for row in rows.values())]
    table = Table(
        Column("Source", overflow="fold", min_width=20),
        *(Column(name, justify=_COLUMNS[name], no_wrap=True) for name in names),
        box=SIMPLE_HEAD,
        pad_edge=False,
    )
    by_product = groupby(rows.items(), key=lambda row: row[0].product)
    for product, held in by_product:
        if product:
            add_row(table, product, style="bold")
        for source, row in held:
            add_row(
                table, f"{'  ' if product else ''}{source.name}", *(row[name] for name in names)
            )
    return table


def _row(source: "SourceStatus", said: Mapping[str, Any], at: datetime) -> dict[str, str]:
    return {
        "Visibility": source.visibility,
        "Commit": said["commit"][:12],
        "Read": _since(said["fetched_at"], at),
        "Documents": str(source.documents),
        "Passages": str(source.passages),
        "KB": f"{source.bytes / 1024:.0f}",
    }


def _tuning(version: "VersionStatus") -> str:
    weights = ", ".join(f"{leg} {weight:g}" for leg, weight in version.weights.items())
    return (
        f"floor {version.floor:.3g} ({_origin(version.tuned.get('floor'))}); "
        f"weights {weights} ({_origin(version.tuned.get('weights'))})"
    )


def _origin(said: Mapping[str, Any] | None) -> str:
    return f"from {said.get('file', 'tuned.json')}" if said is not None else "default"


def _print_refresh(refresh: "Refresh", at: datetime) -> None:
    console = Console(markup=False, highlight=False)
    ago = _age((at - refresh.at).total_seconds())
    reason = f": {refresh.reason}" if refresh.reason else ""
    console.print(f"Last refresh {ago} ago: {refresh.outcome} in {refresh.seconds:.1f} s{reason}")
    for path, why in refresh.skipped[:_SKIPPED_SHOWN]:
        console.print(f"skipped {path}: {why}")
    if len(refresh.skipped) > _SKIPPED_SHOWN:
        console.print(f"… and {len(refresh.skipped) - _SKIPPED_SHOWN} more; --json lists them all")


def _since(fetched_at: str, at: datetime) -> str:
    if not fetched_at:
        return ""
    return f"{_age((at - datetime.fromisoformat(fetched_at)).total_seconds())} ago"


def _age(seconds: float) -> str:
    for unit, length in (("days", 86_400), ("hours", 3_600), ("minutes", 60)):
        if seconds >= 2 * length:
            return f"{seconds / length:.0f} {unit}"
    return f"{max(0.0, seconds):.0f} seconds"

"""`os2kb index status`: the versions on disk."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import typer
from rich.console import Console
from rich.table import Table

from os2kb.cli.knowledge.output import AsJson, print_json
from os2kb.settings import load_settings

if TYPE_CHECKING:
    from index.versions import Status, VersionStatus


def show_status(as_json: AsJson = False) -> None:
    """The versions on disk, their sources, counts, sizes and age."""
    from index.versions import Versions

    status = Versions(load_settings().index_dir).status()
    now = datetime.now(UTC)
    if as_json:
        print_json(_status_json(status, now))
        return
    if not status.versions and not status.damaged:
        typer.echo("There is no index yet; build one with: os2kb index build")
    _print_status(status, now)


def _status_json(status: "Status", now: datetime) -> dict[str, Any]:
    """The versions on disk, as JSON."""
    return {
        "items": [
            {
                "version": version.version,
                "serving": version.serving,
                "built_at": version.built_at.isoformat(),
                "age_seconds": round(version.age_seconds(now)),
                "documents": version.documents,
                "passages": version.passages,
                "bytes": version.bytes,
                "embedder": version.embedder,
                "floor": version.floor,
                "weights": dict(version.weights),
                "tuned": dict(version.tuned),
                "sources": [
                    {
                        "name": source.name,
                        "location": source.location,
                        "product": source.product,
                        "visibility": source.visibility,
                        "commit": source.commit,
                        "documents": source.documents,
                        "passages": source.passages,
                    }
                    for source in version.sources
                ],
                "skipped": [{"path": path, "reason": why} for path, why in version.skipped],
            }
            for version in status.versions
        ],
        "damaged": list(status.damaged),
    }


def _print_status(status: "Status", now: datetime) -> None:
    """The versions on disk, for a terminal."""
    console = Console(markup=False)
    for version in status.versions:
        state = "serving" if version.serving else "kept for rollback"
        about = f"{version.version}, {state}, {_age(version.age_seconds(now))} old, "
        about += f"{version.bytes / 1024 / 1024:.1f} MB, embedder {version.embedder}"
        table = Table(
            "Source", "Product", "Visibility", "Commit", "Documents", "Passages", title=about
        )
        for source in version.sources:
            counts = (str(source.documents), str(source.passages))
            table.add_row(
                source.name, source.product or "", source.visibility, source.commit[:12], *counts
            )
        console.print(table)
        console.print(_tuning(version))
    for name in status.damaged:
        console.print(f"version {name} is damaged and not served; the next build removes it")


def _tuning(version: "VersionStatus") -> str:
    weights = ", ".join(f"{leg} {weight:g}" for leg, weight in version.weights.items())
    return (
        f"floor {version.floor:.3g} ({_origin(version.tuned.get('floor'))}); "
        f"weights {weights} ({_origin(version.tuned.get('weights'))})"
    )


def _origin(said: Mapping[str, Any] | None) -> str:
    return f"from {said.get('file', 'tuned.json')}" if said is not None else "default"


def _age(seconds: float) -> str:
    for unit, length in (("days", 86_400), ("hours", 3_600), ("minutes", 60)):
        if seconds >= 2 * length:
            return f"{seconds / length:.0f} {unit}"
    return f"{max(0.0, seconds):.0f} seconds"

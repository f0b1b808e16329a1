"""What `os2kb index` and `os2kb search` print: tables for people, JSON for programs."""

import json
from datetime import datetime
from typing import TYPE_CHECKING, Any

import typer
from rich.console import Console
from rich.table import Table

if TYPE_CHECKING:
    from index.build import BuildReport
    from index.passages import Results
    from index.versions import Status

_SKIPPED_SHOWN = 50


def print_json(value: dict[str, Any]) -> None:
    """One JSON document on standard output."""
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2))


def report_json(report: "BuildReport") -> dict[str, Any]:
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
        "seconds": round(report.seconds, 3),
    }


def print_report(report: "BuildReport") -> None:
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
        table.add_row(name, value)
    console.print(table)
    for path, reason in report.skipped[:_SKIPPED_SHOWN]:
        console.print(f"skipped {path}: {reason}")
    if len(report.skipped) > _SKIPPED_SHOWN:
        console.print(f"… and {len(report.skipped) - _SKIPPED_SHOWN} more; --json lists them all")


def status_json(status: "Status", now: datetime) -> dict[str, Any]:
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


def print_status(status: "Status", now: datetime) -> None:
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
    for name in status.damaged:
        console.print(f"version {name} is damaged and not served; the next build removes it")


def _age(seconds: float) -> str:
    for unit, length in (("days", 86_400), ("hours", 3_600), ("minutes", 60)):
        if seconds >= 2 * length:
            return f"{seconds / length:.0f} {unit}"
    return f"{max(0.0, seconds):.0f} seconds"


def print_results(results: "Results") -> None:
    """Search results, for a terminal."""
    from index.shapes import without_marks

    console = Console(markup=False, highlight=False)
    console.print(f"{results.total} passages in {results.took_ms:.1f} ms")
    for number, hit in enumerate(results.hits, 1):
        passage = hit.passage
        heading = " › ".join((passage.title, *passage.heading))
        first, last = passage.lines
        console.print(f"\n{number}. {heading}", style="bold")
        console.print(
            f"   {passage.url or passage.path} · {passage.path}:{first}-{last}", style="dim"
        )
        if passage.status != "current":
            console.print(f"   {passage.status}", style="yellow")
        console.print(f"   {without_marks(hit.snippet)}")


def print_figures(figures: dict[str, Any]) -> None:
    """What an evaluation measured: a row for all, each language and each tag."""
    from index.evaluate import interval

    table = Table("Questions", "n", "R@1", "R@5", "R@10", "MRR", "nDCG@10", "R@5, 95 %")
    answerable = sum(group["n"] for group in figures["by"]["lang"].values())
    rows = [("all answerable", {**figures, "n": answerable})]
    rows += list(figures["by"]["lang"].items()) + list(figures["by"]["tag"].items())
    for name, row in rows:
        if row["mrr"] is None:
            continue
        low, high = interval(row["recall"]["5"], row["n"])
        recall = (f"{row['recall'][k]:.3f}" for k in ("1", "5", "10"))
        shares = (f"{row['mrr']:.3f}", f"{row['ndcg10']:.3f}", f"{low:.2f}–{high:.2f}")
        table.add_row(name, str(row["n"]), *recall, *shares)
    console = Console(markup=False, highlight=False)
    console.print(table)
    abstention = figures["abstention"]
    console.print(
        f"At the floor of {abstention['floor']}, {abstention['answerable_answered']} of "
        f"{abstention['answerable']} answerable questions are answered, and "
        f"{abstention['unanswerable_answered']} of {abstention['unanswerable']} unanswerable ones."
    )
    names = ("auroc", "answer_rate_at_5pct_false", "precision", "recall")
    measured = [f"{name} {abstention[name]}" for name in names if abstention[name] is not None]
    if measured:
        console.print("Abstention: " + ", ".join(measured))
    console.print(f"Milliseconds per query: p50 {figures['ms']['p50']}, p99 {figures['ms']['p99']}")

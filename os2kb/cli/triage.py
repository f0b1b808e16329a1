"""`os2kb triage`: learn the types of issues from labelled ones, and judge what was learned."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from os2kb.cli.as_json import json_text
from os2kb.cli.rows import add_row
from os2kb.settings import load_settings

if TYPE_CHECKING:  # they import scikit-learn, which would slow down `os2kb --help`
    from os2kb.triage.issues import LabelledIssue
    from os2kb.triage.measures import Score
    from os2kb.triage.model import Measured, Model

triage_app = typer.Typer(
    help="Types of issues, learned from what people labelled.", no_args_is_help=True
)
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Further = Annotated[
    bool,
    typer.Option(
        help="Train the model of OS2KB_EMBEDDER further, where one runs here: better, and slower."
    ),
]
Precision = Annotated[
    float,
    typer.Option(min=0.5, max=0.999, help="What is known must be right this often."),
]


@triage_app.callback()
def triage() -> None:
    """Types of issues, learned from what people labelled."""


@triage_app.command()
def train(
    history: Annotated[
        list[str],
        typer.Argument(
            help="owner/repo, read from GitHub by its Policy's labels, or a CSV file with the "
            "columns repo,label,title,body; several are learned from together.",
            metavar="REPO|FILE.csv...",
        ),
    ],
    out: Annotated[
        Path | None, typer.Option(help="The folder of versions. Default: DATA_DIR/triage.")
    ] = None,
    precision: Precision = 0.9,
    fine_tune: Further = True,
    as_json: AsJson = False,
) -> None:
    """Learn, and let what was learned serve as a new version."""
    from os2kb.clock import now
    from os2kb.triage.store import save

    issues = [issue for one in history for issue in _history(one)]
    model = _learned(issues, precision, fine_tune=fine_tune)
    folder = save(model, out or load_settings().triage_dir, now())
    if as_json:
        typer.echo(_json({"version": folder.name, **_about(model), **_figures(model.measured)}))
    else:
        typer.echo(f"{folder}: {model.issues} issues, {', '.join(model.labels)}; left out in turn:")
        _show(model.measured)


@triage_app.command("eval")
def evaluate(
    train_file: Annotated[Path, typer.Argument(help="To learn from.", metavar="TRAIN.csv")],
    test_file: Annotated[Path, typer.Argument(help="To judge by.", metavar="TEST.csv")],
    precision: Precision = 0.9,
    fine_tune: Further = True,
    as_json: AsJson = False,
) -> None:
    """Learn from one file and judge by another; stores nothing."""
    from os2kb.triage.evaluate import evaluate as judge
    from os2kb.triage.evaluate import levels
    from os2kb.triage.issues import BadIssues, read_issues

    tests = read_issues(test_file)
    if not tests:
        raise BadIssues(f"{test_file}: holds no issues to judge by")
    model = _learned(read_issues(train_file), precision, fine_tune=fine_tune)
    measured, guesses = judge(model, tests)
    if as_json:
        curve = [asdict(level) for level in levels(tests, guesses)]
        typer.echo(
            _json({"n": len(tests), **_figures(measured), "levels": curve, "model": _about(model)})
        )
    else:
        _show(measured)


def _history(one: str) -> "Sequence[LabelledIssue]":
    from os2kb.triage.issues import read_issues

    if one.endswith(".csv") or Path(one).is_file():
        return read_issues(Path(one))
    from os2kb.clock import now
    from os2kb.forges.github import connect
    from os2kb.triage.history import labelled_history

    return labelled_history(connect(load_settings(), now), one)


def _learned(issues: "Sequence[LabelledIssue]", precision: float, *, fine_tune: bool) -> "Model":
    """Trained, with a bar on standard error while an encoder is trained further."""
    from index.embedders.sentence_transformers import SentenceTransformers
    from os2kb.knowledge.embedders.choose import local_embedder
    from os2kb.triage.encoder import Further
    from os2kb.triage.model import train as learn

    embedder = local_embedder(load_settings(), building=True)
    if not (fine_tune and isinstance(embedder, SentenceTransformers)):
        return learn(issues, embedder, precision)
    with Progress(console=Console(stderr=True)) as bar:
        task = bar.add_task("training", total=1.0)
        further = Further(embedder.fresh, lambda share: bar.update(task, completed=share))
        return learn(issues, embedder, precision, further)


def _about(model: "Model") -> Mapping[str, Any]:
    return {
        "issues": model.issues,
        "data": model.data,
        "labels": list(model.labels),
        "embedder": model.embedder or None,
        "fine_tuned": model.encoder is not None,
        "floor": model.calibration.floor,
        "trusted": sorted(model.trusted),
    }


def _figures(measured: "Measured") -> Mapping[str, Any]:
    return {
        "f1": measured.f1,
        "by": {
            repository: {
                **{label: asdict(score) for label, score in types.items()},
                "average": _average(types),
            }
            for repository, types in measured.scores.items()
        },
        "known": {"precision": measured.precision, "coverage": measured.coverage},
    }


def _average(types: "Mapping[str, Score]") -> Mapping[str, float]:
    every = [asdict(score) for score in types.values()]
    return {key: sum(one[key] for one in every) / len(every) for key in every[0]}


def _show(measured: "Measured") -> None:
    labels = sorted({label for types in measured.scores.values() for label in types})
    table = Table("repository", *labels, "mean F1")
    for repository, types in measured.scores.items():
        row = [f"{types[one].f1:.3f}" if one in types else "" for one in labels]
        add_row(table, repository, *row, f"{_average(types)['f1']:.3f}")
    Console(markup=False).print(table)
    typer.echo(
        f"mean F1 {measured.f1:.3f}; known {measured.coverage:.0%} of the issues, "
        f"right {measured.precision:.0%} of those"
    )


def _json(data: Mapping[str, Any]) -> str:
    return json_text(data)

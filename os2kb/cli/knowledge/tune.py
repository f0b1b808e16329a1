"""`os2kb index tune`: weights of the fusion that suit these documents."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer
from rich.console import Console
from rich.progress import Progress

from os2kb.cli.as_json import AsJson, print_json
from os2kb.cli.knowledge.figures import figures_table
from os2kb.cli.knowledge.measuring import DryRun, Measuring, QuestionFile, measuring
from os2kb.settings import load_settings

if TYPE_CHECKING:
    from index.evaluation.tuning import Tuning


def tune_index(
    file: QuestionFile,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Fit the weights of the search on a file of questions; the default stays unless beaten."""
    from index.build.retune import retune
    from index.evaluation.tuning import tune

    asked = measuring(file)
    if not any(question.answerable for question in asked.questions):
        typer.echo(
            f"{file} holds no answerable question, so there is nothing to tune by.", err=True
        )
        raise typer.Exit(2)
    with Progress(console=Console(stderr=True), disable=as_json) as bar:
        task = bar.add_task("Trying weights")
        tuning = tune(
            asked.index,
            asked.questions,
            asked.places,
            lambda done, all_: bar.update(task, completed=done, total=all_),
        )
    before, after = (_measured(asked, weights) for weights in (asked.index.weights, tuning.chosen))
    body = _body(file, asked, tuning, before, after)
    if not dry_run:
        entry = {"value": dict(tuning.chosen), **body["origin"]} if _is_other(tuning) else None
        body["version"] = retune(load_settings().index_dir, "weights", entry)
    body["applied"] = not dry_run
    if as_json:
        print_json(body)
    else:
        _show(body)


def _is_other(tuning: "Tuning") -> bool:
    from index.retrieval.defaults import WEIGHTS

    return dict(tuning.chosen) != dict(WEIGHTS)


def _measured(asked: Measuring, weights: Mapping[str, float]) -> dict[str, Any]:
    from index.evaluation.figures import figures
    from index.evaluation.outcomes import run

    index = asked.index.tuned(weights=weights)
    answerable = [question for question in asked.questions if question.answerable]
    measured = figures(run(index, answerable, asked.places), index.floor)
    return {name: measured[name] for name in ("n", "recall", "mrr", "ndcg10", "intervals")}


def _body(
    file: Path,
    asked: Measuring,
    tuning: "Tuning",
    before: Mapping[str, Any],
    after: Mapping[str, Any],
) -> dict[str, Any]:
    gain = {"ndcg10": round(tuning.gain, 4), "interval": [round(x, 4) for x in tuning.interval]}
    return {
        "n": tuning.n,
        "before": {"weights": dict(asked.index.weights), **before},
        "after": {"weights": dict(tuning.chosen), **after},
        "best": dict(tuning.best),
        "held_out_gain": gain,
        "why": tuning.why,
        "origin": {"file": file.name, "n": tuning.n, "held_out_gain": gain},
    }


def _show(body: Mapping[str, Any]) -> None:
    console = Console(markup=False, highlight=False)
    for name in ("before", "after"):
        console.print(f"{name}: {_said(body[name]['weights'])}")
    console.print(figures_table("", [(name, body[name]) for name in ("before", "after")]))
    gain = body["held_out_gain"]
    console.print(
        f"Preferred of the grid: {_said(body['best'])}. On questions they were not chosen by, "
        f"weights chosen like that gain {gain['ndcg10']:+.3f} nDCG@10 over the default (95 %: "
        f"{gain['interval'][0]:+.3f} to {gain['interval'][1]:+.3f})."
    )
    console.print(f"Chosen: {_said(body['after']['weights'])}, since {body['why']}.")
    done = "Nothing was written." if not body["applied"] else f"Serving: {body['version']}."
    console.print(done)


def _said(weights: Mapping[str, float]) -> str:
    return " ".join(f"{leg} {weight:g}" for leg, weight in weights.items())

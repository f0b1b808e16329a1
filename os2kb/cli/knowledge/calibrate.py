"""`os2kb index calibrate`: how sure the bot must be before it answers."""

from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from os2kb.cli.as_json import AsJson, print_json
from os2kb.cli.knowledge.measuring import DryRun, QuestionFile, measuring
from os2kb.cli.knowledge.output import wrong_input
from os2kb.settings import load_settings


def calibrate_index(
    file: QuestionFile,
    false_rate: Annotated[
        float,
        typer.Option(min=0.0, max=0.5, help="The share of unanswerable questions answered anyway."),
    ] = 0.05,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Set the floor below which a question is not answered, for a stated rate of false answers."""
    from index.build.retune import retune
    from index.evaluation.calibration import Uncalibrated, calibrate
    from os2kb.knowledge.evaluation.floors import highest_floor

    asked = measuring(file)
    highest = [(one.answerable, highest_floor(asked.index, one)) for one in asked.questions]
    yes, no = ([floor for sort, floor in highest if sort is wanted] for wanted in (True, False))
    with wrong_input(Uncalibrated):
        found = calibrate(yes, no, false_rate)
    figures = {name: value for name, value in asdict(found).items() if name != "floor"}
    body: dict[str, Any] = {
        "floor": {"before": asked.index.floor, "after": found.floor},
        **figures,
        "is_told": found.is_told,
        "applied": not dry_run,
    }
    if not dry_run:
        entry = {"value": found.floor, "file": file.name, **figures}
        body["version"] = retune(load_settings().index_dir, "floor", entry)
    if as_json:
        print_json(body)
    else:
        _show(body, load_settings().index_dir)


def _show(body: Mapping[str, Any], index_dir: Path) -> None:
    from index.retrieval.defaults import DEFAULT_FLOOR
    from index.tuned import TUNED

    console = Console(markup=False, highlight=False)
    floor = body["floor"]
    console.print(f"Floor: {floor['before']:.3g} before, {floor['after']:.3g} now.")
    for sort, name in (("answerable", "rightly"), ("unanswerable", "falsely")):
        low, high = body[f"{name}_interval"]
        console.print(
            f"Answered: {body[name]} of {body[sort]} {sort} questions "
            f"(95 %: {low:.0%} to {high:.0%})."
        )
    if not body["is_told"]:
        console.print(
            f"A rate of {body['false_rate']:.1%} cannot be told from {body['unanswerable']} "
            f"unanswerable questions: with so few, the smallest that can is about "
            f"{1 / body['unanswerable']:.0%}. The floor is set above all of them. To tell more, "
            f"add unanswerable questions to the file"
            + (f", at least {body['enough']} in all." if body["false_rate"] else ".")
        )
    if not body["applied"]:
        console.print("Nothing was written.")
        return
    console.print(f"Serving: {body['version']}.")
    if floor["after"] < DEFAULT_FLOOR:
        console.print(
            f"That is below the default of {DEFAULT_FLOOR:g}: more is answered, also falsely. To "
            f"take it back, delete {index_dir / TUNED} and run os2kb index build.",
            soft_wrap=True,
        )

"""`os2kb index eval`: how good the index is on a file of questions."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from os2kb.cli.as_json import AsJson, print_json
from os2kb.cli.internal import Internal, seen
from os2kb.cli.knowledge.measuring import QuestionFile, measuring
from os2kb.cli.knowledge.output import wrong_input
from os2kb.settings import load_settings

if TYPE_CHECKING:
    from index.evaluation.questions import Question


def evaluate_index(
    file: QuestionFile,
    internal: Internal = False,
    as_json: AsJson = False,
    ascii_typed: Annotated[
        bool, typer.Option("--ascii", help="Ask each Danish question as typed without æ, ø and å.")
    ] = False,
    typos: Annotated[
        int, typer.Option(min=0, max=20, help="Misspell as many words of each question.")
    ] = 0,
    seed: Annotated[int, typer.Option(help="Which misspellings.")] = 1,
    before: Annotated[
        Path | None,
        typer.Option("--compare", help="An earlier evaluation's JSON: what is better, what worse."),
    ] = None,
    html: Annotated[
        Path | None, typer.Option(help="Write a report with charts, in one file.")
    ] = None,
    english: Annotated[bool, typer.Option("--english", help="The report in English.")] = False,
    answers: Annotated[
        bool,
        typer.Option(
            "--answers/--no-answers",
            help="Ask for answers too; with a language model configured, that costs its tokens.",
        ),
    ] = True,
) -> None:
    """Measure the index on a file of questions whose answers are known; the console charts it."""
    from index.evaluation.comparison import BadEvaluation, compare, read_evaluation
    from os2kb.cli.knowledge.figures import print_figures
    from os2kb.clock import now
    from os2kb.knowledge.evaluation import series
    from os2kb.knowledge.evaluation.report import report

    spelling = {"ascii": ascii_typed, "typos": typos, "seed": seed if typos else None}
    with wrong_input(BadEvaluation):
        earlier = read_evaluation(before) if before else None
    measured = _measured(file, spelling, answers=answers, internal=internal)
    series.remember(load_settings().index_dir, series.evaluated(measured, now()))
    if earlier is not None:
        measured["compare"] = compare(earlier["questions"], measured["questions"])
    if html is not None:
        html.write_text(report(measured, "en" if english else "da"), "utf-8")
    if as_json:
        print_json(measured)
    else:
        print_figures(measured)
        if html is not None:
            typer.echo(f"The report: {html}")


def _measured(
    file: Path, spelling: dict[str, Any], *, answers: bool, internal: bool
) -> dict[str, Any]:
    from index.evaluation.figures import figures
    from index.evaluation.outcomes import outcome_json, run

    on = measuring(file, internal=internal)
    index, visibility = on.index, seen(internal=internal)
    asked = [_spelled(question, spelling) for question in on.questions]
    outcomes = run(index, asked, on.places, visibility)
    rows = [outcome_json(outcome) for outcome in outcomes]
    measured = figures(outcomes, index.floor)
    if answers:
        from os2kb.knowledge.evaluation.answers import answer_figures, ask_all, given_json
        from os2kb.knowledge.evaluation.floors import highest_floor

        floor = partial(highest_floor, index, visibility=visibility)
        given = ask_all(_answerer(), asked, on.places, on.read, floor, visibility)
        measured["answers"] = answer_figures(given)
        rows = [{**row, "answer": given_json(one)} for row, one in zip(rows, given, strict=True)]
    measured["about"] = {
        "file": file.name,
        "version": index.version,
        "passages": len(index.passages),
        "internal": internal,
        "weights": dict(index.weights),
        "spelling": spelling,
    }
    return {**measured, "questions": rows}


def _spelled(question: "Question", spelling: dict[str, Any]) -> "Question":
    from index.evaluation.spelling import ascii_typed, with_typos

    if spelling["ascii"]:
        question = ascii_typed(question)
    if spelling["typos"]:
        question = with_typos(question, spelling["typos"], spelling["seed"])
    return question


def _answerer() -> Any:
    from os2kb.answers.ask import Answerer
    from os2kb.answers.choose import composer_for
    from os2kb.clock import now
    from os2kb.knowledge.embedders.choose import versions_for

    settings = load_settings()
    return Answerer(versions_for(settings), composer_for(settings, now))

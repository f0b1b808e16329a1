"""`os2kb index eval`: how good the index is on a file of questions."""

from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from os2kb.cli.knowledge.output import AsJson, print_json
from os2kb.cli.knowledge.serving import serving_index, source_folders


def evaluate_index(
    file: Annotated[Path, typer.Argument(help="Questions, one JSON object per line.")],
    as_json: AsJson = False,
) -> None:
    """Measure the index on a file of questions whose answers are known."""
    from index.evaluation.figures import figures
    from index.evaluation.outcomes import run
    from index.evaluation.questions import BadQuestions, locate, read_questions, reader

    index = serving_index()
    folders = source_folders()
    try:
        questions = read_questions(file)
        places = locate(questions, reader(folders))
    except BadQuestions as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from error
    measured = figures(run(index, questions, places), index.floor)
    if as_json:
        print_json(measured)
    else:
        _print_figures(measured)


def _print_figures(figures: dict[str, Any]) -> None:
    """What an evaluation measured: a row for all, each language and each tag."""
    from index.evaluation.intervals import interval

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

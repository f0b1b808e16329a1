"""How `os2kb index eval` shows its figures on a terminal."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Column, Table

from os2kb.cli.rows import add_row

_CHANGES_SHOWN = 20
_TOLD = {
    "auroc": "AUROC",
    "answer_rate_at_5pct_false": "answer rate at 5 % false",
    "precision": "precision of silence",
    "recall": "recall of silence",
}


def print_figures(measured: Mapping[str, Any]) -> None:
    """A row for all questions and each group of them, and what else was measured."""
    console = Console(markup=False, highlight=False)
    console.print(_found(measured))
    _abstention(console, measured["abstention"])
    if "answers" in measured:
        _answers(console, measured["answers"])
    if "compare" in measured:
        _comparison(console, measured["compare"])
    ms = measured["ms"]
    console.print(f"Milliseconds per query: p50 {ms['p50']}, p99 {ms['p99']}")


def _found(measured: Mapping[str, Any]) -> Table:
    answerable = sum(group["n"] for group in measured["by"]["lang"].values())
    rows = [("all answerable", {**measured, "n": answerable})]
    for groups in measured["by"].values():
        rows += groups.items()
    return figures_table("Questions", rows)


def figures_table(first: str, rows: Iterable[tuple[str, Mapping[str, Any]]]) -> Table:
    """How well groups of questions are found, with 95 % intervals; a row for each."""
    names = ("n", "R@1", "R@5", "95 %", "R@10", "MRR", "nDCG@10", "95 %")
    columns = (Column(name, justify="right", min_width=len(name)) for name in names)
    table = Table(first, *columns, box=SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0))
    for name, row in rows:
        if row["intervals"] is None:
            continue
        one, five, ten = (f"{row['recall'][k]:.3f}" for k in ("1", "5", "10"))
        found = (one, five, _span(row["intervals"]["recall"]["5"]), ten)
        order = (f"{row['mrr']:.3f}", f"{row['ndcg10']:.3f}", _span(row["intervals"]["ndcg10"]))
        add_row(table, name, str(row["n"]), *found, *order)
    return table


def _span(interval: Sequence[float]) -> str:
    return f"{interval[0]:.2f}–{interval[1]:.2f}"


def _abstention(console: Console, abstention: Mapping[str, Any]) -> None:
    console.print(
        f"The search is surer than the floor of {abstention['floor']:.3g} in "
        f"{abstention['answerable_answered']} of {abstention['answerable']} answerable questions "
        f"and {abstention['unanswerable_answered']} of {abstention['unanswerable']} unanswerable "
        "ones."
    )
    _told(console, "Confidence of the search", abstention)


def _told(console: Console, what: str, abstention: Mapping[str, Any]) -> None:
    intervals = abstention["intervals"] or {}
    measured = [
        f"{said} {abstention[name]:.3f}"
        + (f" ({_span(intervals[name])})" if name in intervals else "")
        for name, said in _TOLD.items()
        if abstention.get(name) is not None
    ]
    if measured:
        console.print(f"{what}: {', '.join(measured)}")


def _answers(console: Console, answers: Mapping[str, Any]) -> None:
    rightly, falsely, quotes = (
        _span(answers["intervals"][name])
        for name in ("answered_rightly", "answered_falsely", "quote_precision")
    )
    console.print(
        f"Answers: {answers['answered_rightly']} of {answers['answerable']} answerable questions "
        f"are answered with a quote from a right place ({rightly}), {answers['answered_beside']} "
        f"from elsewhere, {answers['missed']} not at all; {answers['answered_falsely']} of "
        f"{answers['unanswerable']} unanswerable ones are answered anyway ({falsely})."
    )
    if answers["abstention"]:
        _told(console, "Answers, whatever the floor", answers["abstention"])
    if answers["quotes"]:
        console.print(
            f"Quotes: {answers['quotes']}, of them {answers['quote_precision']:.1%} from a right "
            f"place ({quotes}), {answers['quotes_in_document']:.1%} from a right document, "
            f"{answers['quotes_verbatim']:.1%} verbatim."
        )


def _comparison(console: Console, compared: Mapping[str, Any]) -> None:
    console.print(
        f"Against before, on {compared['n']} questions: {len(compared['better'])} better, "
        f"{len(compared['worse'])} worse, {compared['same']} the same; nDCG@10 "
        f"{compared['difference'] or 0.0:+.3f} (95 %: {compared['interval'][0]:+.3f} to "
        f"{compared['interval'][1]:+.3f})."
    )
    _changes(console, compared)
    if (answers := compared["answers"]) and any(answers.values()):
        console.print("Answers that went from right to wrong, or the other way:")
        _changes(console, answers)
    elif answers is not None:
        console.print("No answer went from right to wrong, or the other way.")


def _changes(console: Console, changed: Mapping[str, Any]) -> None:
    for name in ("worse", "better"):
        for change in changed[name][:_CHANGES_SHOWN]:
            was, now = (change[when] or "not found" for when in ("before", "now"))
            console.print(f"  {name}: {change['id']} {was} → {now}  {change['question']}")

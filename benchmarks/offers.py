"""What a new issue that asks something is offered unasked: the answer, links, or nothing.

Questions with known answers, some of which the documents do not hold, and issues that people in
five other projects labelled as questions: to those, anything that is offered is noise.

    python -m benchmarks.offers [--issues 500]
"""

import argparse
import csv
import random
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks.answer_sets import SHARED, Case, Set, sets
from index.passages import Citation, Hit
from os2kb.answers.answer import Answer
from os2kb.answers.ask import HITS, Answerer
from os2kb.answers.tiers import MOST_LINKS, tier
from os2kb.governance.new_question import question_in

NLBSE = SHARED / "nlbse24" / "issues_train.csv"
COLUMNS = ("answerable", "answered", "rightly", "linked", "a link is right", "nothing")


def main() -> None:
    """Print how often each tier is chosen, and how often what it shows is right."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--issues", type=int, default=500, help="of other projects")
    others = _issues(parser.parse_args().issues)
    table = Table("", "questions", *COLUMNS)
    with tempfile.TemporaryDirectory() as place:
        for one in sets(Path(place)):
            table.add_row(one.name, *_row(one, one.cases))
            if one.name == "questions-dev":
                table.add_row("others' issues", *_row(one, others))
    Console(width=110).print(table)


def _row(over: Set, cases: Sequence[Case]) -> Iterator[str]:
    answerer = Answerer(over.versions)
    counts = Counter(dict.fromkeys(COLUMNS, 0))
    for case in cases:
        counts["answerable"] += case.answerable
        match tier(answer := answerer.ask(case.question)):
            case "answer":
                counts["answered"] += 1
                counts["rightly"] += any(map(case.is_right, answer.citations))
            case "links":
                counts["linked"] += 1
                counts["a link is right"] += any(map(case.is_right, _linked(over, answer)))
            case "nothing":
                counts["nothing"] += 1
    yield str(len(cases))
    yield from (str(counts[column]) for column in COLUMNS)


def _linked(over: Set, answer: Answer) -> Iterator[Citation]:
    """The passages that the links lead to."""
    urls = {url for _, url in answer.nearest[:MOST_LINKS]}
    for hit in over.index.search(answer.question, limit=HITS).hits:
        if hit.passage.url in urls:
            yield _cited(hit)


def _cited(hit: Hit) -> Citation:
    passage = hit.passage
    return Citation(
        quote=passage.text,
        title=passage.title,
        url=passage.url,
        path=passage.path,
        lines=passage.lines,
        heading=passage.heading,
    )


def _issues(most: int) -> list[Case]:
    """Those in which a question can be found at all."""
    if not NLBSE.is_file():
        return []
    csv.field_size_limit(10_000_000)
    with NLBSE.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["label"] == "question"]
    random.Random(1).shuffle(rows)
    asked = (question_in(row["title"], row["body"]) for row in rows[:most])
    return [Case("", one, answerable=False, is_right=lambda _: False) for one in asked if one]


if __name__ == "__main__":
    main()

"""A file of questions put to the version that serves, for the commands that measure it."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from os2kb.cli.internal import left_out
from os2kb.cli.knowledge.output import wrong_input
from os2kb.cli.knowledge.serving import serving_index, source_folders

if TYPE_CHECKING:
    from collections.abc import Callable

    from index.evaluation.questions import Question, Span
    from index.search import Index

QuestionFile = Annotated[Path, typer.Argument(help="Questions, one JSON object per line.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Show what would change; change nothing.")]


@dataclass(frozen=True, slots=True)
class Measuring:
    """What is measured: an index, on questions whose relevant places are known.

    Attributes:
        read: a document's text, by its path.
    """

    index: "Index"
    questions: "tuple[Question, ...]"
    places: "dict[str, list[Span]]"
    read: "Callable[[str], str | None]"


def measuring(file: Path, *, internal: bool = False) -> Measuring:
    """Read the questions, and find their places in the sources of the version that serves.

    Says on standard error where internal documents take no part.
    """
    from index.evaluation.questions import BadQuestions, locate, read_questions, reader

    index = serving_index()
    if sentence := left_out(index, "en", internal=internal):
        typer.echo(sentence, err=True)
    with wrong_input(BadQuestions):
        questions = read_questions(file)
        read = reader(source_folders())
        return Measuring(index, questions, locate(questions, read), read)

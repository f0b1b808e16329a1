"""The questions a version of the index is measured on, and the places that answer them."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from index.passages import Language
from index.reading.contents import text_of
from index.reading.decoding import split_lines

Span = tuple[str, int, int]  # path, first and last line


class BadQuestions(ValueError):
    """A question file that cannot be used. The message says which line, and the cure."""


class Relevant(BaseModel):
    """A place that answers a question, by a quote that stands in the document."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    path: str
    quote: str = Field(min_length=1)


class Question(BaseModel):
    """One line of a question file."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    id: str
    question: str
    lang: Language = "da"
    relevant: tuple[Relevant, ...] = ()
    answerable: bool = True
    tags: tuple[str, ...] = ()
    product: str | None = None

    @model_validator(mode="after")
    def _answered_somewhere(self) -> Self:
        if self.answerable and not self.relevant:
            raise ValueError("an answerable question names at least one `relevant` place")
        return self


def read_questions(path: Path) -> tuple[Question, ...]:
    """Read a file with one JSON object per line.

    Raises:
        BadQuestions: the file cannot be read, or a line is no question.
    """
    try:
        lines = path.read_text("utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise BadQuestions(f"cannot read {path}: {error}") from error
    questions = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            questions.append(Question.model_validate_json(line))
        except ValidationError as error:
            first = error.errors()[0]
            where = ".".join(str(part) for part in first["loc"])
            raise BadQuestions(f"{path}, line {number}: {where} {first['msg']}".strip()) from error
    if not questions:
        raise BadQuestions(f"{path} holds no questions")
    repeated = [name for name, count in Counter(q.id for q in questions).items() if count > 1]
    if repeated:
        raise BadQuestions(f"{path}: several questions have the id {', '.join(repeated[:5])}")
    return tuple(questions)


def locate(
    questions: Iterable[Question], read: Callable[[str], str | None]
) -> dict[str, list[Span]]:
    """The lines of every relevant place, by question id; quotes are found with white space folded.

    Args:
        questions: with their relevant places.
        read: a document's text by path; None where there is no such document.

    Raises:
        BadQuestions: a quote does not stand in its document.
    """
    texts: dict[str, str | None] = {}
    found: dict[str, list[Span]] = {}
    for question in questions:
        spans = []
        for place in question.relevant:
            if place.path not in texts:
                texts[place.path] = read(place.path)
            text = texts[place.path]
            if text is None:
                raise BadQuestions(f"question {question.id}: no document {place.path} in the index")
            lines = lines_of(text, place.quote)
            if lines is None:
                raise BadQuestions(
                    f"question {question.id}: the quote “{place.quote[:60]}” "
                    f"does not stand in {place.path}"
                )
            spans.append((place.path, *lines))
        found[question.id] = spans
    return found


def lines_of(text: str, quote: str) -> tuple[int, int] | None:
    """First and last line (1-based) of a quote in a text, white space folded."""
    pattern = r"\s+".join(re.escape(word) for word in quote.split())
    text = "\n".join(split_lines(text))
    match = re.search(pattern, text)
    if match is None:
        return None
    first = text.count("\n", 0, match.start()) + 1
    return first, first + text.count("\n", match.start(), match.end())


def reader(folders: Sequence[Path]) -> Callable[[str], str | None]:
    """Reads documents by their path within any of the sources' folders."""

    def read(path: str) -> str | None:
        for folder in folders:
            file = (folder / path).resolve()
            if file.is_relative_to(folder.resolve()) and file.is_file():
                return text_of(file.read_bytes(), path)
        return None

    return read

"""Questions with known answers, for benchmarks/answers.py and benchmarks/fit_answers.py.

The sample handbook, OS2's own documents, and Danish XQuAD with every second paragraph taken out.
"""

import json
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from index.build import build
from index.evaluation.questions import locate, read_questions, reader
from index.passages import Citation, Source
from index.search import Index
from index.versions import Versions

ROOT = Path(__file__).parents[1]
SHARED = Path(os.environ.get("OS2KB_SHARED_DATA") or ROOT.parent / "shared" / "data")
HANDBOOK, HANDBOOK_QUESTIONS = ROOT / "samples" / "handbook", ROOT / "samples" / "questions.jsonl"
OS2 = SHARED / "os2-docs"
XQUAD = SHARED / "xquad-da" / "xquad.da.json"


@dataclass(frozen=True, slots=True)
class Case:
    """A question. `is_right` tells whether a citation overlaps a place that answers it."""

    id: str
    question: str
    answerable: bool
    is_right: Callable[[Citation], bool]


@dataclass(frozen=True, slots=True)
class Set:
    """Questions over one index."""

    name: str
    versions: Versions
    cases: Sequence[Case]

    @property
    def index(self) -> Index:
        """The index they are asked of."""
        index = self.versions.current()
        assert index is not None
        return index


def sets(place: Path, files: Sequence[Path] = ()) -> Iterator[Set]:
    """Every set whose documents are at hand; `files` are further questions over OS2's documents."""
    handbook = _indexed(HANDBOOK, place / "handbook")
    yield Set("handbook", handbook, _cases(HANDBOOK, HANDBOOK_QUESTIONS))
    if OS2.is_dir():
        os2 = _indexed(OS2, place / "os2")
        for file in (SHARED / "questions-dev.jsonl", *files):
            yield Set(file.stem, os2, _cases(OS2, file))
    if XQUAD.is_file():
        cases = _xquad(place / "paragraphs")
        yield Set("xquad", _indexed(place / "paragraphs", place / "xquad"), cases)


def _indexed(folder: Path, root: Path) -> Versions:
    build([Source("docs", str(folder))], root, now=datetime.now(UTC))
    return Versions(root)


def _cases(folder: Path, file: Path) -> list[Case]:
    questions = read_questions(file)
    places = locate(questions, reader([folder]))

    def overlaps(question: str) -> Callable[[Citation], bool]:
        return lambda cited: any(
            cited.path == path and cited.lines[0] <= last and first <= cited.lines[1]
            for path, first, last in places[question]
        )

    return [Case(each.id, each.question, each.answerable, overlaps(each.id)) for each in questions]


def _xquad(folder: Path) -> list[Case]:
    """A file for each paragraph that is kept; a right citation holds the answer's words."""
    folder.mkdir(parents=True)
    cases = []
    for number, article in enumerate(json.loads(XQUAD.read_text("utf-8"))["data"]):
        title = article["title"].replace("_", " ")
        for at, paragraph in enumerate(article["paragraphs"]):
            path, kept = f"{number:02}-{at}.md", (number + at) % 2 == 0
            if kept:
                (folder / path).write_text(f"# {title}\n\n{paragraph['context']}\n", "utf-8")
            for one in paragraph["qas"]:
                holds = _holds(path, one["answers"][0]["text"].lower())
                cases.append(Case(one["id"][-5:], one["question"], kept, holds))
    return cases


def _holds(path: str, answer: str) -> Callable[[Citation], bool]:
    return lambda cited: cited.path == path and answer in cited.quote.lower()

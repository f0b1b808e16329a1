import json
import os
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from index.build import BuildReport, build
from index.evaluation.figures import figures as figures_of
from index.evaluation.outcomes import run
from index.evaluation.questions import locate, read_questions, reader
from index.masking import mask
from index.passages import Source
from index.plain import plain
from index.reading.decoding import decode, split_lines
from index.search import Index
from index.versions import Versions

ROOT = Path(__file__).parents[2]
SHARED = Path(os.environ.get("OS2KB_SHARED_DATA") or ROOT.parent / "shared" / "data")
DOCUMENTS, QUESTIONS = SHARED / "os2-docs", SHARED / "questions-dev.jsonl"
NOW = datetime(2026, 3, 2, tzinfo=UTC)

pytestmark = pytest.mark.skipif(
    not DOCUMENTS.is_dir(), reason="needs the shared OS2 documents (set OS2KB_SHARED_DATA)"
)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("real") / "index"


@pytest.fixture(scope="module")
def report(root: Path) -> BuildReport:
    return build([Source("os2-docs", str(DOCUMENTS))], root, now=NOW)


@pytest.fixture(scope="module")
def index(root: Path, report: BuildReport) -> Index:
    found = Versions(root).current()
    assert found is not None
    return found


def test_every_document_is_read_and_only_those_without_text_are_skipped(
    report: BuildReport,
) -> None:
    documents = [p for p in DOCUMENTS.rglob("*") if p.suffix in {".md", ".rst"} and p.is_file()]
    assert {reason for _, reason in report.skipped} == {"no text below its headings"}
    assert report.documents == len(documents) - len(report.skipped)
    # A title that heads a part of the site, a line that repeats it, a picture, a list of pages.
    of_whom = [(DOCUMENTS / path).read_text("utf-8") for path, _ in report.skipped]
    assert max(map(len, of_whom)) < 1_000


def test_building_again_changes_nothing(root: Path, report: BuildReport) -> None:
    again = build([Source("os2-docs", str(DOCUMENTS))], root, now=NOW)
    assert (again.version, again.unchanged) == (report.version, True)


def test_one_changed_file_is_the_only_one_embedded(tmp_path: Path) -> None:
    folder = tmp_path / "docs"
    shutil.copytree(DOCUMENTS / "os2display__display-docs", folder)
    folder.chmod(0o755)
    build([Source("d", str(folder))], tmp_path / "index", now=NOW)
    (folder / "ny.md").write_text("# Nyt\n\nEn helt ny side om styregruppen.\n", "utf-8")
    again = build([Source("d", str(folder))], tmp_path / "index", now=NOW)
    assert (again.new, again.changed, again.embedded) == (1, 0, 1)


def test_every_passage_can_be_quoted_from_the_lines_it_names(index: Index) -> None:
    lines: dict[str, list[str]] = {}
    for passage in index.passages:
        if passage.path not in lines:
            text = mask(decode((DOCUMENTS / passage.path).read_bytes()))
            lines[passage.path] = split_lines(text)
        first, last = passage.lines
        here = iter("\n".join(lines[passage.path][first - 1 : last]))
        assert all(c in here for c in "".join(passage.text.split())), (passage.path, passage.lines)


def test_no_passage_is_polluted(index: Index) -> None:
    for passage in index.passages:
        shown = plain(passage.text)
        assert "<!--" not in passage.text
        assert ";base64," not in shown
        assert max(len(word) for word in shown.split()) < 400, (passage.path, passage.lines)
        assert shown, (passage.path, passage.lines)


def test_passages_are_of_a_readable_length(index: Index) -> None:
    counts = sorted(len(passage.text.split()) for passage in index.passages)
    assert counts[len(counts) // 2] > 50
    assert counts[int(len(counts) * 0.95)] < 300


def test_ids_are_unique(index: Index) -> None:
    assert len({passage.id for passage in index.passages}) == len(index.passages)


def test_the_development_questions_are_answered(index: Index) -> None:
    questions = read_questions(QUESTIONS)
    places = locate(questions, reader([DOCUMENTS]))
    figures = figures_of(run(index, questions, places), index.floor)
    assert figures["recall"]["1"] >= 0.65
    assert figures["recall"]["5"] >= 0.90
    assert figures["abstention"]["auroc"] >= 0.85
    assert figures["abstention"]["answer_rate_at_5pct_false"] >= 0.65


def test_danish_typed_without_danish_letters_is_found_as_well(index: Index) -> None:
    folds = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "Æ": "Ae", "Ø": "Oe", "Å": "Aa"})
    for line in QUESTIONS.read_text("utf-8").splitlines():
        asked = json.loads(line)["question"]
        found = [hit.passage.id for hit in index.search(asked, limit=1).hits]
        assert [hit.passage.id for hit in index.search(asked.translate(folds), limit=3).hits][
            :3
        ].count(found[0])

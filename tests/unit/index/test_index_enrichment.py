from collections.abc import Sequence
from pathlib import Path

import pytest
from corpora import HANDBOOK, NOW, built, index_of, write

from index import store
from index.build import BuildReport, Enrich, build
from index.passages import Parsed, Source


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    return write(tmp_path / "docs", HANDBOOK)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "index"


def enriched(root: Path, docs: Path, enrich: Enrich) -> BuildReport:
    return build([Source("docs", str(docs))], root, enrich=enrich, now=NOW)


def screens(corpus: Sequence[Parsed]) -> list[str]:
    return ["dimsen blinker" if p.passage.path == "skaerme.md" else "" for p in corpus]


def asked(root: Path, report: BuildReport) -> dict[str, str]:
    corpus = store.read_corpus(root / "versions" / report.version)
    return {parsed.passage.path: parsed.asked for parsed in corpus if parsed.asked}


def test_what_an_enricher_writes_is_asked_for_and_stands_in_no_text(docs: Path, root: Path) -> None:
    report = enriched(root, docs, screens)
    assert asked(root, report) == {"skaerme.md": "dimsen blinker"}
    corpus = store.read_corpus(root / "versions" / report.version)
    assert not any("dimsen" in parsed.passage.text + parsed.plain for parsed in corpus)


def test_it_comes_after_what_the_document_itself_says_it_answers(docs: Path, root: Path) -> None:
    write(docs, {"skaerme.md": "---\nquestions:\n- Hvorfor er skærmen gul?\n---\n# X\n\nTekst.\n"})
    report = enriched(root, docs, screens)
    assert asked(root, report) == {"skaerme.md": "Hvorfor er skærmen gul?\ndimsen blinker"}


def test_the_same_enrichment_makes_no_new_version(docs: Path, root: Path) -> None:
    first = enriched(root, docs, screens)
    assert enriched(root, docs, screens).unchanged
    assert asked(root, first) == {"skaerme.md": "dimsen blinker"}, "and is not added twice"


def test_what_could_not_be_written_the_first_time_comes_later(docs: Path, root: Path) -> None:
    first = enriched(root, docs, lambda corpus: [""] * len(corpus))
    second = enriched(root, docs, screens)
    assert second.version != first.version
    assert asked(root, second) == {"skaerme.md": "dimsen blinker"}


def test_a_changed_document_is_enriched_and_the_others_keep_theirs(docs: Path, root: Path) -> None:
    enriched(root, docs, screens)
    write(docs, {"faq.md": "# Spørgsmål\n\nOpret et issue.\n"})
    assert asked(root, enriched(root, docs, screens)) == {"skaerme.md": "dimsen blinker"}


def test_without_an_enricher_a_standing_version_keeps_what_it_has(docs: Path, root: Path) -> None:
    report = enriched(root, docs, screens)
    assert built(root, Source("docs", str(docs))).version == report.version


def test_a_misspelt_word_is_not_mended_into_one_that_only_others_questions_hold(
    docs: Path, root: Path
) -> None:
    def surname(corpus: Sequence[Parsed]) -> list[str]:
        return ["knallertgaard skærm" if p.passage.path == "skaerme.md" else "" for p in corpus]

    enriched(root, docs, surname)
    assert index_of(root).search("knalertgaard").corrected == {}, "it would tell what was asked"
    assert index_of(root).search("knallertgaard").hits[0].passage.path == "skaerme.md"
    assert index_of(root).search("skræm").corrected == {"skræm": "skærm"}, "a document says it too"

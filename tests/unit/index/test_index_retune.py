"""Weights and floor of a version that serves, changed without a build."""

import json
from pathlib import Path

import pytest
from corpora import HANDBOOK, built, index_of, write

from index.build.retune import NothingToTune, retune
from index.passages import Hit, Source
from index.retrieval.defaults import DEFAULT_FLOOR, WEIGHTS
from index.retrieval.nearness import NEARNESS
from index.tuned import BadTuning
from index.versions import Versions

LEGS = {"stem": 0.0, "gram": 0.0, "dense": 1.0}
FLOOR = {"value": 0.9, "file": "q.jsonl"}


@pytest.fixture
def docs(tmp_path: Path) -> Source:
    return Source("docs", str(write(tmp_path / "docs", HANDBOOK)))


def test_a_floor_holds_at_once_and_says_where_it_came_from(tmp_path: Path, docs: Source) -> None:
    root = tmp_path / "index"
    built(root, docs)
    versions = Versions(root)
    before = versions.current()
    retune(root, "floor", FLOOR)
    now = versions.current()
    assert before is not None
    assert now is not None
    assert (before.floor, now.floor) == (DEFAULT_FLOOR, 0.9)
    assert now.version != before.version
    assert now.passages == before.passages
    serving, kept = versions.status().versions
    assert serving.tuned == {"floor": {"file": "q.jsonl"}}
    assert (kept.version, kept.floor) == (before.version, DEFAULT_FLOOR)


def by_dense(hit: Hit) -> float:
    return (1 - NEARNESS) * hit.legs["dense"] + NEARNESS * hit.legs["near"] ** 2


def test_weights_change_what_is_found_first(tmp_path: Path, docs: Source) -> None:
    root = tmp_path / "index"
    built(root, docs)
    before = index_of(root).search("hvem betaler for driften").hits
    retune(root, "weights", {"value": LEGS})
    after = index_of(root).search("hvem betaler for driften").hits
    assert index_of(root).weights == LEGS
    assert [hit.score for hit in after] == [pytest.approx(by_dense(hit)) for hit in after]
    assert [hit.score for hit in after] != [hit.score for hit in before]


def test_weights_can_be_tried_without_writing_anything(tmp_path: Path, docs: Source) -> None:
    built(tmp_path, docs)
    index = index_of(tmp_path)
    before = index.search("hvem betaler for driften").hits
    tried = index.tuned(weights=LEGS).search("hvem betaler for driften").hits
    assert [hit.score for hit in tried] == [pytest.approx(by_dense(hit)) for hit in tried]
    assert index.search("hvem betaler for driften").hits == before != tried
    assert index.weights == WEIGHTS


def test_a_build_finds_nothing_to_do_after_it_and_carries_it_over(
    tmp_path: Path, docs: Source
) -> None:
    root = tmp_path / "index"
    built(root, docs)
    version = retune(root, "floor", FLOOR)
    report = built(root, docs)
    assert (report.unchanged, report.version) == (True, version)
    write(tmp_path / "docs", {"ny.md": "# Ny\n\nEn ny tekst om styregruppen.\n"})
    assert not built(root, docs).unchanged
    assert index_of(root).floor == 0.9


def test_the_same_again_changes_nothing_and_none_is_the_default(
    tmp_path: Path, docs: Source
) -> None:
    first = built(tmp_path / "index", docs).version
    version = retune(tmp_path / "index", "floor", FLOOR)
    assert retune(tmp_path / "index", "floor", FLOOR) == version
    assert retune(tmp_path / "index", "floor", None) == first
    assert index_of(tmp_path / "index").floor == DEFAULT_FLOOR


def test_one_key_leaves_the_other(tmp_path: Path, docs: Source) -> None:
    built(tmp_path / "index", docs)
    retune(tmp_path / "index", "floor", FLOOR)
    retune(tmp_path / "index", "weights", {"value": LEGS, "n": 3})
    index = index_of(tmp_path / "index")
    assert (index.floor, index.weights) == (0.9, LEGS)
    written = json.loads((tmp_path / "index" / "tuned.json").read_text("utf-8"))
    assert written == {"floor": FLOOR, "weights": {"value": LEGS, "n": 3}}


def test_without_an_index_there_is_nothing_to_tune(tmp_path: Path) -> None:
    with pytest.raises(NothingToTune, match="os2kb index build"):
        retune(tmp_path, "floor", FLOOR)
    assert not (tmp_path / "tuned.json").exists()


def test_a_broken_file_is_left_for_a_person_to_look_at(tmp_path: Path, docs: Source) -> None:
    built(tmp_path / "index", docs)
    (tmp_path / "index" / "tuned.json").write_text("{", "utf-8")
    with pytest.raises(BadTuning, match="mend or delete"):
        retune(tmp_path / "index", "floor", FLOOR)
    assert (tmp_path / "index" / "tuned.json").read_text("utf-8") == "{"

import json
from pathlib import Path

import pytest
from corpora import HANDBOOK, built, index_of, write

from index import store
from index.build import BuildRefused
from index.passages import Source
from index.retrieval.defaults import DEFAULT_FLOOR, WEIGHTS
from index.tuned import TUNED, read_tuned

TUNING = {
    "weights": {"value": {"stem": 1.0, "gram": 0.5, "dense": 0.25}, "file": "q.jsonl", "n": 24},
    "floor": {"value": 0.71, "file": "q.jsonl"},
}


@pytest.fixture
def docs(tmp_path: Path) -> Source:
    return Source("docs", str(write(tmp_path / "docs", HANDBOOK)))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "index").mkdir()
    return tmp_path / "index"


def tune(root: Path, tuning: object) -> None:
    (root / TUNED).write_text(json.dumps(tuning), "utf-8")


def test_an_index_that_nobody_tuned_has_the_defaults(root: Path, docs: Source) -> None:
    manifest = store.read_manifest(root / "versions" / built(root, docs).version)
    assert (manifest["weights"], manifest["floor"]) == (dict(WEIGHTS), DEFAULT_FLOOR)


def test_a_build_carries_over_what_was_tuned_and_where_it_came_from(
    root: Path, docs: Source
) -> None:
    tune(root, TUNING)
    manifest = store.read_manifest(root / "versions" / built(root, docs).version)
    assert manifest["weights"] == {"stem": 1.0, "gram": 0.5, "dense": 0.25}
    assert manifest["tuned"] == {
        "weights": {"file": "q.jsonl", "n": 24},
        "floor": {"file": "q.jsonl"},
    }
    assert index_of(root).floor == 0.71


def test_tuning_makes_a_version_of_its_own(root: Path, docs: Source) -> None:
    first = built(root, docs)
    tune(root, TUNING)
    second = built(root, docs)
    assert second.version != first.version
    assert second.embedded == 0


def test_one_key_may_be_tuned_alone(root: Path) -> None:
    tune(root, {"floor": {"value": 0.5}})
    assert read_tuned(root).weights == WEIGHTS
    tune(root, {"weights": {"value": {"dense": 0}}})
    assert read_tuned(root).weights == {**WEIGHTS, "dense": 0}


@pytest.mark.parametrize(
    "tuning",
    [
        [],
        {"floor": 0.5},
        {"floor": {"value": "høj"}},
        {"floor": {"value": None}},
        {"floor": {"value": 1.5}},
        {"weights": {"value": {"stem": -1}}},
        {"weights": {"value": {"stem": float("nan")}}},
        {"weights": {"value": {"stem": 0, "gram": 0, "dense": 0}}},
        {"weights": {"value": {"navn": 1}}},
    ],
)
def test_a_file_that_makes_no_sense_stops_the_build_and_says_so(
    root: Path, docs: Source, tuning: object
) -> None:
    tune(root, tuning)
    with pytest.raises(BuildRefused, match=r"tuned\.json.*"):
        built(root, docs)

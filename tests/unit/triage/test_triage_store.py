"""A stored classifier is numbers: it guesses the same, holds no text, and nothing in it is run."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from os2kb.triage.model import Model, train
from os2kb.triage.store import BadModel, load, save
from tests.unit.triage.labelled import FORMS, issues

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)


@pytest.fixture(scope="module")
def model() -> Model:
    return train([*issues(20), *issues(20, FORMS, seed=2)])


def test_it_guesses_after_loading_as_before(model: Model, tmp_path: Path) -> None:
    save(model, tmp_path, NOW)
    unseen = issues(10, seed=3)
    assert load(tmp_path).guesses(unseen) == model.guesses(unseen)
    assert load(tmp_path).measured == model.measured


def test_no_word_of_an_issue_is_stored(model: Model, tmp_path: Path) -> None:
    save(model, tmp_path, NOW)
    stored = b"".join(file.read_bytes() for file in tmp_path.rglob("*") if file.is_file())
    for word in ("kalender", "skærm", "virker"):
        assert word.encode() not in stored


def test_the_newest_serves_and_the_one_before_is_kept(model: Model, tmp_path: Path) -> None:
    folders = [save(model, tmp_path, NOW + timedelta(days=day)) for day in range(3)]
    assert [folder.exists() for folder in folders] == [False, True, True]
    assert (tmp_path / "current").read_text() == folders[-1].name


def test_without_one_the_message_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(BadModel, match="os2kb triage train"):
        load(tmp_path)


@pytest.mark.parametrize("name", ["model.json", "weights.npz"])
def test_a_torn_file_is_no_classifier(model: Model, tmp_path: Path, name: str) -> None:
    file = save(model, tmp_path, NOW) / name
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
    with pytest.raises(BadModel, match="cannot be read"):
        load(tmp_path)


def test_objects_in_place_of_numbers_are_refused(model: Model, tmp_path: Path) -> None:
    file = save(model, tmp_path, NOW) / "weights.npz"
    with np.load(file) as arrays:
        changed = {**arrays, "shared": np.array([{"run": "this"}], dtype=object)}
    np.savez(file, **changed)
    with pytest.raises(BadModel, match="cannot be read"):
        load(tmp_path)


def test_another_embedder_is_refused(model: Model, tmp_path: Path) -> None:
    class Other:
        id = "other"

    save(model, tmp_path, NOW)
    with pytest.raises(BadModel, match="OS2KB_EMBEDDER"):
        load(tmp_path, Other())  # type: ignore[arg-type]

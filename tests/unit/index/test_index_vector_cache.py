import sqlite3
from pathlib import Path

import numpy as np
import pytest

from index.build.vector_cache import VectorCache, keep_only, key_of

A, B, C = (key_of(text) for text in ("æble", "båd", "\ud800"))


def vector(*numbers: float) -> np.ndarray:
    return np.array(numbers, np.float32)


def filled(root: Path, model: str = "m") -> Path:
    with VectorCache(root, model) as cache:
        cache.add({A: vector(1, 0), B: vector(0, 1)})
    return next((root / "vectors").glob("*.db"))


def found(root: Path, model: str = "m") -> dict[bytes, list[float]]:
    with VectorCache(root, model) as cache:
        return {key: row.tolist() for key, row in cache.find([A, B, C]).items()}


def test_what_was_kept_is_found_exactly(tmp_path: Path) -> None:
    filled(tmp_path)
    assert found(tmp_path) == {A: [1, 0], B: [0, 1]}


def test_models_do_not_share_vectors_though_their_names_look_alike(tmp_path: Path) -> None:
    filled(tmp_path, "openai:a/b")
    assert found(tmp_path, "openai:a-b") == {}


def test_a_vector_that_was_damaged_is_as_if_it_had_never_been(tmp_path: Path) -> None:
    file = filled(tmp_path)
    with sqlite3.connect(file) as rows:
        rows.execute("UPDATE vectors SET vector = zeroblob(8) WHERE key = ?", (A,))
    rows.close()
    assert found(tmp_path) == {B: [0, 1]}


@pytest.mark.parametrize("damage", [b"", b"no database at all, and far from it" * 100])
def test_a_file_that_is_no_database_is_begun_anew(tmp_path: Path, damage: bytes) -> None:
    filled(tmp_path).write_bytes(damage)
    assert found(tmp_path) == {}
    filled(tmp_path)
    assert found(tmp_path) == {A: [1, 0], B: [0, 1]}


def test_pages_damaged_in_the_middle_are_found_out(tmp_path: Path) -> None:
    with VectorCache(tmp_path, "m") as cache:
        many = {key_of(str(number)): vector(*range(300)) for number in range(200)}
        cache.add(many)
    (file,) = (tmp_path / "vectors").iterdir()
    whole = bytearray(file.read_bytes())
    whole[8192:-4096] = b"\xff" * len(whole[8192:-4096])
    file.write_bytes(whole)
    with VectorCache(tmp_path, "m") as cache:
        left = cache.find(many)
        assert all(row.tolist() == list(range(300)) for row in left.values())
        cache.add(many)
        assert len(cache.find(many)) == 200


def test_vectors_no_kept_version_uses_are_dropped(tmp_path: Path) -> None:
    filled(tmp_path, "old")
    filled(tmp_path, "new")
    keep_only(tmp_path, {"new": {A}})
    assert found(tmp_path, "new") == {A: [1, 0]}
    assert found(tmp_path, "old") == {}


def test_thousands_of_vectors_are_found_at_once(tmp_path: Path) -> None:
    many = {key_of(str(number)): vector(number, -number) for number in range(2500)}
    with VectorCache(tmp_path, "m") as cache:
        cache.add(many)
        assert {key: row.tolist() for key, row in cache.find(many).items()} == {
            key: row.tolist() for key, row in many.items()
        }

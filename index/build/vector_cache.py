"""Vectors computed once, kept below the index root by model and by the hash of their text.

ROOT/vectors/MODEL.db: SQLite, a row a text. It belongs to no version, so that a rebuild, also after
a rollback or a change of the index's own code, embeds only what is new. Each row carries a
checksum: a damaged row is computed again, and a file that is no database is begun anew.
"""

import logging
import re
import sqlite3
from collections.abc import Collection, Iterator, Mapping, Sequence
from hashlib import blake2b
from itertools import islice
from pathlib import Path
from types import TracebackType
from zlib import crc32

import numpy as np

from index.embedders.vectors import Vectors

_log = logging.getLogger(__name__)
_FOLDER = "vectors"
_AT_A_TIME = 900  # SQLite takes 999 parameters in its oldest versions
_TABLE = "CREATE TABLE IF NOT EXISTS vectors (key BLOB PRIMARY KEY, vector BLOB, crc INTEGER)"
_DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)

Key = bytes


def key_of(text: str) -> Key:
    """What a text is known by: 16 bytes."""
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()


class VectorCache:
    """The vectors of one model. Used by the one build that runs, from one thread.

    Args:
        root: see `index.versions`.
        model: an embedder's id.
    """

    def __init__(self, root: Path, model: str) -> None:
        (root / _FOLDER).mkdir(parents=True, exist_ok=True)
        self._path = _path(root, model)
        try:
            self._open()
        except sqlite3.DatabaseError as error:
            self._begin_anew(error)

    def __enter__(self) -> "VectorCache":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self._rows.close()

    def find(self, keys: Collection[Key]) -> dict[Key, Vectors]:
        """Those of the vectors that are known and whole."""
        try:
            return {
                key: np.frombuffer(vector, "<f4")
                for some in _batches(keys)
                for key, vector, crc in self._rows.execute(
                    f"SELECT key, vector, crc FROM vectors WHERE key IN ({_marks(some)})",  # noqa: S608
                    some,
                )
                if crc32(vector) == crc
            }
        except sqlite3.DatabaseError as error:
            self._begin_anew(error)
            return {}

    def add(self, vectors: Mapping[Key, Vectors]) -> None:
        """Keep vectors, safely on disk when this returns."""
        rows = [(key, row.astype("<f4").tobytes()) for key, row in vectors.items()]
        with self._rows:
            self._rows.executemany(
                "INSERT OR REPLACE INTO vectors VALUES (?, ?, ?)",
                [(key, vector, crc32(vector)) for key, vector in rows],
            )

    def forget(self) -> None:
        """Drop all vectors: the model has changed under its name."""
        with self._rows:
            self._rows.execute("DELETE FROM vectors")

    def keep_only(self, keys: Collection[Key]) -> None:
        """Drop the vectors of all other texts."""
        known = {key for (key,) in self._rows.execute("SELECT key FROM vectors")}
        with self._rows:
            for some in _batches(known - set(keys)):
                self._rows.execute(f"DELETE FROM vectors WHERE key IN ({_marks(some)})", some)  # noqa: S608

    def _open(self) -> None:
        self._rows = sqlite3.connect(self._path)
        self._rows.execute("PRAGMA synchronous=NORMAL")
        self._rows.execute(_TABLE)

    def _begin_anew(self, error: sqlite3.DatabaseError) -> None:
        if error.sqlite_errorcode not in _DAMAGED:
            raise error
        _log.warning("the vectors in %s are damaged and are computed again", self._path.name)
        self._rows.close()
        self._path.unlink(missing_ok=True)
        self._open()


def keep_only(root: Path, used: Mapping[str, Collection[Key]]) -> None:
    """Drop what no kept version uses.

    Args:
        root: see `index.versions`.
        used: the keys each model's kept versions hold.
    """
    files = {_path(root, model): (model, keys) for model, keys in used.items()}
    for path in (root / _FOLDER).glob("*.db"):
        if path not in files:
            path.unlink()
            continue
        model, keys = files[path]
        with VectorCache(root, model) as cache:
            cache.keep_only(keys)


def _path(root: Path, model: str) -> Path:
    """A name that tells the model to a person, and the digest that makes it unique."""
    digest = blake2b(model.encode(), digest_size=4).hexdigest()
    return root / _FOLDER / f"{re.sub(r'[^A-Za-z0-9]+', '-', model)[:60]}-{digest}.db"


def _batches(keys: Collection[Key]) -> Iterator[list[Key]]:
    rest = iter(keys)
    while some := list(islice(rest, _AT_A_TIME)):
        yield some


def _marks(keys: Sequence[Key]) -> str:
    return ",".join("?" * len(keys))

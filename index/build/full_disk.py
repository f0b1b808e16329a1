"""A disk without room, told as what it is."""

import errno
import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from index.versions import BuildRefused

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_SQLITE_FULL = {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_WRITE}
# What numpy and FAISS say; neither hands the error number on.
_SAID = re.compile(r"requested and \d+ written|No space left|File too large|quota exceeded")


class NoRoom(BuildRefused):
    """The disk is full. What was half written is gone, and what served before still serves."""


@contextmanager
def room(root: Path) -> Iterator[None]:
    """Turn the many ways in which libraries report a full disk into one that names the cure.

    Raises:
        NoRoom: instead of what was raised inside.
    """
    try:
        yield
    except (OSError, RuntimeError, sqlite3.Error) as error:
        if not _is_full(error):
            raise
        raise NoRoom(
            f"nothing more can be written to the disk of {root} ({error}): free some room, or move "
            "OS2KB_DATA_DIR; what served before still serves"
        ) from error


def _is_full(error: Exception) -> bool:
    if isinstance(error, OSError) and error.errno is not None:
        return error.errno in _FULL
    if isinstance(error, sqlite3.Error):
        return getattr(error, "sqlite_errorcode", None) in _SQLITE_FULL
    return bool(_SAID.search(str(error)))

"""What can stop a build from outside, told as what it is and with its cure."""

import errno
import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from index.embedders import EmbedderUnavailable
from index.versions import BuildRefused

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_SQLITE_FULL = {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_WRITE}
# What numpy and FAISS say; neither hands the error number on.
_SAID = re.compile(r"requested and \d+ written|No space left|File too large|quota exceeded")
_SERVES = "what served before still serves"


class NoRoom(BuildRefused):
    """The disk is full. What was half written is gone."""


class NotEmbedded(BuildRefused):
    """The embedder is not at hand. What it did embed is kept for the next build."""


@contextmanager
def refusals(root: Path) -> Iterator[None]:
    """Turn what libraries raise into what a person can act on.

    Raises:
        NoRoom, NotEmbedded: instead of what was raised inside.
    """
    try:
        yield
    except EmbedderUnavailable as error:
        raise NotEmbedded(f"{error}; {_SERVES}") from error
    except (OSError, RuntimeError, sqlite3.Error) as error:
        if not _is_full(error):
            raise
        raise NoRoom(
            f"nothing more can be written to the disk of {root} ({error}): free some room, or move "
            f"OS2KB_DATA_DIR; {_SERVES}"
        ) from error


def _is_full(error: Exception) -> bool:
    if isinstance(error, OSError) and error.errno is not None:
        return error.errno in _FULL
    if isinstance(error, sqlite3.Error):
        return getattr(error, "sqlite_errorcode", None) in _SQLITE_FULL
    return bool(_SAID.search(str(error)))

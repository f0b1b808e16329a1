"""Of which version of the index the store holds the decisions: a note beside the versions.

A build that finds nothing new then needs neither the database nor its driver, which take as long to
open as the build takes.
"""

from hashlib import sha256
from pathlib import Path

from index.versions import Versions
from os2kb.settings import Settings

_FILE = "decisions-kept"
_PACKAGE = Path(__file__).parents[1]
_READ_BY = ("decisions", "store/decisions.py", "knowledge/decision_logs.py")


def is_kept(settings: Settings) -> bool:
    """Whether the store, as far as can be told without it, holds what the serving version does."""
    if not settings.database_url and not (settings.data_dir / "os2kb.db").exists():
        return False
    try:
        return (settings.index_dir / _FILE).read_text("ascii") == what_is_kept(settings)
    except (OSError, ValueError):
        return False


def what_is_kept(settings: Settings) -> str:
    """A digest of the serving version, of where the store is, and of the code that reads decisions.

    The address of a store may hold a password.
    """
    serving = Versions(settings.index_dir).folder()
    digest = sha256(f"{serving.name if serving else ''}\n{settings.store_url}".encode())
    for name in _READ_BY:
        path = _PACKAGE / name
        for module in sorted(path.rglob("*.py")) if path.is_dir() else (path,):
            digest.update(module.read_bytes())
    return digest.hexdigest()


def note(settings: Settings, kept: str) -> None:
    """The store holds now what `what_is_kept` told before it was written."""
    settings.index_dir.mkdir(parents=True, exist_ok=True)
    (settings.index_dir / _FILE).write_text(kept, "ascii")

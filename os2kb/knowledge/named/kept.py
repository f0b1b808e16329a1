"""Which sources Policies named when they were last read: `named.json` beside the index.

It holds while GitHub cannot be asked, and tells which deliveries are of a change in a source.
"""

from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from os2kb.knowledge.named.named import Named

_FILE = "named.json"
_NAMED = TypeAdapter(tuple[Named, ...])


def kept(index_dir: Path) -> tuple[Named, ...]:
    """The sources; none before the first reading."""
    try:
        return _NAMED.validate_json((index_dir / _FILE).read_bytes())
    except (OSError, ValidationError):
        return ()


def keep(index_dir: Path, named: tuple[Named, ...]) -> None:
    """Write them down, instead of those before; OSError where that cannot be done."""
    written = index_dir / f"{_FILE}.new"
    written.write_bytes(_NAMED.dump_json(named, indent=1))
    written.replace(index_dir / _FILE)

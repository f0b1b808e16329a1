"""The decisions of a folder, as its files give them."""

from collections.abc import Mapping

from os2kb.decisions.entry import Entry
from os2kb.decisions.reading.read import read_file


def read_files(files: Mapping[str, bytes | str]) -> tuple[Entry, ...]:
    """In the order of the files."""
    return tuple(one for path in sorted(files) for one in read_file(path, files[path]))

"""A folder or a file of a repository, read through the forge's API.

What one source may cost is bounded, since whoever may write a Policy may name it: so many folders
listed, so many documents, so many bytes.
"""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping

from index.masking import mask
from index.reading.contents import SUFFIXES, largest, suffix_of
from index.reading.decoding import printable
from os2kb.forges.port import Entry, Forge, NotFound, NotText
from os2kb.knowledge.sources.fetched import Left, Page
from os2kb.products.remote import Remote

MOST_FOLDERS = 50
MOST_DOCUMENTS = 200
MOST_BYTES = 5_000_000
_LARGEST = 1_000_000  # of a file: GitHub's API gives no more
_LONGEST_NAME = 200  # bytes


def read_folder(remote: Remote, forge: Forge, known: Mapping[str, str]) -> Iterable[Page | Left]:
    """Its documents, with their paths from the repository's root; only those that changed are read.

    What is nearest to the folder comes first, so that it is what the bounds leave.
    """
    documents = size = 0
    for found in _walk(remote, forge):
        if isinstance(found, Left):
            yield found
            continue
        reason = _reason(found)
        if not reason and documents >= MOST_DOCUMENTS:
            reason = f"a source of a Policy has {MOST_DOCUMENTS} documents at most"
        if not reason and size + found.size > MOST_BYTES:
            reason = f"a source of a Policy has {MOST_BYTES // 1_000_000} MB at most"
        if reason:
            yield Left(_shown(found.path), reason)
            continue
        page = _read(remote, forge, found, known)
        if isinstance(page, Page):
            documents, size = documents + 1, size + max(found.size, len(page.content or b""))
        yield page


def _walk(remote: Remote, forge: Forge) -> Iterator[Entry | Left]:
    """Every document, a folder at a time; what another source names is not entered."""
    waiting, listed = deque([remote.path]), 0
    while waiting:
        path = waiting.popleft()
        if listed >= MOST_FOLDERS:
            yield Left(_shown(path), f"a source of a Policy has {MOST_FOLDERS} folders at most")
            continue
        listed += 1
        try:
            entries = forge.listing(remote.where, path)
        except NotFound:
            yield Left(_shown(path) or remote.source.name, "no such folder or file")
            continue
        for entry in sorted(entries, key=lambda entry: entry.path):
            if entry.path in remote.without or _is_hidden(entry.path, remote.path):
                continue
            if entry.kind == "folder":
                waiting.append(entry.path)
            elif suffix_of(entry.path) in SUFFIXES or entry.kind == "link":
                yield entry


def _read(remote: Remote, forge: Forge, entry: Entry, known: Mapping[str, str]) -> Page | Left:
    if known.get(entry.path) == entry.sha:
        return Page(entry.path, entry.sha, None)
    try:
        return Page(entry.path, entry.sha, forge.content(remote.where, entry.path))
    except NotFound:
        return Left(_shown(entry.path), "gone while it was read")
    except NotText:
        return Left(_shown(entry.path), "no plain file")


def _reason(entry: Entry) -> str:
    """Why a file is no document; empty where it is one."""
    if entry.kind == "link":
        return "a link"
    if any(len(part.encode("utf-8", "replace")) > _LONGEST_NAME for part in _parts(entry.path)):
        return "the file's name is too long"
    if printable(entry.path) != entry.path or "\\" in entry.path:
        return "the file's name holds control characters"
    most = min(_LARGEST, largest(entry.path))
    if entry.size > most:
        return f"too large: {entry.size / 1e6:.1f} MB, and {most / 1e6:.0f} MB at most"
    return ""


def _is_hidden(path: str, named: str) -> bool:
    """Whether a name below the one that is named starts with a dot; `..` would lead out."""
    return path != named and _parts(path)[-1].startswith(".")


def _parts(path: str) -> list[str]:
    return path.split("/")


def _shown(path: str) -> str:
    """A path for the report: encodable, and without personal data."""
    return mask(printable(path))

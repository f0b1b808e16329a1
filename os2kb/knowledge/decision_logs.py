"""The decisions that stand in sources of knowledge, for whoever reads the log.

So an installation has a page of decisions without a forge. What is not indexed is not shown: a file
that asks not to be searched, and a source that the world may see no more.
"""

from collections import Counter
from collections.abc import Container, Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath

from index import store
from index.masking import mask
from index.passages import Passage
from index.reading.git_versions import Version, earlier_versions
from index.versions import SourceStatus, Versions
from os2kb.decisions.as_data import entry_of, masked, with_texts
from os2kb.decisions.entry import Entry
from os2kb.decisions.lint.change import first_accepted, says_otherwise
from os2kb.decisions.reading.read import read_file
from os2kb.store.decisions import SOURCE, Accepted, DecisionLog, Logged

_SUFFIXES = (".md", ".markdown")


def decisions_served(
    versions: Versions, *, public_only: bool = False, history: bool = False
) -> tuple[Logged, ...]:
    """The decisions of the index that serves, source by source. Reads their files.

    Args:
        public_only: leave out all of a source that the world may not see.
        history: ask git what they said when they were accepted, as far as it is at hand.
    """
    found: list[Logged] = []
    for source, files in _served(versions):
        public = source.visibility == "public"
        if public_only and not public:
            continue
        key = f"{SOURCE}{source.name}"
        log = DecisionLog(key, source.product or "", public, commit=source.commit)
        read = _entries(Path(source.folder), files)
        entries = tuple(entry_of(masked(with_texts(one))) for one in read)
        count = Counter(one.path for one in entries)
        several = {path for path in count if count[path] > 1}
        earlier = earlier_versions(Path(source.folder)) if history else {}
        found += (
            Logged(log, one, _url(files, several, one), _accepted(one, earlier.get(one.path, ())))
            for one in entries
        )
    return tuple(found)


def _accepted(entry: Entry, earlier: Sequence[Version]) -> Accepted | None:
    """What it said when it was accepted, masked as it is, where that is another text."""
    known = first_accepted(entry, earlier)
    if known is None:
        return None
    before, until = known
    text = mask(before.decision.decision)
    otherwise = says_otherwise(text, entry.decision.decision)
    return Accepted(text, until.commit) if otherwise else None


def _served(versions: Versions) -> Iterator[tuple[SourceStatus, Mapping[str, list[Passage]]]]:
    """The sources that hold decisions, with the passages of each such file."""
    folder = versions.folder()
    if folder is None:
        return
    files: dict[str, dict[str, list[Passage]]] = {}
    for parsed in store.read_passages(folder / store.PASSAGES):
        one = parsed.passage
        if one.kind == "decision" and PurePosixPath(one.path).suffix.lower() in _SUFFIXES:
            files.setdefault(one.source, {}).setdefault(one.path, []).append(one)
    serving = next((one for one in versions.status().versions if one.serving), None)
    for source in serving.sources if serving else ():
        if source.name in files:
            yield source, files[source.name]


def _entries(folder: Path, passages: Mapping[str, list[Passage]]) -> Iterator[Entry]:
    root = folder.resolve()
    for path in sorted(passages):
        # It may be another file since it was indexed, or a link to one elsewhere.
        file = (root / path).resolve()
        if not file.is_relative_to(root):
            continue
        try:
            yield from read_file(path, file.read_bytes())
        except OSError:
            continue


def _url(files: Mapping[str, list[Passage]], several: Container[str], entry: Entry) -> str:
    """Where people read it: the file, or its heading in one of `several`."""
    (first, last), passages = entry.lines, files[entry.path]
    if entry.path not in several:
        return passages[0].url.partition("#")[0]
    within = (one for one in passages if one.lines[0] <= last and one.lines[1] >= first)
    return next(within, passages[0]).section_at(first).url

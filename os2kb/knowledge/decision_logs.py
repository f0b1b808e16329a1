"""The decisions that stand in sources of knowledge, kept in the store for whoever reads the log.

So an installation has a page of decisions without a forge. What is not indexed is not kept: a file
that asks not to be searched, and a source that the world may see no more.
"""

from collections import Counter
from collections.abc import Container, Iterator, Mapping
from functools import partial
from pathlib import Path, PurePosixPath

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from index import store
from index.passages import Passage
from index.versions import SourceStatus, Versions
from os2kb.decisions.entry import Entry
from os2kb.decisions.reading.read import read_file
from os2kb.knowledge.decisions_kept import note, what_is_kept
from os2kb.logs import get_logger
from os2kb.settings import Settings
from os2kb.store.database import StoreUnavailable, open_database, upgrade
from os2kb.store.decisions import SOURCE, DecisionLog, every_log, forget_log, keep_log

_SUFFIXES = (".md", ".markdown")
# By the log's key: a source, and the passages of each of its files that hold decisions.
Served = Mapping[str, tuple[SourceStatus, Mapping[str, list[Passage]]]]
log = get_logger()


def keep_decisions(settings: Settings) -> None:
    """Let the store hold the decisions of the index that serves, and none of another source.

    A store that cannot be written costs no build: the log says so, and the next build tries again.
    """
    kept = what_is_kept(settings)
    try:
        database = open_database(settings.store_url)
        try:
            upgrade(database)
            _keep(database, _served(Versions(settings.index_dir)))
            note(settings, kept)
        finally:
            database.dispose()
    except (StoreUnavailable, SQLAlchemyError) as error:
        log.warning("decisions_not_kept", error=type(error).__name__)


def _keep(database: Engine, served: Served) -> None:
    for known in every_log(database):
        if known.key.startswith(SOURCE) and known.key not in served:
            forget_log(database, known.key)
    for key, (source, files) in served.items():
        entries = tuple(_entries(Path(source.folder), files))
        public = source.visibility == "public"
        read = DecisionLog(key, source.product or "", public, commit=source.commit)
        several = {
            path for path, count in Counter(one.path for one in entries).items() if count > 1
        }
        keep_log(database, read, entries, partial(_url, files, several))


def _served(versions: Versions) -> Served:
    """The sources that hold decisions, by key, with the passages of each such file."""
    folder = versions.folder()
    if folder is None:
        return {}
    files: dict[str, dict[str, list[Passage]]] = {}
    for parsed in store.read_passages(folder / store.PASSAGES):
        one = parsed.passage
        if one.kind == "decision" and PurePosixPath(one.path).suffix.lower() in _SUFFIXES:
            files.setdefault(one.source, {}).setdefault(one.path, []).append(one)
    serving = next((one for one in versions.status().versions if one.serving), None)
    return {
        f"{SOURCE}{source.name}": (source, files[source.name])
        for source in (serving.sources if serving else ())
        if source.name in files
    }


def _entries(folder: Path, passages: Mapping[str, list[Passage]]) -> Iterator[Entry]:
    for path in sorted(passages):
        try:
            yield from read_file(path, (folder / path).read_bytes())
        except OSError:  # gone since it was indexed
            continue


def _url(files: Mapping[str, list[Passage]], several: Container[str], entry: Entry) -> str:
    """Where people read it: the file, or its heading in one of `several`."""
    (first, last), passages = entry.lines, files[entry.path]
    if entry.path not in several:
        return passages[0].url.partition("#")[0]
    within = (one for one in passages if one.lines[0] <= last and one.lines[1] >= first)
    return next(within, passages[0]).section_at(first).url

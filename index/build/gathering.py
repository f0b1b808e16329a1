"""From sources to parsed passages; what has not changed is taken from the version before."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from index.build.before import Before, FileKey
from index.passages import Parsed, Source
from index.reading.decoding import Unreadable
from index.reading.sources import File, Gathered, gather
from index.versions import BuildRefused

# Stage, how many are done, how many there are.
Progress = Callable[[str, int, int], None]
Skips = tuple[tuple[str, str], ...]  # path and reason


class NothingToIndex(BuildRefused):
    """No source holds a readable document. The message says why."""


@dataclass(frozen=True, slots=True)
class Corpus:
    """Every passage of every source.

    Attributes:
        files: the documents that were found.
        unreadable: those of them that hold nothing to index, with the reason.
        remarks: of the documents that were read anew, where (`path:line`) and what their front
            matter says that nobody can use.
    """

    passages: tuple[Parsed, ...]
    files: tuple[File, ...]
    unreadable: Mapping[FileKey, str]
    remarks: Skips = ()

    @property
    def documents(self) -> int:
        """How many are indexed."""
        return len(self.files) - len(self.unreadable)


def gather_all(
    sources: Sequence[Source], clones: Path, tell: Progress, now: datetime
) -> tuple[Gathered, ...]:
    """What each source holds.

    Raises:
        NothingToIndex: none holds a document.
    """
    gathered = []
    for number, source in enumerate(sources):
        tell("sources", number, len(sources))
        gathered.append(gather(source, clones, now))
    tell("sources", len(sources), len(sources))
    if not any(one.files for one in gathered):
        reasons = "; ".join(f"{path}: {why}" for one in gathered for path, why in one.skipped[:5])
        where = ", ".join(source.address for source in sources) or "no source"
        raise NothingToIndex(f"no document that can be read in {where}. {reasons}".strip())
    return tuple(gathered)


def read_corpus(gathered: Iterable[Gathered], before: Before, tell: Progress) -> Corpus:
    """Parse what is new, and take over the rest.

    Raises:
        NothingToIndex: the documents hold no text.
    """
    files = tuple(file for one in gathered for file in one.files)
    unreadable: dict[FileKey, str] = {}
    corpus: list[Parsed] = []
    remarks: list[tuple[str, str]] = []
    for number, file in enumerate(files):
        if number % 20 == 0:
            tell("documents", number, len(files))
        try:
            corpus.extend(_parsed(file, before, remarks))
        except Unreadable as error:
            unreadable[file.source.name, file.path] = str(error)
        except Exception as error:  # noqa: BLE001 - one document must not cost all the others
            why = f"could not be parsed: {type(error).__name__}: {error}"
            unreadable[file.source.name, file.path] = why
    tell("documents", len(files), len(files))
    if not corpus:
        raise NothingToIndex("the documents that were found hold no text")
    return Corpus(tuple(corpus), files, unreadable, tuple(remarks))


def _parsed(file: File, before: Before, remarked: list[tuple[str, str]]) -> Sequence[Parsed]:
    key = (file.source.name, file.path)
    if before.hashes.get(key) == file.sha:
        if key in before.parsed:
            return before.parsed[key]
        if key in before.unreadable:
            raise Unreadable(before.unreadable[key])
    # Late: where no document is new, none of the parsers is needed.
    from index.reading.contents import is_converted, text_of
    from index.reading.documents import cut, parse
    from index.reading.remarks import remarks

    text = text_of(file.raw, file.path)
    if not is_converted(file.path):
        remarked += [(f"{file.path}:{line}", said) for line, said in remarks(text)]
    document = parse(text, file.path, file.source)
    found = cut(document, file.source)
    if not found:
        hidden = "`search_exclude: true`: it is not to be searched"
        raise Unreadable("no text below its headings" if document.searchable else hidden)
    return found


def skips(gathered: Iterable[Gathered]) -> Skips:
    """What the sources could not give, with the reasons."""
    return tuple(pair for one in gathered for pair in one.skipped)

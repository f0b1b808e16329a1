"""The questions that documents say they answer, in their front matter: each is a test of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from index import store
from index.masking import mask
from index.passages import Language, Visibility
from index.reading.asked import asked_in
from index.reading.contents import is_converted
from index.reading.decoding import Unreadable, decode, split_lines
from index.reading.front_matter import front_matter
from index.reading.remarks import Remark, remarks
from index.versions import SourceStatus, Versions


@dataclass(frozen=True, slots=True)
class Promised:
    """A question, and the document that says it answers it.

    Attributes:
        path: relative to its source.
        file: where the document lies on this machine.
        line: of the file, 1-based, on which the question begins.
        lang: where the document names it.
    """

    question: str
    lang: Language | None
    path: str
    file: Path
    line: int
    product: str | None
    visibility: Visibility


def promised_in(text: str) -> tuple[tuple[str, Language | None, int], ...]:
    """The questions in a document's front matter, each with its language and its line."""
    lines = split_lines(mask(text))
    front, after = front_matter(lines)
    held = [line for line, left in zip(lines, after, strict=True) if line != left]
    return tuple((one.text, one.lang, _line_of(one.text, held)) for one in asked_in(front))


def _line_of(question: str, front: list[str]) -> int:
    """The line on which a question begins; the first where it is written in YAML's own way."""
    begins = question[:30]
    numbers = (at for at, line in enumerate(front, 1) if begins in " ".join(line.split()))
    return next(numbers, 1)


def promised(versions: Versions) -> Iterator[Promised]:
    """The questions of every document that the serving version was built from.

    A document that has gone or changed since is read as it is now.
    """
    for source, path in _documents(versions):
        yield from _of_document(source, path)


def remarked(versions: Versions) -> Iterator[tuple[Path, Remark]]:
    """What is wrong with the front matter of the documents, as they are now, and where they lie."""
    for source, path in _documents(versions):
        file = Path(source.folder) / path
        try:
            found = () if is_converted(path) else remarks(decode(file.read_bytes()))
        except (OSError, Unreadable):
            continue
        yield from ((file, remark) for remark in found)


def _documents(versions: Versions) -> Iterator[tuple[SourceStatus, str]]:
    """Every document that the serving version was built from."""
    serving = next((one for one in versions.status().versions if one.serving), None)
    folder = versions.folder()
    if serving is None or folder is None:
        return
    sources = {source.name: source for source in serving.sources}
    for name, path, _sha in store.read_manifest(folder, verify=False)["files"]:
        yield sources[name], path


def _of_document(source: SourceStatus, path: str) -> Iterator[Promised]:
    file = Path(source.folder) / path
    try:
        found = promised_in(decode(file.read_bytes()))
    except (OSError, Unreadable):
        return
    for question, lang, line in found:
        visibility: Visibility = "internal" if source.visibility == "internal" else "public"
        yield Promised(question, lang, path, file, line, source.product, visibility)

"""A file's text by its format: what a passage's lines count in."""

from collections.abc import Callable, Mapping

from index.reading.decoding import Unreadable, decode
from index.reading.formats.office import office_as_markdown

_MEGABYTE = 1024 * 1024
# Above these a "document" is data, or made to be costly: reading the worst of two megabytes takes
# some twenty seconds.
_MOST_LINES = 50_000
_LARGEST_TEXT = 2 * _MEGABYTE
_LARGEST_PAGE = 5 * _MEGABYTE  # with its scripts and embedded pictures
_LARGEST_OFFICE = 50 * _MEGABYTE  # most of these bytes are pictures


def _as_it_is(raw: bytes, _suffix: str) -> str:
    return decode(raw)


def _page(raw: bytes, _suffix: str) -> str:
    from index.reading.formats.html import html_as_markdown  # late: only pages need lxml

    return html_as_markdown(decode(raw))


_READERS: Mapping[str, Callable[[bytes, str], str]] = {
    **dict.fromkeys((".md", ".markdown", ".mdx", ".rst", ".txt"), _as_it_is),
    **dict.fromkeys((".html", ".htm", ".xhtml"), _page),
    **dict.fromkeys((".pdf", ".docx", ".pptx"), office_as_markdown),
}
_LARGEST: Mapping[Callable[[bytes, str], str], int] = {
    _page: _LARGEST_PAGE,
    office_as_markdown: _LARGEST_OFFICE,
}
SUFFIXES = frozenset(_READERS)


def suffix_of(path: str) -> str:
    """The end of a file's name that tells its format, in lower case."""
    name = path.rsplit("/", 1)[-1]
    return f".{name.rsplit('.', 1)[-1].lower()}" if "." in name else ""


def text_of(raw: bytes, path: str) -> str:
    """A file's text: its own where it is one, Markdown where it is a page or an office document.

    Raises:
        Unreadable: it holds no text that can be read.
    """
    suffix = suffix_of(path)
    text = _reader(path)(raw, suffix)
    if text.count("\n") > _MOST_LINES:
        raise Unreadable(f"more than {_MOST_LINES} lines of text: data rather than a document")
    return text


def is_converted(path: str) -> bool:
    """Whether the text is another than the file's own, and so its lines and anchors too."""
    return _reader(path) is not _as_it_is


def largest(path: str) -> int:
    """The most bytes that a file of its format may hold."""
    return _LARGEST.get(_reader(path), _LARGEST_TEXT)


def _reader(path: str) -> Callable[[bytes, str], str]:
    return _READERS.get(suffix_of(path), _as_it_is)

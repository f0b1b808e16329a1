"""A file's text by its format: what a passage's lines count in."""

from collections.abc import Callable, Mapping

from index.reading.decoding import decode
from index.reading.formats.html import html_as_markdown
from index.reading.formats.office import office_as_markdown

_MEGABYTE = 1024 * 1024
_LARGEST_TEXT = 5 * _MEGABYTE  # above it a "document" is data
_LARGEST_OFFICE = 50 * _MEGABYTE  # most of these bytes are pictures


def _as_it_is(raw: bytes, _suffix: str) -> str:
    return decode(raw)


def _page(raw: bytes, _suffix: str) -> str:
    return html_as_markdown(decode(raw))


_READERS: Mapping[str, Callable[[bytes, str], str]] = {
    **dict.fromkeys((".md", ".markdown", ".mdx", ".rst", ".txt"), _as_it_is),
    **dict.fromkeys((".html", ".htm", ".xhtml"), _page),
    **dict.fromkeys((".pdf", ".docx", ".pptx"), office_as_markdown),
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
    return _READERS.get(suffix, _as_it_is)(raw, suffix)


def is_converted(path: str) -> bool:
    """Whether the text is another than the file's own, and so its lines and anchors too."""
    return _READERS.get(suffix_of(path), _as_it_is) is not _as_it_is


def largest(path: str) -> int:
    """The most bytes that a file of its format may hold."""
    return _LARGEST_OFFICE if _READERS.get(suffix_of(path)) is office_as_markdown else _LARGEST_TEXT

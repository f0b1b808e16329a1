"""Where a quote is opened: at its very lines, or else in the document as the index holds it. Pure.

A page on the web is opened at the words of the quote (https://wicg.github.io/scroll-to-text-fragment),
a file on a forge at its lines. What has no address of its own is shown here.
"""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from urllib.parse import quote, urlsplit

from index.passages import Citation, Passage
from index.plain import plain
from index.search import Index
from webhooks.pages.markdown import safe_address

PASSAGES = "/passages"
_LINES = re.compile(r"L\d+(?:-L\d+)?")
_NO_PAGES = (".pdf", ".docx", ".pptx", ".odt")
_WORDS = 8  # of a quote: enough to find it by, few enough to stand in one paragraph


def address_of(passage: Passage) -> str:
    """Where a passage is read."""
    return safe_address(passage.url) or shown_here(passage, passage.lines)


def opened_at(index: Index, citation: Citation) -> str:
    """Where a citation is read, at its very lines; empty where it is nowhere to be read."""
    if url := safe_address(citation.url):
        return _at_lines(url, citation.lines) or _at_words(url, citation.quote)
    passage = _passage(index, citation)
    return shown_here(passage, citation.lines) if passage else ""


def shown_here(passage: Passage, lines: tuple[int, int]) -> str:
    """The address of our own page of a passage's document."""
    first, last = lines
    return f"{PASSAGES}/{passage.id}?lines={first}-{last}#L{first}"


def _at_lines(url: str, lines: tuple[int, int]) -> str:
    """The address of lines of a file on a forge, as it was written and not as a page."""
    parts, (first, last) = urlsplit(url), lines
    if "/blob/" not in parts.path and not _LINES.fullmatch(parts.fragment):
        return ""
    at = f"L{first}" if first == last else f"L{first}-L{last}"
    return parts._replace(query=parts.query or "plain=1", fragment=at).geturl()


def _at_words(url: str, words: str) -> str:
    """The address with the first words of a quote behind it, where a browser can find them."""
    first_line = next(filter(None, (plain(line).strip() for line in words.splitlines())), "")
    text = " ".join(first_line.split()[:_WORDS])
    if not text or urlsplit(url).path.lower().endswith(_NO_PAGES):
        return url
    joint = "" if "#" in url else "#"
    # `-`, `,` and `&` have a meaning of their own there.
    return f"{url}{joint}:~:text={quote(text, safe='').replace('-', '%2D')}"


def public_passages(index: Index) -> Mapping[str, Passage]:
    """The passages that the world may see, by their ids."""
    return _public(index)[0]


def document_of(index: Index, passage: Passage) -> Sequence[Passage]:
    """All public passages of the document that holds one, in order."""
    return _public(index)[1][passage.source, passage.path]


def _passage(index: Index, citation: Citation) -> Passage | None:
    first, last = citation.lines
    return next(
        (
            passage
            for passage in _public(index)[0].values()
            if passage.path == citation.path
            and passage.title == citation.title
            and passage.lines[0] <= first
            and last <= passage.lines[1]
        ),
        None,
    )


@lru_cache(maxsize=1)
def _public(
    index: Index,
) -> tuple[Mapping[str, Passage], Mapping[tuple[str, str], Sequence[Passage]]]:
    by_id: dict[str, Passage] = {}
    by_document: dict[tuple[str, str], list[Passage]] = {}
    for passage in index.passages:
        if passage.visibility == "public":
            by_id.setdefault(passage.id, passage)
            by_document.setdefault((passage.source, passage.path), []).append(passage)
    for held in by_document.values():
        held.sort(key=lambda passage: passage.lines)
    return by_id, by_document

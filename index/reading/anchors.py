"""Anchors of headings, as the place that shows the document computes them."""

import re
from unicodedata import category

from docutils.nodes import make_id
from markdown_it import MarkdownIt
from markdown_it.token import Token

from index.passages import AnchorStyle

_EXPLICIT = re.compile(r"[ \t]*\{:?[ \t]*#(?P<id>[^\W\d][\w.:-]*)[^{}]*\}[ \t]*$")
_ATTRIBUTES = re.compile(r"[ \t]*\{:[^{}\n]*#(?P<id>[^\W\d][\w.:-]*)[^{}\n]*\}[ \t]*")
_STATED = re.compile(r"[ \t]\{#(?P<id>[^{}\s]+)\}[ \t]*$")
_LONGEST = 1_000  # characters of a heading that are looked at
_INLINE = MarkdownIt("commonmark").enable("strikethrough")

# kramdown sets dashes, GitHub lets hyphens be: `A -- B` is `a--b` in one and `a----b` in the other.
_DASHES = re.compile(r"---?")
_MARKED_UP = re.compile(r"[\\`*_~\[\]<>&!\n]")
_MARKS_AND_MORE = frozenset({"Mn", "Mc", "Me", "Nd", "Nl", "Pc"})


def explicit_id(heading: str) -> tuple[str, str]:
    """A heading without its `{#id}`, and the id; the id is empty where none is given."""
    match = _EXPLICIT.search(heading[:_LONGEST])
    return (heading[: match.start()], match["id"]) if match else (heading, "")


def attributes_id(line: str) -> str:
    """The id that a line of kramdown attributes gives the heading beside it (`{: #id .class }`)."""
    match = _ATTRIBUTES.fullmatch(line)
    return match["id"] if match else ""


class Anchors:
    """Hands out the anchors of one Markdown document, first heading first.

    Args:
        style: `github`, as github.com shows a file (held to the cases of
            https://github.com/Flet/github-slugger, which were read off github.com); `kramdown`, as
            Jekyll and GitHub Pages do (kramdown-parser-gfm, `generate_gfm_header_id`); or
            `kramdown-basic`, for a site whose `_config.yml` says `kramdown: {input: kramdown}`
            (kramdown, `basic_generate_id`).
    """

    def __init__(self, style: AnchorStyle = "github") -> None:
        self._style = style
        self._taken: dict[str, int] = {}

    def anchor(self, written: str, explicit: str = "") -> str:
        """The anchor of the next heading.

        Args:
            written: the heading's Markdown, as it stands after the `#`.
            explicit: an id that stands beside it; GitHub knows of none.
        """
        if self._style == "github":
            return self._free(_slug(_shown(written)))
        written, inside = explicit_id(written)
        if explicit or inside:
            return explicit or inside
        if self._style == "kramdown":
            return self._numbered(_slug(_shown(written, dashes=True)))
        return self._numbered(_basic(written) or "section")

    def html_anchor(self, written: str) -> str:
        """The anchor of the next heading in HTML without an id; kramdown gives it none."""
        return self.anchor(written) if self._style == "github" else ""

    def _numbered(self, slug: str) -> str:
        """The slug, with `-1`, `-2` at a repeat; that may take another heading's anchor."""
        count = self._taken.get(slug, -1) + 1
        self._taken[slug] = count
        return f"{slug}-{count}" if count else slug

    def _free(self, slug: str) -> str:
        """The slug, with the first number behind it that makes it an anchor of its own."""
        anchor, number = slug, self._taken.get(slug, 0)
        while anchor in self._taken:
            number += 1
            anchor = f"{slug}-{number}"
        self._taken[slug] = number
        self._taken[anchor] = max(0, self._taken.get(anchor, 0))
        return anchor


def _shown(written: str, *, dashes: bool = False) -> str:
    """The text a browser would show: code, links and emphasis without their marks, no images."""
    written = written.strip()[:_LONGEST]
    if not _MARKED_UP.search(written):
        return _DASHES.sub("", written) if dashes else written
    (inline,) = _INLINE.parseInline(written)
    return "".join(_text(token, dashes=dashes) for token in inline.children or ())


def _text(token: Token, *, dashes: bool) -> str:
    if token.type in {"text", "text_special"}:
        return _DASHES.sub("", token.content) if dashes else token.content
    return token.content if token.type == "code_inline" else ""


def _slug(text: str) -> str:
    return "".join("-" if c in " \t" else c for c in text.lower() if _stays(c))


def _stays(character: str) -> bool:
    r"""Whether Ruby's `[\p{Word}\- \t]` holds a character."""
    if character.isascii():
        return character.isalnum() or character in "-_ \t"
    return (
        character.isalpha()
        or category(character) in _MARKS_AND_MORE
        or "\u24b6" <= character <= "\u24e9"  # letters in circles
    )


def _basic(written: str) -> str:
    kept = re.sub(r"^[^a-zA-Z]+", "", written[:_LONGEST].strip())
    return re.sub(r"[^a-zA-Z0-9 -]", "", kept).replace(" ", "-").lower()


class StatedAnchors:
    """The anchors of a document that states them all: `{#id}` behind a heading, or none."""

    def anchor(self, written: str, explicit: str = "") -> str:
        """The anchor that a heading states; empty where it states none."""
        match = _STATED.search(written[:_LONGEST])
        return match["id"] if match else explicit

    def html_anchor(self, written: str) -> str:
        """Of a heading in HTML: none."""
        return self.anchor(written)


class RstAnchors:
    """Hands out the anchors of one reStructuredText document, as docutils computes them."""

    def __init__(self) -> None:
        self._taken: set[str] = set()
        self._number = 0  # of the last `id`; docutils too counts over the whole document

    def anchor(self, heading: str) -> str:
        """The anchor of the next heading; a repeat gets `id1`, `id2` as in docutils."""
        slug: str = make_id(heading)
        while not slug or slug in self._taken:
            self._number += 1
            slug = f"id{self._number}"
        self._taken.add(slug)
        return slug

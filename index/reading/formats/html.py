"""HTML into the Markdown of what its readers see.

The page's own text is kept character for character; emphasis and links lose their marks, so that a
quote reads as on the page. libxml2 stops at 256 levels of nesting and never asks the network.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import yaml
from lxml import etree

from index.reading.decoding import Unreadable

_Element = Any  # lxml has no types of its own

_HIDDEN = """
script style noscript template svg math iframe object embed canvas audio video map head
button select input textarea nav form dialog
"""
_NOT_SHOWN = frozenset(_HIDDEN.split())
_PAGE_FURNITURE = frozenset({"header", "footer", "aside"})  # but not within the page's main text
_FURNITURE_ROLES = frozenset({"navigation", "banner", "contentinfo", "search", "complementary"})
_IN_TEXT = """
a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark output q rp rt
ruby s samp small span strike strong sub sup time tt u var wbr img br
"""
_INLINE = frozenset(_IN_TEXT.split())
_DATES = (
    "article:modified_time",
    "dcterms.modified",
    "article:published_time",
    "dcterms.date",
    "date",
)
_STARTS_BLOCK = re.compile(
    r"^(?P<number>\d{1,9}(?=[.)]\s))?(?=#{1,6}(?:\s|$)|[-+*>](?:\s|$)|[|=]|-{2,}|`{3}|~{3}"
    r"|(?<=\d)[.)])"
)
_MARKUP = re.compile(r"<(?=[a-zA-Z/!?])|&(?=#?\w{1,31};)|\[(?=[^\]\n]{0,500}\]\()")
_ESCAPES = {"<": "&lt;", "&": "&amp;", "[": "\\["}
_LONGEST_ID = 200
_BREAK = "\v"  # of `<br>`, since a line feed in the source is only white space
_SECTIONS = frozenset({"section", "div", "article"})
# Beyond these nobody reads it as one: what each costs is its width, or its depth, times its length.
_WIDEST_TABLE = 100  # cells of a row
_DEEPEST_LIST = 12  # lists and quotes within one another


def html_as_markdown(page: str) -> str:
    """The page's text with its headings, lists, tables and code, front matter first.

    Raises:
        Unreadable: its elements are nested deeper than anything a person would write.
    """
    parser = etree.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True
    )
    raw = page.replace("\0", "").encode("utf-8", "replace")
    try:
        root = etree.fromstring(raw, parser) if raw.strip() else None
    except etree.XMLSyntaxError:
        root = None
    if any(error.type_name == "ERR_RESOURCE_LIMIT" for error in parser.error_log):
        raise Unreadable("its HTML is nested too deeply")
    if root is None:
        return ""
    about = _about(root)
    front = ["---", *yaml.safe_dump(about, allow_unicode=True).splitlines(), "---"] if about else []
    return "\n".join([*front, "", *_Writer().lines(_main(root))]) + "\n"


def _about(root: _Element) -> dict[str, str]:
    """What the page says about itself: title, language and date."""
    metas = {
        str(meta.get("name") or meta.get("property") or "").lower(): str(meta.get("content") or "")
        for meta in root.iter("meta")
    }
    heading = next((_shown(one) for one in root.iter("h1") if _shown(one)), "")
    title = heading or next((_shown(one) for one in root.iter("title")), "")
    date = next((metas[key] for key in _DATES if metas.get(key)), "")
    about = {"title": title[:300], "lang": str(root.get("lang") or "")[:2], "date": date[:10]}
    return {key: value for key, value in about.items() if value}


def _main(root: _Element) -> _Element:
    """The element that holds the page's main text, where the page says so."""
    for find in (".//main", ".//*[@role='main']"):
        if (found := root.find(find)) is not None:
            return found
    articles = root.findall(".//article")
    if len(articles) == 1:
        return articles[0]
    body = root.find("body")
    return root if body is None else body


def _is_shown(element: _Element, *, inside_main: bool) -> bool:
    if not isinstance(element.tag, str) or element.tag in _NOT_SHOWN:
        return False
    if element.tag in _PAGE_FURNITURE and not inside_main:
        return False
    if element.get("hidden") is not None or element.get("aria-hidden") == "true":
        return False
    return element.get("role") not in _FURNITURE_ROLES and "headerlink" not in (
        element.get("class") or ""
    )


def _shown(element: _Element) -> str:
    """An element's text on one line, as a browser would show it."""
    return " ".join("".join(_texts(element)).split())


def _texts(element: _Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if child.tag == "br":
            yield _BREAK
        elif _is_shown(child, inside_main=True):
            apart = "" if child.tag in _INLINE else " "
            yield apart
            yield from _texts(child)
            yield apart
        yield child.tail or ""


def _escaped(text: str) -> str:
    """Text that Markdown would take for markup, so that it is read as text."""
    return _MARKUP.sub(lambda match: _ESCAPES[match[0]], text)


class _Writer:
    """Writes the blocks of an element as lines of Markdown, an empty line between any two.

    Args:
        depth: in how many lists and quotes it stands.
    """

    def __init__(self, depth: int = 0) -> None:
        self._depth = depth
        self._lines: list[str] = []
        self._run: list[str] = []  # inline text that has not become a paragraph yet
        self._id = ""  # of the innermost section whose heading has not come yet
        blocks: Mapping[str, Callable[[_Element], None]] = {
            **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), self._heading),
            "ul": self._list,
            "ol": self._list,
            "menu": self._list,
            "pre": self._code,
            "table": self._table,
            "blockquote": self._quote,
            "dt": self._term,
            "details": self._details,
            "summary": self._summary,
            "hr": lambda _: self._write(["---"]),
        }
        self._blocks = blocks

    def lines(self, element: _Element) -> list[str]:
        """The lines of all that an element holds."""
        main = element.tag not in {"body", "html"}
        self._inside(element, inside_main=main)
        self._flush()
        return self._lines

    def _inside(self, element: _Element, *, inside_main: bool) -> None:
        self._run.append(element.text or "")
        for child in element:
            if child.tag == "br":
                self._run.append(_BREAK)
            elif _is_shown(child, inside_main=inside_main):
                self._child(child, inside_main=inside_main or child.tag in {"main", "article"})
            self._run.append(child.tail or "")

    def _child(self, child: _Element, *, inside_main: bool) -> None:
        if child.tag in _INLINE and all(below.tag in _INLINE for below in child.iter()):
            self._run.extend(_texts(child))
            return
        self._flush()
        if child.tag in _SECTIONS:
            self._id = (child.get("id") or self._id)[:_LONGEST_ID]
        if write := self._blocks.get(child.tag):
            write(child)
        else:
            self._inside(child, inside_main=inside_main)
            self._flush()

    def _flush(self) -> None:
        """Make a paragraph of the inline text so far; a line break stays one."""
        written, self._run = "".join(self._run), []
        lines = [" ".join(line.split()) for line in written.split(_BREAK)]
        self._write([_STARTS_BLOCK.sub(r"\g<number>\\", _escaped(line)) for line in lines if line])

    def _write(self, lines: list[str]) -> None:
        if lines:
            self._lines += [*lines, ""]

    def _heading(self, element: _Element) -> None:
        text = _escaped(_shown(element))
        names = (a.get("id") or a.get("name") for a in element.iter("a"))
        inner = next((name for name in names if name), "")
        anchor = re.sub(r"[^\w.:=-]", "", element.get("id") or inner or self._id)
        self._id = ""
        if text:
            mark = f" {{#{anchor}}}" if re.match(r"[^\W\d]", anchor) else ""
            self._write([f"{'#' * int(element.tag[1])} {text}{mark}"])

    def _nested(self, element: _Element) -> list[str]:
        inside = _Writer(self._depth + 1)
        inside._inside(element, inside_main=True)
        inside._flush()
        return inside._lines[:-1]

    def _laid_out(self, element: _Element) -> None:
        """Write what it holds, and nothing of its own."""
        self._inside(element, inside_main=True)
        self._flush()

    def _list(self, element: _Element) -> None:
        if self._depth == _DEEPEST_LIST:
            self._laid_out(element)
            return
        lines: list[str] = []
        ordered = element.tag == "ol"
        items = [
            child for child in element if child.tag == "li" and _is_shown(child, inside_main=True)
        ]
        for number, item in enumerate(items, 1):
            mark = f"{number}. " if ordered else "- "
            nested = self._nested(item)
            if nested:
                indented = [f"{' ' * len(mark)}{line}" if line else "" for line in nested]
                lines += [mark + indented[0].lstrip(), *indented[1:]]
        self._write(lines)

    def _code(self, element: _Element) -> None:
        text = "".join(element.itertext()).strip("\n")
        fence = "`" * max(3, 1 + max((len(run) for run in re.findall(r"`+", text)), default=0))
        if text.strip():
            self._write([fence, *text.split("\n"), fence])

    def _table(self, element: _Element) -> None:
        if element.find(".//table") is not None or element.get("role") == "presentation":
            self._laid_out(element)
            return
        rows = [[cell for cell in row if cell.tag in {"th", "td"}] for row in element.iter("tr")]
        rows = [row for row in rows if row]
        width = max(map(len, rows), default=0)
        if width > _WIDEST_TABLE:
            self._laid_out(element)
            return
        if (caption := element.find("caption")) is not None:
            self._write([_escaped(_shown(caption))])
        if not rows:
            return
        in_head = rows[0][0].getparent().getparent().tag == "thead"
        has_head = in_head or all(cell.tag == "th" for cell in rows[0])
        head = rows.pop(0) if has_head else []
        self._write(
            [self._row(head, width), "|---" * width + "|", *(self._row(row, width) for row in rows)]
        )

    def _row(self, cells: list[_Element], width: int) -> str:
        texts = [_escaped(_shown(cell)).replace("|", "\\|") for cell in cells]
        return "| " + " | ".join([*texts, *[""] * (width - len(texts))]) + " |"

    def _quote(self, element: _Element) -> None:
        if self._depth == _DEEPEST_LIST:
            self._laid_out(element)
        else:
            self._write([f"> {line}".rstrip() for line in self._nested(element)])

    def _term(self, element: _Element) -> None:
        if text := _escaped(_shown(element)):
            self._write([f"**{text}**"])

    def _details(self, element: _Element) -> None:
        self._write(["<details>"])
        self._inside(element, inside_main=True)
        self._flush()
        self._write(["</details>"])

    def _summary(self, element: _Element) -> None:
        if text := _escaped(_shown(element)):
            self._write([f"<summary>{text}</summary>"])

"""A document's public address, from its source's template."""

from collections.abc import Mapping
from urllib.parse import quote

from index.passages import AnchorStyle, Source
from index.reading.jekyll import Site, permalink

# What may stand in a path unencoded: https://www.rfc-editor.org/rfc/rfc3986#section-3.3
_PATH = "/!$&'()*+,;=:@~"


class Addresses:
    """The addresses of one document's places.

    A template may hold:

    - `{path}`: the path of the file; `{stem}`: the same without its suffix;
    - `{permalink}`: where Jekyll shows it, from the host on (`/docs/roller/`). A document that the
      site does not show has no address then;
    - `{anchor}`: of the nearest heading; a `#` with nothing after it is left out;
    - `{first}` and `{last}`: the lines, for a link to the file itself (`#L{first}-L{last}`).
    """

    def __init__(self, source: Source, path: str, front: Mapping[str, object]) -> None:
        page = permalink(path, front, source.site or Site()) if "{permalink}" in source.url else "-"
        stem = path.rsplit(".", 1)[0] if "." in path.rsplit("/", 1)[-1] else path
        self._template = source.url if page else ""
        self._document = {
            "{path}": quote(path),
            "{stem}": quote(stem),
            "{permalink}": quote(page, safe=_PATH + "%"),
        }

    def address(self, anchor: str, lines: tuple[int, int]) -> str:
        """The address of a place; empty where the document has none."""
        filled = self._template
        place = {
            "{anchor}": quote(anchor, safe="="),
            "{first}": str(lines[0]),
            "{last}": str(lines[1]),
        }
        for field, value in {**self._document, **place}.items():
            filled = filled.replace(field, value)
        return filled.rstrip("#")


def anchor_style(source: Source) -> AnchorStyle:
    """The source's own, else GitHub's, or kramdown's where Jekyll shows the documents."""
    if source.anchors is not None:
        return source.anchors
    if "{permalink}" not in source.url:
        return "github"
    return "kramdown" if source.site is None or source.site.gfm else "kramdown-basic"


def with_anchor(url: str, anchor: str) -> str:
    """An address with an anchor behind it; as it is where one of them is empty."""
    return f"{url}#{quote(anchor, safe='=')}" if url and anchor else url

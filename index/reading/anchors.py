"""Anchors of headings, as the place that shows the document computes them."""

import re

from docutils.nodes import make_id

_EXPLICIT = re.compile(r"\s*\{:?\s*#(?P<id>[\w.:-]+)[^}]*\}\s*$")
_NOT_IN_SLUG = re.compile(r"[^\w\- ]")


def explicit_id(heading: str) -> tuple[str, str]:
    """A heading without its `{#id}`, and the id; the id is empty where none is given."""
    match = _EXPLICIT.search(heading)
    return (heading[: match.start()], match["id"]) if match else (heading, "")


class Anchors:
    """Hands out the anchors of one Markdown document, first heading first.

    GitHub and kramdown's GFM parser agree: lower case, everything but letters, digits, `_`, `-`
    and spaces taken out, each space a hyphen, repeats numbered `-1`, `-2`.
    https://github.com/gettalong/kramdown-parser-gfm (`generate_gfm_header_id`)
    """

    def __init__(self) -> None:
        self._taken: dict[str, int] = {}

    def anchor(self, heading: str, explicit: str = "") -> str:
        """The anchor of the next heading, from its rendered text."""
        if explicit:
            return explicit
        slug = _NOT_IN_SLUG.sub("", heading.strip().lower()).replace(" ", "-")
        count = self._taken.get(slug, -1) + 1
        self._taken[slug] = count
        return f"{slug}-{count}" if count else slug


class RstAnchors:
    """Hands out the anchors of one reStructuredText document, as docutils computes them."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def anchor(self, heading: str) -> str:
        """The anchor of the next heading; a repeat gets `id1`, `id2` as in docutils."""
        slug: str = make_id(heading)
        number = 0
        while not slug or slug in self._taken:
            number += 1
            slug = f"id{number}"
        self._taken.add(slug)
        return slug

"""The texts people read, from templates, one folder for each language.

Whatever a template prints is neutralised unless it is Markdown of our own making, so that a new
template cannot leak what comes from outside.
"""

import re
from collections.abc import Callable
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined

from index.passages import Citation, Language, Status
from os2kb.governance.harmless.neutralise import Markdown, code_span, link, neutralise
from os2kb.governance.harmless.safe_markdown import quoted
from os2kb.governance.ledger.marks import marker_line
from os2kb.phrases import NOTHING, Phrase

MOST_CHARS = 60_000
"""GitHub refuses a comment of more than 65,536 characters."""
_BLANK_LINES = re.compile(r"\n{3,}")
_LIMITS = (8_000, 2_000, 400, 100)

_STATUS: dict[Status, Phrase] = {
    "current": NOTHING,
    "draft": Phrase("Udkast", "Draft"),
    "proposal": Phrase("Forslag", "Proposal"),
    "superseded": Phrase("Erstattet", "Superseded"),
    "archived": Phrase("Arkiveret", "Archived"),
}


def comment(marker: str, compose: Callable[[int], Markdown]) -> str:
    """A whole comment with its marker, never longer than a comment may be.

    Args:
        marker: see `PutComment.marker`.
        compose: the text, given how many characters it may take over from each outside text;
            asked again with less while the result is too long.
    """
    first = marker_line(marker)
    for limit in _LIMITS:
        body = compose(limit)
        if len(first) + 1 + len(body) <= MOST_CHARS:
            break
    return f"{first}\n{body}"


def text(name: str, language: Language, **values: object) -> Markdown:
    """One text in one language; `name` is a template's file name without its ending."""
    template = _environment().get_template(f"{language}/{name}.md")
    lines = (line.rstrip() for line in template.render(**values).strip().split("\n"))
    return Markdown(_BLANK_LINES.sub("\n\n", "\n".join(lines)) + "\n")


def source(citation: Citation) -> Markdown:
    """Where a quote stands, as a link: title, heading and, without an address, path and lines."""
    heading = citation.heading[-1] if citation.heading else ""
    name = citation.title if heading in ("", citation.title) else f"{citation.title} › {heading}"
    shown = link(name or citation.path, citation.url)
    if shown.startswith("["):
        return shown
    first, last = citation.lines
    where = code_span(f"{citation.path}:{first}" + (f"–{last}" if last > first else ""))
    return Markdown(f"{shown} ({where})" if name else where)


def status_word(citation: Citation, language: Language) -> str:
    """*Udkast* and the like; empty for what is in force."""
    return _STATUS[citation.status].in_language(language)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("os2kb.governance", "texts"),
        undefined=StrictUndefined,
        finalize=_shown,
        autoescape=False,  # noqa: S701  # the output is Markdown; `finalize` escapes for it
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(code=code_span, quoted=quoted, source=source)
    return environment


def _shown(value: object) -> str:
    return value if isinstance(value, Markdown) else neutralise(str(value))

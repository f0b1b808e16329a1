"""Findings as the templates show them."""

from collections.abc import Iterable
from dataclasses import dataclass

from index.passages import Language
from os2kb.governance.comments.render import source, status_word
from os2kb.governance.findings import Finding
from os2kb.governance.harmless.neutralise import Markdown, link, shortened
from os2kb.governance.harmless.safe_markdown import quoted
from os2kb.governance.rules import REGISTRY
from os2kb.phrases import NOTHING

_ASKS = {rule.id: rule.asks for rule in REGISTRY}
_QUOTE_CHARS = 600
_MOST_PLACES = 3


@dataclass(frozen=True, slots=True)
class View:
    """One Finding in one language.

    Attributes:
        places: lines at fault, as `path:line`.
        see: links to issues to look at.
        quote: empty without a citation, as is `source`.
    """

    rule: str
    asks: str
    verdict: str
    evidence: str
    remedy: str
    required: bool
    places: tuple[str, ...]
    see: tuple[Markdown, ...]
    quote: Markdown
    source: Markdown


def views(findings: Iterable[Finding], language: Language, limit: int) -> list[View]:
    """The Findings to show, no text from outside in them longer than `limit` characters."""
    return [_view(finding, language, min(limit, _QUOTE_CHARS)) for finding in findings]


def _view(finding: Finding, language: Language, limit: int) -> View:
    cited = finding.citation
    quote = indented(quoted(cited.quote, limit)) if cited else Markdown("")
    named = source(cited) if cited else Markdown("")
    status = status_word(cited, language) if cited else ""
    return View(
        rule=finding.rule,
        asks=_ASKS.get(finding.rule, NOTHING).in_language(language),
        verdict=finding.verdict_in_words.in_language(language),
        evidence=shortened(finding.evidence.in_language(language), limit),
        remedy=finding.remedy.in_language(language),
        required=finding.required,
        places=tuple(f"{one.path}:{one.line}" for one in finding.places[:_MOST_PLACES]),
        see=tuple(link(f"{one.name} {one.title}", one.url) for one in finding.see),
        quote=quote,
        source=Markdown(f"{named} (*{status.lower()}*)" if status else named),
    )


def indented(block: Markdown, spaces: int = 2) -> Markdown:
    """The block moved in, so that it belongs to the list item above it."""
    return Markdown("\n".join(" " * spaces + line for line in block.split("\n")))

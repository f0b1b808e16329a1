"""What the index holds: sources, passages and the citations that quote them."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from index.reading.jekyll import Site

Language = Literal["da", "en"]
Visibility = Literal["public", "internal"]
Kind = Literal["guideline", "governance", "decision", "faq", "documentation", "minutes"]
Status = Literal["current", "draft", "proposal", "superseded", "archived"]
AnchorStyle = Literal["github", "kramdown", "kramdown-basic"]


@dataclass(frozen=True, slots=True)
class Source:
    """Where documents come from.

    Attributes:
        name: unique within the installation; part of every passage id.
        location: a folder, or the address of a git repository (ends in `.git` or has a scheme).
        product: the product whose knowledge this is; None for knowledge shared by all.
        visibility: `internal` passages never reach a public page, issue or cache.
        language: of documents that do not say; None lets each passage be detected.
        kind: of documents that do not say; None lets the path decide.
        url: template of a document's public address (`https://example.org/{path}#{anchor}`), with
            the fields of `index.reading.addresses`; empty for documents without one.
        anchors: who computes the anchors of headings; None: kramdown where the address holds
            `{permalink}`, else GitHub.
        site: what `_config.yml` says, where the address holds `{permalink}`; read with the source.
        branch: of a git repository; empty for its default branch.
        folder: the part of the repository or folder that is meant; empty for all of it.
        synonyms: groups of words that mean the same, as `index.synonyms` reads them; they hold for
            questions about the product, or about anything where the source has none.
    """

    name: str
    location: str
    product: str | None = None
    visibility: Visibility = "public"
    language: Language | None = None
    kind: Kind | None = None
    url: str = ""
    branch: str = ""
    folder: str = ""
    anchors: AnchorStyle | None = None
    site: Site | None = None
    synonyms: tuple[tuple[str, ...], ...] = ()

    @property
    def address(self) -> str:
        """The location without a user name or password, fit to be shown and stored."""
        return re.sub(r"(?<=://)[^@/\s]*@", "", self.location)


@dataclass(frozen=True, slots=True)
class Section:
    """A heading, the line (1-based) it stands on, and where it is found."""

    line: int
    heading: tuple[str, ...]
    anchor: str
    url: str


@dataclass(frozen=True, slots=True)
class Passage:
    """One retrievable piece of a document.

    Attributes:
        id: stable while its source, path and heading path stand.
        path: relative to its source, with forward slashes.
        lines: first and last line in the file, 1-based, inclusive.
        heading: heading path from the document's top, outermost first, without the title.
        anchor: of the nearest heading, as GitHub and kramdown compute it; empty at the top.
        text: the file's own characters of those lines, without noise (Liquid tags, kramdown
            attributes, HTML comments, embedded images), so that a quote of it stands in the file.
        date: ISO 8601 date of the document where it states one, else empty.
        successor: of what is superseded, what took its place, as the document names it.
        sections: the headings that stand inside it, where it holds several short sections.
    """

    id: str
    source: str
    path: str
    lines: tuple[int, int]
    title: str
    heading: tuple[str, ...]
    anchor: str
    text: str
    url: str
    product: str | None
    kind: Kind
    lang: Language
    status: Status
    visibility: Visibility
    date: str = ""
    successor: str = ""
    sections: tuple[Section, ...] = ()

    def section_at(self, line: int) -> Section:
        """The nearest heading above a line of it: what a quote from there stands under."""
        own = Section(self.lines[0], self.heading, self.anchor, self.url)
        return next((s for s in reversed(self.sections) if s.line <= line), own)


@dataclass(frozen=True, slots=True)
class Parsed:
    """A passage and the words that belong to it for analysis but stand outside its text.

    Attributes:
        plain: its text as a reader sees it, on one line.
        headings: titles of all headings that stand inside it.
        context: header cells and lead-ins that stand outside it.
        asked: other ways in which people ask for it, a line each. Never quoted, and no evidence
            that the passage holds the words.
    """

    passage: Passage
    plain: str
    headings: str
    context: str
    asked: str = ""


@dataclass(frozen=True, slots=True)
class Citation:
    """A verbatim quote of a passage (verbatim up to white space), with where to find it."""

    quote: str
    title: str
    url: str
    path: str
    lines: tuple[int, int]
    heading: tuple[str, ...] = ()
    date: str = ""
    status: Status = "current"
    successor: str = ""


@dataclass(frozen=True, slots=True)
class Why:
    """What a hit rests on.

    Attributes:
        words: of the question, folded: those of which the passage holds a form or a part.
        fields: where they stand: `title`, `heading`, `path`, `text`, and `asked`, other ways in
            which people ask for it.
        legs: the share of each leg, as in `Hit`.
        prior: what its score was multiplied by, for its status.
    """

    words: tuple[str, ...]
    fields: tuple[str, ...]
    legs: dict[str, float]
    prior: float


@dataclass(frozen=True, slots=True)
class Hit:
    """One result of a search.

    Attributes:
        score: fused, 0 to 1 within one search; comparable only there.
        snippet: HTML; `<mark>` around matches, all else escaped, Markdown markup taken off.
        legs: the share of each leg (`stem`, `gram`, `dense`) and how near to one another it says
            the words (`near`), 0 to 1 each.
        twins: passages that say the same and are not shown as hits of their own.
        why: what the hit rests on, where it was asked for.
    """

    passage: Passage
    score: float
    snippet: str
    legs: dict[str, float] = field(default_factory=dict)
    twins: tuple[Passage, ...] = ()
    why: Why | None = None


@dataclass(frozen=True, slots=True)
class AskedWord:
    """A meaningful word of a question.

    Attributes:
        word: folded.
        rarity: 0 to 1, how rare the index knows it; 1 where no passage holds it.
        is_name: a name or a number, which nobody writes in other words.
    """

    word: str
    rarity: float
    is_name: bool


@dataclass(frozen=True)
class Results:
    """What one search found.

    Attributes:
        total: passages that matched at all, twins among them, before `limit` and `offset`.
        facets: `{"product": {...}, "kind": {...}, "lang": {...}}`, counts over all matches.
        asked: the question's meaningful words, each once.
        read_as: the query with its misspelt words read as those that the index knows.
        corrected: each misspelt word as written, with what it was read as.
        missing: the legs that took no part: `dense` while its embedder is not at hand.
        weigh: works out the confidence.
    """

    query: str
    total: int
    took_ms: float
    hits: tuple[Hit, ...]
    facets: dict[str, dict[str, int]]
    asked: tuple[AskedWord, ...]
    read_as: str
    corrected: Mapping[str, str]
    missing: tuple[Literal["dense"], ...]
    weigh: Callable[[], float] = field(repr=False, compare=False)

    @cached_property
    def confidence(self) -> float:
        """0 to 1, how likely the best hits hold the answer; compare with `Index.floor`.

        Worked out when it is first asked for: a page of hits can do without it.
        """
        return self.weigh()

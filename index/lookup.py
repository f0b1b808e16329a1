"""The paragraph of one document that a rule rests on."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from index.danish import fold, words
from index.passages import Citation, Kind, Parsed, Source
from index.plain import plain
from index.reading.addresses import with_anchor
from index.reading.documents import passages
from index.retrieval.lexical import Postings
from index.retrieval.question import Question, understand
from index.retrieval.words.analysis import (
    count_words,
    expand,
    gram_terms,
    learn_compounds,
    question_terms,
    stem_terms,
    weighted_words,
)
from index.retrieval.words.compounds import Compounds
from index.sentences import units

# Of the query's words: what the passage must hold more than, and the quoted sentence at least. A
# rule that cites the wrong paragraph is worse than one that cites none. Idf would not do here: in
# a document of one passage it says that what stands there tells nothing.
_IN_PASSAGE, _IN_SENTENCE = 0.5, 0.4
_DEMANDED = re.compile(r"(?<!\w)\+(\w+)")
_QUOTE = 320  # characters: a second sentence is added only within this


class Found(NamedTuple):
    """A paragraph, and the share of the query's words that it answers to, from 0 to 1."""

    share: float
    citation: Citation


def best_paragraph(text: str, path: str, query: str, *, url: str = "") -> Found | None:
    """The sentences of a guideline that answer a query best, quoted verbatim.

    Args:
        text: the document, Markdown or reStructuredText.
        path: its name; `.rst` tells reStructuredText.
        query: words in Danish and English, parted by ` / `: the document may be in either. A word
            after `+` has to stand in the quote or its heading; the others only count for it.
        url: its public address; the heading's anchor is added.

    Returns:
        None where nothing in the document is really about the query.
    """
    document = _document(text, path)
    if document is None:
        return None
    best: Found | None = None
    for wording in query.split(" / "):
        found = _answer(document, wording, url)
        if found is not None and (best is None or found.share > best.share):
            best = found
    return best


def kind_of_text(text: str, path: str) -> Kind | None:
    """What kind of document it is; None where nothing can be read in it."""
    document = _document(text, path)
    return document.parsed[0].passage.kind if document else None


class _Document:
    """A document's passages with their lexical legs; small, so that it is made on the spot."""

    def __init__(self, parsed: Sequence[Parsed]) -> None:
        self.parsed = parsed
        counts = count_words((p.passage.lang, weighted_words(p)) for p in parsed)
        self.compounds: Compounds = learn_compounds(counts)
        stems = expand(counts, lambda word, lang: stem_terms(word, lang, self.compounds))
        self.stems = Postings.build(*stems)
        self.grams = Postings.build(*expand(counts, gram_terms))


@lru_cache(maxsize=64)
def _document(text: str, path: str) -> _Document | None:
    parsed = passages(text, path, Source(name="", location=""))
    return _Document(parsed) if parsed else None


def _answer(document: _Document, wording: str, url: str) -> Found | None:
    question = understand(wording, document.compounds)
    stems, grams = document.stems.scores(question.stems), document.grams.scores(question.grams)
    if not question.groups or not stems.any():
        return None
    demanded = _demanded(wording, question, document.compounds)
    ranked = sorted(range(len(document.parsed)), key=lambda at: -(stems[at] + grams[at] / 4))
    if demanded:
        ranked = [at for at in ranked if _has(document.parsed[at].plain, demanded, question)]
    best: Found | None = None
    for at in ranked[:3]:
        share = _held(document.parsed[at].plain, question)
        if share > _IN_PASSAGE:
            quoted = _quoted(document.parsed[at], question, demanded, url)
            if quoted is not None and (best is None or share > best.share):
                best = Found(share, quoted)
    return best


def _held(text: str, question: Question) -> float:
    """The share of the question's words that a text answers to, from 0 to 1."""
    terms = {term for word in words(text) for term in question.terms_of(word)}
    held = sum(not terms.isdisjoint(group) for group in question.groups)
    return held / len(question.groups)


def _demanded(wording: str, question: Question, compounds: Compounds) -> list[frozenset[str]]:
    """For each word after `+`, the terms of which a text must hold one: of the whole word.

    A log that has changed is no changelog; a compound in the text holds each of its own parts.
    """
    found = []
    for word in _DEMANDED.findall(wording):
        terms = question_terms(fold(word), question.lang, compounds)
        whole = max(terms.values(), default=0.0)
        found.append(frozenset(term for term, weight in terms.items() if weight == whole))
    return found


def _has(text: str, demanded: list[frozenset[str]], question: Question) -> bool:
    if not demanded:
        return True
    terms = {term for word in words(text) for term in question.terms_of(word)}
    return not any(terms.isdisjoint(one) for one in demanded)


def _quoted(
    parsed: Parsed, question: Question, demanded: list[frozenset[str]], url: str
) -> Citation | None:
    """The best sentence of a passage, with the next one where it belongs to the answer too."""
    passage = parsed.passage
    spans = [(u.start, u.end) for u in units(passage.text) if u.kind not in ("code", "row")]
    lines = [passage.lines[0] + passage.text.count("\n", 0, start) for start, _ in spans]
    headings = [" ".join(passage.section_at(line).heading[-1:]) for line in lines]
    texts = [plain(passage.text[start:end]) for start, end in spans]
    shares = [
        _held(text, question) if _has(f"{heading}\n{text}", demanded, question) else 0.0
        for text, heading in zip(texts, headings, strict=True)
    ]
    if not shares or max(shares) < _IN_SENTENCE:
        return None
    best = shares.index(max(shares))
    start, end = spans[best]
    if best + 1 < len(spans) and shares[best + 1] > 0:
        following, until = spans[best + 1]
        if until - start <= _QUOTE and not passage.text[end:following].strip():
            end = until
    first = lines[best]
    section = passage.section_at(first)
    return Citation(
        quote=passage.text[start:end],
        title=passage.title,
        url=with_anchor(url, section.anchor),
        path=passage.path,
        lines=(first, first + passage.text.count("\n", start, end)),
        heading=section.heading,
        date=passage.date,
        status=passage.status,
        successor=passage.successor,
    )

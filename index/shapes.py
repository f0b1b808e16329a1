"""Search results as JSON: the one shape of the HTTP API, the command line and the widget."""

from collections.abc import Iterable
from html import unescape
from typing import Any

from index.passages import Hit, Passage, Results, Why
from index.suggest import Suggestion


def results_json(results: Results) -> dict[str, Any]:
    """The body of `GET /api/v1/search`."""
    return {
        "query": printable(results.query),
        "total": results.total,
        "took_ms": round(results.took_ms, 3),
        "results": [_hit(hit) for hit in results.hits],
        "facets": results.facets,
        "corrected": dict(results.corrected),
        "missing": list(results.missing),
    }


def suggestions_json(suggestions: Iterable[Suggestion]) -> dict[str, Any]:
    """The body of `GET /api/v1/suggest`."""
    return {
        "suggestions": [
            {"text": suggestion.text, "kind": suggestion.kind, "url": suggestion.url}
            for suggestion in suggestions
        ]
    }


def _hit(hit: Hit) -> dict[str, Any]:
    passage = hit.passage
    shown = {
        "id": passage.id,
        "title": passage.title,
        "url": passage.url,
        "path": passage.path,
        "lines": list(passage.lines),
        "heading": " › ".join(passage.heading),
        "snippet": hit.snippet,
        "product": passage.product,
        "kind": passage.kind,
        "lang": passage.lang,
        "date": passage.date or None,
        "status": passage.status,
        "score": round(hit.score, 4),
        "twins": [_twin(twin) for twin in hit.twins],
    }
    return shown if hit.why is None else {**shown, "why": _why(hit.why)}


def _twin(twin: Passage) -> dict[str, Any]:
    return {
        "id": twin.id,
        "title": twin.title,
        "url": twin.url,
        "path": twin.path,
        "lines": list(twin.lines),
        "product": twin.product,
    }


def _why(why: Why) -> dict[str, Any]:
    return {
        "words": list(why.words),
        "fields": list(why.fields),
        "legs": {name: round(share, 4) for name, share in why.legs.items()},
        "prior": round(why.prior, 4),
    }


def printable(text: str) -> str:
    """Text that can be encoded: a lone surrogate becomes a question mark."""
    return text.encode("utf-8", "replace").decode("utf-8")


def without_marks(snippet: str) -> str:
    """A snippet as plain text, for a terminal."""
    return unescape(snippet.replace("<mark>", "").replace("</mark>", ""))

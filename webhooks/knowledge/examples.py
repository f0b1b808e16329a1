"""What the knowledge API gives, by way of example: for /openapi.json."""

from collections.abc import Mapping
from typing import Any

_PLACE = {
    "title": "Produktniveauer",
    "url": "https://example.org/produktniveauer#kriterier",
    "path": "docs/produktniveauer.md",
    "heading": "Niveau 1: Sandkasse › Kriterier",
    "date": "2026-03-02",
    "status": "current",
}
EXAMPLES: Mapping[str, dict[str, Any]] = {
    "SearchResponse": {
        "query": "kriterier i sandkassen",
        "total": 1,
        "took_ms": 4.2,
        "results": [
            _PLACE
            | {
                "id": "0f9a1c5be2d34567",
                "lines": [12, 18],
                "snippet": "<mark>Kriterierne</mark> i <mark>sandkassen</mark> er …",
                "product": "os2demo",
                "kind": "governance",
                "lang": "da",
                "score": 1.0,
                "twins": [],
            }
        ],
        "facets": {"product": {"os2demo": 1}, "kind": {"governance": 1}, "lang": {"da": 1}},
        "corrected": {},
        "missing": [],
    },
    "SuggestResponse": {
        "suggestions": [
            {
                "text": "Kriterier for sandkassefasen",
                "kind": "heading",
                "url": "https://example.org/produktniveauer#kriterier",
            }
        ]
    },
    "AskResponse": {
        "answer": "Løsningen skal være open source. [1]",
        "abstained": False,
        "reason": None,
        "citations": [
            _PLACE
            | {
                "n": 1,
                "lines": [14, 14],
                "quote": "- Løsningen skal være **open source**.",
                "superseded_by": None,
            }
        ],
        "nearest": [],
        "conflicts": [],
        "composer": "extractive",
        "note": None,
        "corrected": {},
        "lang": "da",
        "answer_id": "e7940a741513df10169a",
    },
}
"""By the names of the models."""

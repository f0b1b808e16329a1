"""What a build adds to each passage to be searched by: people's questions, and a model's."""

from collections.abc import Callable, Sequence
from datetime import datetime

from index.build import Enrich
from index.reading.documents import Parsed
from os2kb.answers.choose import model
from os2kb.answers.composers.llm import TokenBudget
from os2kb.answers.expand import Expansions, expander
from os2kb.answers.journal import accepted
from os2kb.settings import Settings

EXPANSIONS = "expansions.jsonl"  # below the index's folder


def enricher(settings: Settings, now: Callable[[], datetime]) -> Enrich | None:
    """All that is added; None where there is nothing to add or take back."""
    by_people = accepted.enricher(settings)
    client = model(settings) if settings.expand else None
    if client is None:
        return by_people
    by_model = expander(
        client,
        settings.llm_model,
        Expansions(settings.index_dir / EXPANSIONS),
        TokenBudget(settings.llm_tokens_per_day, now),
    )
    return _both(by_people, by_model) if by_people else by_model


def _both(one: Enrich, other: Enrich) -> Enrich:
    def enrich(corpus: Sequence[Parsed]) -> Sequence[str]:
        return [
            "\n".join(filter(None, pair)) for pair in zip(one(corpus), other(corpus), strict=True)
        ]

    return enrich

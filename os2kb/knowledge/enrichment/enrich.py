"""What a build adds to each passage to be searched by: people's questions, and a model's."""

from collections.abc import Callable, Sequence
from datetime import datetime

from index.build import Enrich
from index.passages import Parsed
from os2kb.answers.journal import accepted
from os2kb.settings import Settings

EXPANSIONS = "expansions.jsonl"  # below the index's folder


def enricher(settings: Settings, now: Callable[[], datetime]) -> Enrich | None:
    """All that is added; None where there is nothing to add or take back."""
    by_people = accepted.enricher(settings)
    by_model = _by_model(settings, now)
    if by_people and by_model:
        return _both(by_people, by_model)
    return by_people or by_model


def _by_model(settings: Settings, now: Callable[[], datetime]) -> Enrich | None:
    """A language model's words for each passage; None where none is to write them."""
    if not settings.expand or not settings.llm_base_url:
        return None
    # Late: composers and the client of a model take longer to import than a build of nothing new.
    from os2kb.answers.choose import model
    from os2kb.answers.composers.llm import TokenBudget
    from os2kb.knowledge.enrichment.expand import Expansions, expander

    client = model(settings)
    if client is None:
        return None
    return expander(
        client,
        settings.llm_model,
        Expansions(settings.index_dir / EXPANSIONS),
        TokenBudget(settings.llm_tokens_per_day, now),
    )


def _both(one: Enrich, other: Enrich) -> Enrich:
    def enrich(corpus: Sequence[Parsed]) -> Sequence[str]:
        return [
            "\n".join(filter(None, pair)) for pair in zip(one(corpus), other(corpus), strict=True)
        ]

    return enrich

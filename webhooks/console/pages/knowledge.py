"""`/console/knowledge`: the sources, how fresh they are, and what people asked in vain."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from functools import partial

from fastapi import APIRouter, Depends
from fastapi.responses import Response

from index.versions import SourceStatus
from os2kb.knowledge.evaluation import series
from os2kb.knowledge.evaluation.series import Evaluated
from os2kb.knowledge.refresh.record import SourceState, last_refresh
from os2kb.phrases import Phrase
from os2kb.products.products import Products
from os2kb.store.asked import answers, questions
from os2kb.store.asked.answers import Judged
from webhooks.console.charts import Lines, bars, lines
from webhooks.console.console import Console, Visitor, shown
from webhooks.console.gathered.reach import Reach
from webhooks.console.people import Role

_SIZE, _LATEST, _RUNS = 30, 1_000, 12
_COMMENTS = 3
_COUNTED: tuple[tuple[Phrase, Callable[[Judged], bool]], ...] = (
    (Phrase("Besvaret", "Answered"), lambda one: not one.answer.abstained),
    (Phrase("Intet svar", "No answer"), lambda one: one.answer.abstained),
    (Phrase("Hjalp", "Helped"), lambda one: one.helpful > one.unhelpful),
    (Phrase("Hjalp ikke", "Did not help"), lambda one: one.unhelpful > one.helpful),
)
_FOUND = Phrase("Fundet blandt de fem første", "Found among the first five")
_RIGHTLY = Phrase("Besvaret rigtigt", "Answered rightly")
_FALSELY = Phrase("Besvaret, skønt der intet svar er", "Answered, though there is no answer")


def knowledge_router(console: Console) -> APIRouter:
    """The page."""
    router = APIRouter(include_in_schema=False)
    installation = console.installation
    database = installation.database

    @router.get("/console/knowledge")
    def knowledge(visitor: Visitor = Depends(console.visitor)) -> Response:
        theirs = own_products(console, Reach(visitor, database))
        versions = installation.versions.status().versions
        version = versions[0] if versions else None
        refresh = last_refresh(installation.settings.index_dir)
        states = refresh.sources if refresh else {}
        latest = [
            one for one in answers.newest(database, limit=_LATEST) if theirs(one.answer.product)
        ]
        unhelpful = [one for one in latest if one.unhelpful > one.helpful][:_SIZE]
        in_vain = (one for one in latest if one.answer.abstained)
        runs = series.comparable(series.every(installation.settings.index_dir))[-_RUNS:]
        return shown(
            "knowledge",
            visitor.language,
            visitor,
            version=version,
            versions=versions,
            sources=[one for one in version.sources if theirs(one.product)] if version else [],
            states=states,
            fetched=partial(fetched_at, states),
            questions=[
                one for one in questions.newest(database, limit=_LATEST) if theirs(one.product)
            ][:_SIZE],
            unhelpful=unhelpful,
            comments=answers.comments(database, [one.answer.id for one in unhelpful], _COMMENTS),
            in_vain=list(in_vain)[:_SIZE],
            outcomes=bars([(visitor.say(name), sum(map(fits, latest))) for name, fits in _COUNTED]),
            asked=len(latest),
            runs=runs,
            measured=_measured(visitor, runs),
        )

    return router


def _measured(visitor: Visitor, runs: Sequence[Evaluated]) -> Lines:
    """How good the answers are, run by run."""
    return lines(
        [
            (visitor.say(_FOUND), [one.recall5 for one in runs]),
            (visitor.say(_RIGHTLY), [one.rightly for one in runs]),
            (visitor.say(_FALSELY), [one.falsely for one in runs]),
        ]
    )


def fetched_at(states: Mapping[str, SourceState], source: SourceStatus) -> datetime | None:
    """When a source was last fetched, by the last refresh or by the build; None for a folder."""
    state = states.get(source.name)
    at = (state.fetched_at if state else "") or source.fetched_at
    return datetime.fromisoformat(at) if at else None


def own_products(console: Console, reach: Reach) -> Callable[[str | None], bool]:
    """Which products somebody has a role in."""
    is_operator = reach.role("") is Role.OPERATOR
    return products_of(console.people.products, reach.repositories, is_operator=is_operator)


def products_of(
    products: Products, repositories: Iterable[str], *, is_operator: bool
) -> Callable[[str | None], bool]:
    """Which products somebody sees; what names none is the only one's, or else operators'.

    Args:
        repositories: where they have a role.
    """
    seen = {products.product_of(one) for one in repositories} - {None}
    return lambda product: is_operator or (product or products.only) in seen

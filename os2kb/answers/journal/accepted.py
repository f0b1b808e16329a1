"""Accepted answers: questions that people say were answered well lead to the passages quoted.

An answer that people like is not knowledge: it is quoted nowhere and proves nothing. But its
question is another way to ask for the passage, in words that the document does not use.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from index import store as version_store
from index.build import Enrich
from index.passages import Parsed
from index.versions import Versions
from os2kb.settings import Settings

if TYPE_CHECKING:
    from os2kb.store.asked.answers import Judged

MOST_QUESTIONS = 20  # of one passage; more would blur what it is about


@dataclass(frozen=True, slots=True)
class Accepted:
    """A question, and one place its accepted answer quotes."""

    question: str
    path: str
    lines: tuple[int, int]
    quote: str


def accepted(voted: Iterable["Judged"], least: int) -> tuple[Accepted, ...]:
    """What people liked: at least so many, and nobody disliked it.

    Votes on a question count together, though each version of the index answers it anew; what is
    quoted is what the last answer quotes.
    """
    same: dict[str, list[Judged]] = defaultdict(list)
    for one in voted:
        same[one.answer.question.casefold().rstrip(" ?.!")].append(one)
    last = (
        max(group, key=lambda one: one.answer.last_at).answer
        for group in same.values()
        if sum(one.helpful for one in group) >= least and not any(one.unhelpful for one in group)
    )
    return tuple(
        Accepted(one.question, each["path"], (each["lines"][0], each["lines"][1]), each["quote"])
        for one in last
        for each in one.citations
    )


def asked_by_people(found: Sequence[Accepted]) -> Enrich:
    """For each public passage that holds an accepted quote, the questions, a line each."""
    by_path: Mapping[str, list[Accepted]] = _by_path(found)

    def enrich(passages: Sequence[Parsed]) -> Sequence[str]:
        return [_questions(parsed, by_path.get(parsed.passage.path, ())) for parsed in passages]

    return enrich


def enricher(settings: Settings) -> Enrich | None:
    """What a build adds from accepted answers; None where there is nothing to add or take back."""
    found = accepted(_voted_on(settings), settings.accepted_votes) if _least(settings) else ()
    serving = Versions(settings.index_dir).folder()
    if not found and not (serving and _is_enriched(serving)):
        return None
    return asked_by_people(found)


def _least(settings: Settings) -> int:
    return settings.accepted_votes if settings.answer_log_days else 0


def _voted_on(settings: Settings) -> Sequence["Judged"]:
    """Nothing where the store cannot be read: a build does without."""
    kind, _, place = settings.store_url.partition("?")[0].partition(":///")
    if kind == "sqlite" and not Path(place).exists():
        return ()
    # Imported late: a build without a store does without the half second they take.
    from sqlalchemy.exc import SQLAlchemyError

    from os2kb.store.asked import answers
    from os2kb.store.database import open_database

    engine = open_database(settings.store_url)
    try:
        return answers.voted_on(engine)
    except SQLAlchemyError:
        return ()
    finally:
        engine.dispose()


def _is_enriched(folder: Path) -> bool:
    try:
        return any(version_store.read_enriched(folder))
    except (OSError, ValueError):
        return False


def _by_path(found: Sequence[Accepted]) -> Mapping[str, list[Accepted]]:
    by_path: dict[str, list[Accepted]] = defaultdict(list)
    for one in found:
        by_path[one.path].append(one)
    return MappingProxyType(by_path)


def _questions(parsed: Parsed, candidates: Iterable[Accepted]) -> str:
    if parsed.passage.visibility != "public":
        return ""
    text = _one_line(parsed.passage.text)
    questions = [one.question for one in candidates if _one_line(one.quote) in text]
    return "\n".join(list(dict.fromkeys(questions))[:MOST_QUESTIONS])


def _one_line(text: str) -> str:
    return " ".join(text.split())

"""What subjects are called: as far as the store knows it, and may be repeated in a list."""

from collections.abc import Collection, Mapping

from sqlalchemy import Engine

from os2kb.governance.harmless.neutralise import scrub, shortened
from os2kb.knowledge.sources.question_page import looks_like_a_vulnerability
from os2kb.store import titles
from os2kb.store.walk import newest_of_each
from os2kb.subjects import Subject

_LONGEST = 160


def titles_of(database: Engine, subjects: Collection[Subject]) -> Mapping[str, str]:
    """Key to title, but of what is not known, and of what may report a vulnerability."""
    known = titles.known_titles(database, [(one.repository_id, one.number) for one in subjects])
    found = {one.key: known.get((one.repository_id, one.number), "") for one in subjects}
    newest = newest_of_each(database, [key for key, title in found.items() if not title])
    found |= {key: _told(database, delivery) for key, delivery in newest.items()}
    return {key: title for key, title in found.items() if title}


def _told(database: Engine, delivery: int) -> str:
    """The title that a delivery told of."""
    title, text = titles.told_of(database, delivery)
    if not title or looks_like_a_vulnerability(title, [text]):
        return ""
    return shortened(scrub(title), _LONGEST)

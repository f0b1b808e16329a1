"""`/console/subjects`: the subjects that something happened to last, and a search for others."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Query
from fastapi.responses import RedirectResponse, Response
from sqlalchemy import Engine

from os2kb.answers.question import clean
from os2kb.store import titles
from os2kb.store.deliveries import Delivery
from os2kb.store.walk import MOST_NUMBER, Found, newest_of_each, walk
from os2kb.subjects import BadSubject, Subject, parse_reference
from webhooks.console.console import Console, Visitor, shown
from webhooks.console.gathered.reach import Reach
from webhooks.console.gathered.titled import titles_of

_SEE_OTHER = 303
_SIZE = 30
_ADDRESS = re.compile(
    r"https?://[^/\s]+/(?P<repository>[\w.-]+/[\w.-]+)/(?:issues|pull)/(?P<number>\d{1,9})\b.*",
    re.ASCII,
)
_NUMBER = re.compile(r"#?(\d{1,9})")
Words = Annotated[str, Query(max_length=300)]


@dataclass(frozen=True, slots=True)
class Row:
    """A subject in the list.

    Attributes:
        last: its newest delivery; None where it was found by its title.
    """

    subject: Subject
    last: Delivery | None


def subjects_router(console: Console) -> APIRouter:
    """The list."""
    router = APIRouter(include_in_schema=False)
    database = console.installation.database

    @router.get("/console/subjects")
    def subjects(
        q: Words = "",
        repository: Words = "",
        before: Annotated[int, Query(ge=0, le=MOST_NUMBER)] = 0,
        visitor: Visitor = Depends(console.visitor),
    ) -> Response:
        asked, reach = clean(q), Reach(visitor, database)
        if meant := _reference(asked):
            subject = reach.named(*meant)
            address = f"/console/subjects/{subject.repository}/{subject.number}"
            return RedirectResponse(address, _SEE_OTHER)
        if asked:
            rows, older = tuple(_searched(database, reach, asked, repository)), 0
        else:
            found = _latest(database, reach, repository, before)
            each = [(reach.subject(one.subject), one) for one in found.deliveries]
            rows = tuple(Row(subject, one) for subject, one in each if subject)
            older = found.older
        return shown(
            "subjects",
            visitor.language,
            visitor,
            rows=rows,
            titles=titles_of(database, [one.subject for one in rows]),
            older=older,
            before=before,
            q=asked,
            repository=repository,
            repositories=reach.repositories,
        )

    return router


def _reference(asked: str) -> tuple[str, int] | None:
    """A subject that is named outright, as people or GitHub's addresses name it."""
    if found := _ADDRESS.fullmatch(asked):
        return found["repository"], int(found["number"])
    try:
        return parse_reference(asked)
    except BadSubject:
        return None


def _latest(database: Engine, reach: Reach, repository: str, before: int) -> Found:
    """The newest delivery of each subject, by when it came; each subject once over all pages."""

    def wanted(delivery: Delivery) -> bool:
        subject = reach.subject(delivery.subject) if delivery.subject else None
        if subject is None or subject.key != delivery.subject or not reach.role(subject.repository):
            return False
        return not repository or subject.repository == repository

    return walk(database, wanted, before=before, newest_only=True, limit=_SIZE)


def _searched(database: Engine, reach: Reach, asked: str, repository: str) -> Iterator[Row]:
    """By number in each repository that is seen, else by words of the title."""
    names = [one for one in reach.repositories if not repository or one == repository]
    if number := _NUMBER.fullmatch(asked):
        heard = (reach.heard_of(name, int(number[1])) for name in names[:_SIZE])
        subjects = [one for one in heard if one and one.number]
        known = titles.known_titles(database, [(one.repository_id, one.number) for one in subjects])
        heard_of = newest_of_each(database, [one.key for one in subjects])
        for one in subjects:
            if (one.repository_id, one.number) in known or one.key in heard_of:
                yield Row(one, None)
        return
    found = titles.entitled(database, asked)
    shown_rows = 0
    for id_, at in found[: _SIZE * 3]:
        subject = reach.subject(f"github:{id_}#{at}")
        if subject and subject.repository in names and shown_rows < _SIZE:
            shown_rows += 1
            yield Row(subject, None)

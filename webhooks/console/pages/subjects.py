"""`/console/subjects`: the subjects that something happened to last, and a search for others."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Query
from fastapi.responses import RedirectResponse, Response
from sqlalchemy import Engine

from os2kb.governance.harmless.neutralise import scrub, shortened
from os2kb.knowledge.sources.question_page import looks_like_a_vulnerability
from os2kb.store import titles
from os2kb.store.deliveries import Delivery
from os2kb.store.walk import MOST_NUMBER, Found, newest_of, walk
from os2kb.subjects import BadSubject, Subject, parse_reference
from webhooks.console.console import Console, Visitor, shown
from webhooks.console.reach import Reach

_SEE_OTHER = 303
_SIZE, _LONGEST_TITLE = 30, 160
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
        title: empty where it is not known, or may not be repeated.
        last: its newest delivery; None where it was found by its title.
    """

    subject: Subject
    title: str
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
        asked, reach = q.strip(), Reach(visitor, database)
        if meant := _reference(asked):
            subject = reach.named(*meant)
            address = f"/console/subjects/{subject.repository}/{subject.number}"
            return RedirectResponse(address, _SEE_OTHER)
        if asked:
            rows, older = tuple(_searched(database, reach, asked, repository)), 0
        else:
            found = _latest(database, reach, repository, before)
            rows, older = tuple(_rows(database, reach, found)), found.older
        return shown(
            "subjects",
            visitor.language,
            visitor,
            rows=rows,
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


def _rows(database: Engine, reach: Reach, found: Found) -> Iterator[Row]:
    each = [(reach.subject(one.subject), one) for one in found.deliveries]
    known = titles.known_titles(
        database, [(subject.repository_id, subject.number) for subject, _ in each if subject]
    )
    for subject, one in each:
        if subject:
            title = known.get((subject.repository_id, subject.number)) or _told(database, one)
            yield Row(subject, title, one)


def _told(database: Engine, delivery: Delivery) -> str:
    """The title that a delivery told of; empty for what may be a vulnerability."""
    title, text = titles.told_of(database, delivery.id)
    if not title or looks_like_a_vulnerability(title, [text]):
        return ""
    return shortened(scrub(title), _LONGEST_TITLE)


def _searched(database: Engine, reach: Reach, asked: str, repository: str) -> Iterator[Row]:
    """By number in each repository that is seen, else by words of the title."""
    names = [one for one in reach.repositories if not repository or one == repository]
    if number := _NUMBER.fullmatch(asked):
        heard = (reach.heard_of(name, int(number[1])) for name in names[:_SIZE])
        subjects = [one for one in heard if one and one.number]
        known = titles.known_titles(database, [(one.repository_id, one.number) for one in subjects])
        for one in subjects:
            title = known.get((one.repository_id, one.number), "")
            if title or newest_of(database, one.key):
                yield Row(one, title, None)
        return
    found = titles.entitled(database, asked)
    known = titles.known_titles(database, found[: _SIZE * 3])
    shown_rows = 0
    for id_, at in found[: _SIZE * 3]:
        subject = reach.subject(f"github:{id_}#{at}")
        if subject and subject.repository in names and shown_rows < _SIZE:
            shown_rows += 1
            yield Row(subject, known.get((id_, at), ""), None)

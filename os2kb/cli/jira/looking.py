"""What the commands about many pairs have in common: which pairs, and reading them patiently."""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from os2kb.cli.escalation.span import day_begins
from os2kb.cli.language import refuse, spoken
from os2kb.cli.subjects import reconciler_of
from os2kb.phrases import Phrase

if TYPE_CHECKING:  # they import the clients, which would slow down `os2kb --help`
    from rich.progress import Progress, TaskID

    from index.passages import Language
    from os2kb.installation import Installation
    from os2kb.store.backlog.pairs import Pair
    from os2kb.sweep.look import Look, Looker

Found = TypeVar("Found")
_AT_ONCE = 100

Project = Annotated[
    str, typer.Option("--project", help="Only tickets of this project, by its key.", metavar="KEY")
]
Since = Annotated[
    str | None,
    typer.Option(
        "--since", help="Only what either side changed from this day on.", metavar="YYYY-MM-DD"
    ),
]
_NO_TRACKER = Phrase(
    "OS2KB_JIRA_URL er ikke sat; sæt den og OS2KB_JIRA_TOKEN, så jeg kan læse i Jira",
    "OS2KB_JIRA_URL is not set; set it and OS2KB_JIRA_TOKEN, so that I can read Jira",
)
_NO_PROJECT = Phrase(
    "intet produkt i OS2KB_PRODUCTS har projektet {}; der er {}. Skriv nøglen, som den er dér, "
    "eller giv produktet projektet under `jira`",
    "no product in OS2KB_PRODUCTS has the project {}; there is {}. Write the key as it is there, "
    "or give the product the project under `jira`",
)
_NONE_THERE = Phrase("ingen", "none")
NO_PAIRS = Phrase(
    "Intet issue følges med en ticket i {}. Et issue får en med `/os2 jira create` eller "
    "`/os2 jira link` og nøglen.",
    "No issue goes with a ticket in {}. An issue gets one by `/os2 jira create`, or "
    "`/os2 jira link` and the key.",
)
NOTHING_SINCE = Phrase(
    "Intet issue og ingen ticket i {} er ændret siden {}.",
    "No issue and no ticket in {} changed since {}.",
)
"""Said where there is nothing to look at, and of a span in which nothing happened."""
_WAITING = Phrase(
    "{} beder os vente til {:%H:%M:%S %Z}.", "{} asks us to wait until {:%H:%M:%S %Z}."
)


def moment_since(text: str | None, now: datetime) -> datetime | None:
    """When a day begins in Denmark; None for all that ever was."""
    return day_begins("--since", text, now) if text else None


def check_project(installation: "Installation", project: str) -> None:
    """Refuse a project that no product was given, and that no linked ticket is in."""
    from os2kb.store.backlog.pairs import how_many

    products = reconciler_of(installation).observer.products
    given = list(dict.fromkeys(key for one in products.entries.values() for key in one.jira))
    if not project or project in given or how_many(installation.database, project):
        return
    refuse(_NO_PROJECT.filled(project, ", ".join(given) or _NONE_THERE))


def nothing_there(project: str, since: str | None, shown_in: "Language") -> str:
    """That there was nothing to look at."""
    said = NOTHING_SINCE if since else NO_PAIRS
    return said.in_language(shown_in).format(project or "Jira", since)


@dataclass(frozen=True, slots=True)
class Page:
    """Some pairs that were looked at.

    Attributes:
        last: the subject of the last of them; empty where they are not linked yet.
        count: how many there were.
        looks: those that are meant: of a span, only what changed in it.
    """

    last: str
    count: int
    looks: "tuple[Look, ...]"

    @property
    def amiss(self) -> "tuple[Look, ...]":
        """Those that are out of step, ask for a person's choice, or cannot be read."""
        return tuple(one for one in self.looks if one.wanted or one.conflicts or one.unread.en)


def looked_at(
    installation: "Installation",
    progress: "Progress",
    project: str,
    since: datetime | None,
    after: str = "",
) -> Iterator[Page]:
    """Looks at the pairs, a page at a time.

    Args:
        installation: with GitHub and Jira.
        progress: shows how far it came, and when it will be through at that pace.
        project: the key of the tickets' project; empty for all.
        since: only what changed since; None for all.
        after: the subject that was looked at last; empty for the first.
    """
    from os2kb.store.backlog.pairs import every_pair, how_many

    if installation.tracker is None:
        refuse(_NO_TRACKER)
    database = installation.database
    if since is None:
        task = progress.add_task(project or "Jira", total=how_many(database, project, after))
        for pairs in every_pair(database, project, after):
            yield _page(installation, progress, task, pairs, since)
    else:
        task = progress.add_task(project or "Jira", total=0)
        yield from _changed(installation, progress, task, project, since, after)
    # Those that are to have a ticket come last, since each then is one of the others.
    waiting = _patiently(installation, progress, lambda looker: list(looker.unlinked(project)))
    progress.update(task, total=(progress.tasks[task].total or 0) + len(waiting))
    for start in range(0, len(waiting), _AT_ONCE):
        page = _page(installation, progress, task, waiting[start : start + _AT_ONCE], since)
        yield replace(page, last="")


def _changed(
    installation: "Installation",
    progress: "Progress",
    task: "TaskID",
    project: str,
    since: datetime,
    after: str,
) -> Iterator[Page]:
    """Only those that changed; and what a search did not know of yet, once the others are done."""
    from os2kb.sweep.changed import INDEX_LAG, Changes

    began, looked = installation.now(), set[str]()
    for moment, first in ((since, after), (max(since, began - INDEX_LAG), "")):

        def changed(looker: "Looker", moment: datetime = moment) -> "list[Pair]":
            observer = looker.observer
            asked = Changes(
                observer.forge,
                observer.tickets.required,
                installation.database,
                installation.now(),
            )
            return list(asked.since(moment, project))

        found = _patiently(installation, progress, changed)
        found = [one for one in found if one.subject > first and one.subject not in looked]
        looked |= {one.subject for one in found}
        progress.update(task, total=(progress.tasks[task].total or 0) + len(found))
        for start in range(0, len(found), _AT_ONCE):
            page = _page(installation, progress, task, found[start : start + _AT_ONCE], since)
            yield page if first == after else replace(page, last="")


def _page(
    installation: "Installation",
    progress: "Progress",
    task: "TaskID",
    pairs: "Sequence[Pair]",
    since: datetime | None,
) -> Page:
    def look(looker: "Looker") -> "list[Look]":
        return list(looker.looks(pairs, installation.now(), silent=True))

    looks = _patiently(installation, progress, look)
    progress.advance(task, len(looks))
    meant = tuple(one for one in looks if since is None or one.changed_since(since))
    return Page(pairs[-1].subject, len(pairs), meant)


def _patiently(
    installation: "Installation", progress: "Progress", work: "Callable[[Looker], list[Found]]"
) -> "list[Found]":
    """What is found, for as long as it takes: who is asked to wait, waits."""
    from os2kb.forges.port import RateLimited
    from os2kb.sweep.look import Looker
    from os2kb.trackers.port import NotLetIn, TrackerUnavailable

    reconciler = reconciler_of(installation)
    looker = Looker(reconciler.observer, installation.database, reconciler.mode)
    while True:
        now = installation.now()
        try:
            return work(looker)
        except RateLimited as limited:
            _wait(progress, "GitHub", limited.until, now)
        except NotLetIn:
            raise
        except TrackerUnavailable as away:
            if not away.pause:
                raise
            _wait(progress, "Jira", now + away.pause, now)


def _wait(progress: "Progress", whom: str, until: datetime, now: datetime) -> None:
    progress.console.print(_WAITING.in_language(spoken()).format(whom, until), markup=False)
    time.sleep(max((until - now).total_seconds(), 1.0))

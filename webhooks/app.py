"""The service: its routes, and how it starts and stops."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from anyio import to_thread
from fastapi import FastAPI

from os2kb.answers.journal.logged import LoggedAnswers
from os2kb.decision_log.follow import is_log
from os2kb.escalation.digest.work import is_digest
from os2kb.installation import Installation
from os2kb.knowledge.refresh.work import KEY
from os2kb.preview.work import is_preview
from os2kb.sweep.nightly import KEY as SWEEP
from os2kb.version import VERSION
from webhooks.clients import Clients, RateLimit
from webhooks.console.routes import open_console
from webhooks.decisions.routes import decisions_router
from webhooks.decisions.shelf import Shelf
from webhooks.decisions.views import Views
from webhooks.deliveries.github import github_router
from webhooks.deliveries.intake import Intake
from webhooks.deliveries.jira import jira_router
from webhooks.knowledge.ask import Asking, ask_router
from webhooks.knowledge.feedback import HOUR, QUESTIONS_AN_HOUR, Votes, feedback_router
from webhooks.knowledge.found import Found
from webhooks.knowledge.search import knowledge_router
from webhooks.knowledge.searches import Searches
from webhooks.manners.manners import teach_manners
from webhooks.operations import operations_router
from webhooks.pages.faults import show_missing_pages
from webhooks.pages.site import static_router
from webhooks.problems import handle_problems
from webhooks.questions.routes import questions_router
from webhooks.search_page.routes import search_router
from webhooks.search_page.views import Views as SearchViews
from webhooks.search_page.votes import votes_router
from webhooks.widget.routes import widget_router
from webhooks.widget.views import Views as WidgetViews

if TYPE_CHECKING:
    from os2kb.engine.engine import Engine


def create_app(installation: Installation) -> FastAPI:
    """The service of an installation.

    Without credentials for GitHub it still answers questions, and keeps what it is sent until
    there are some.
    """
    engine = _engine(installation)
    poke = engine.poke if engine else _nothing
    intake = Intake(installation.database, poke)
    app = FastAPI(
        title="os2kb",
        version=VERSION,
        description="Knowledge base and contribution governance for OS2 products.",
        lifespan=lambda _: _running(installation, intake, engine),
        docs_url=None,
        redoc_url=None,
    )
    handle_problems(app)
    show_missing_pages(app)
    app.include_router(github_router(installation, intake))
    app.include_router(jira_router(installation, intake))
    found = Found(installation.versions, Searches(installation.versions))
    app.include_router(knowledge_router(found))
    answers = LoggedAnswers(
        installation.answers, installation.versions, installation.journal, "api"
    )
    asking = Asking(answers)
    app.include_router(ask_router(installation.versions, asking))
    titles, journal = _titles(installation), installation.journal
    only = installation.settings.grants().only
    clients, puts = Clients(), RateLimit(QUESTIONS_AN_HOUR, HOUR)
    votes = Votes(journal, clients)
    app.include_router(feedback_router(installation.versions, journal, clients, votes, puts, only))
    app.include_router(questions_router(found, journal, clients, puts, titles, only))
    app.include_router(static_router())
    views = SearchViews(titles, bool(journal.days))
    app.include_router(search_router(found, asking, views))
    app.include_router(votes_router(votes, views))
    shelf = Shelf(installation.database, installation.versions)
    settings = installation.settings
    public_url = settings.public_url.rstrip("/")
    app.include_router(widget_router(found, WidgetViews(titles, public_url, settings.cors_origins)))
    book = Views(titles, settings.github_web, public_url)
    app.include_router(decisions_router(shelf, book))
    open_console(app, installation, poke)
    app.include_router(
        operations_router(
            installation.database,
            installation.versions,
            installation.settings.index_dir,
            installation.now,
        )
    )
    teach_manners(app, settings)
    return app


def _titles(installation: Installation) -> dict[str, str]:
    """How products are called, by name."""
    entries = installation.settings.grants().entries
    return {name: entry.title for name, entry in entries.items()}


def _engine(installation: Installation) -> "Engine | None":
    """What works on deliveries; None where there is nothing that could be done."""
    settings, database, now = installation.settings, installation.database, installation.now
    reconciler, refresher = installation.reconciler, installation.refresher
    if reconciler is None and not refresher.is_needed:
        return None
    from os2kb.engine.engine import (
        Engine,  # late: DBOS costs .4 s, which a service for search is spared
    )

    if reconciler is None:
        return Engine(settings, database, refresher.work, now, KEY)
    reconcile, previewer = reconciler.work, installation.previewer
    digester, follower = installation.digester, installation.follower
    sweeper = installation.sweeper

    def work(key: str) -> None:
        if key == KEY:
            refresher.work(key)
        elif previewer and is_preview(key):
            previewer.work(key)
        elif digester and is_digest(key):
            digester.work(key)
        elif follower and is_log(key):
            follower.work(key)
        elif sweeper and key == SWEEP:
            sweeper.work(key)
        else:
            reconcile(key)

    return Engine(settings, database, work, now)


@asynccontextmanager
async def _running(
    installation: Installation, intake: Intake, engine: "Engine | None"
) -> AsyncIterator[None]:
    # In threads: the engine refuses to be started from a running event loop.
    if engine:
        await to_thread.run_sync(engine.start)
        await to_thread.run_sync(installation.refresher.schedule)
        if installation.sweeper:
            await to_thread.run_sync(installation.sweeper.schedule)
    intake.start()
    installation.journal.start()
    try:
        yield
    finally:
        await to_thread.run_sync(intake.stop)
        if engine:
            installation.refresher.stop()
            await to_thread.run_sync(engine.stop)
        await to_thread.run_sync(installation.journal.stop)


def _nothing() -> None:
    """Nobody works on deliveries here."""

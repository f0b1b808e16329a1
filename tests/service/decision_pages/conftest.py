"""The public pages of a log, over HTTP."""

from collections.abc import Iterator

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import Engine

from index.versions import Versions
from os2kb.store.database import open_database, upgrade
from tests.service.decision_pages.shown import CLOSED, FILES, OPEN, fill, written
from tests.service.knowledge import served
from webhooks.decisions.routes import decisions_router
from webhooks.decisions.shelf import Shelf
from webhooks.decisions.views import Views
from webhooks.pages.heads import AnswersHead
from webhooks.pages.site import static_router
from webhooks.problems import handle_problems


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    engine = open_database(f"sqlite:///{tmp_path_factory.mktemp('log') / 'store.db'}")
    upgrade(engine)
    fill(engine, OPEN, FILES)
    hidden = written("Hemmelig løn", more="Månedsløn.") + "\n- **Erstatter**: 2026-06-04-ny.md\n"
    fill(engine, CLOSED, {"loen.md": hidden})
    return engine


@pytest.fixture(scope="module")
def app(store: Engine, tmp_path_factory: pytest.TempPathFactory) -> FastAPI:
    app = FastAPI()
    handle_problems(app)
    app.add_middleware(AnswersHead)
    app.include_router(static_router())
    titles = {"os2demo": "OS2demo"}
    shelf = Shelf(store, Versions(tmp_path_factory.mktemp("index")))
    app.include_router(decisions_router(shelf, Views(titles, "https://github.com")))
    return app


@pytest.fixture(scope="module")
def site(app: FastAPI) -> Iterator[httpx.Client]:
    with served(app) as client:
        yield client

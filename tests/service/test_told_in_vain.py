"""A delivery that no rule in force depends on: one read, nothing written, nothing forgotten."""

from datetime import timedelta
from pathlib import Path

import pytest

from os2kb.clock import now
from os2kb.installation import Installation, install
from os2kb.reconcile import Reconciler
from os2kb.store import deliveries, names, wakes
from tests.service.running import World, settings_for

API = "os2display/api"


@pytest.fixture
def installed_here(github: World, tmp_path: Path) -> Installation:
    return install(settings_for(github, tmp_path), now)


@pytest.fixture
def key(github: World) -> str:
    """A pull request in a repository whose rules look neither at checks nor at reviews."""
    with github.person("bo") as bo:
        sha = bo.get(f"/repos/{API}/branches/main").json()["commit"]["sha"]
        ref = {"ref": "refs/heads/ret", "sha": sha}
        assert bo.post(f"/repos/{API}/git/refs", json=ref).is_success
        change = {"message": "Ret", "content": "eA==", "branch": "ret"}
        assert bo.put(f"/repos/{API}/contents/src/x.py", json=change).is_success
        pull = {"title": "Ret", "head": "ret", "base": "main"}
        return f"github:101#{bo.post(f'/repos/{API}/pulls', json=pull).json()['number']}"


def tell(installed: Installation, key: str, event: str) -> None:
    """Put a delivery into the store, as the service does."""
    arrival = deliveries.Arrival(
        source="github",
        identifier=f"{event}-{key}",
        event=event,
        action="completed",
        headers={},
        body=b"{}",
        received_at=now(),
        state="accepted",
        subject=key,
        repository=API,
    )
    with installed.database.begin() as connection:
        names.remember_repository(connection, "github", 101, API)
        deliveries.keep(connection, [arrival])


def reconciler(installed: Installation) -> Reconciler:
    assert installed.reconciler is not None
    return installed.reconciler


def test_it_is_ignored_and_a_moment_to_look_again_stays(
    github: World, installed_here: Installation, key: str
):
    later = now() + timedelta(hours=1)
    wakes.set_wake(installed_here.database, key, later)
    tell(installed_here, key, "check_run")
    reconciler(installed_here).work(key)
    assert github.writes == []
    assert deliveries.open_for(installed_here.database, key) == []
    due = wakes.take_due(installed_here.database, later, timedelta(minutes=1), only=key)
    assert due == [key]


def test_told_of_more_at_once_or_woken_it_looks_at_all(
    github: World, installed_here: Installation, key: str
):
    tell(installed_here, key, "check_run")
    tell(installed_here, key, "pull_request")
    reconciler(installed_here).work(key)
    assert github.labels(API, int(key.partition("#")[2])) == ["mangler issue", "mangler changelog"]

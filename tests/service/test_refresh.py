"""The real service keeps its index fresh: by push, by event, by the clock; and survives failing."""

import json
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from os2kb.clock import now
from os2kb.knowledge.refresh.record import Refresh, last_refresh
from os2kb.knowledge.refresh.run import refresh
from tests.loopback import HTTP
from tests.service.running import Service, World, service, settings_for, until

pytestmark = pytest.mark.slow
DOCS = "os2display/docs"

# A build is a process that steps back for all others: beside a full test run it may take long.
BUILD_SECONDS = 200.0

PRODUCTS = """\
products:
  os2display:
    repositories: [os2display/api, os2display/docs]
    sources:
      - {{name: docs, git: "{web}/os2display/docs.git"}}
      - {{name: faq, issues: os2display/api, label: Spørgsmål}}
"""


class Repository:
    """A git repository that git believes to lie on the demo GitHub."""

    def __init__(self, folder: Path, web: str) -> None:
        self.folder = folder
        self.config = folder.with_name("gitconfig")
        self.config.write_text(
            f'[url "file://{folder}"]\n\tinsteadOf = {web}/{DOCS}.git\n'
            "[user]\n\tname = ida\n\temail = ida@example.org\n"
        )
        folder.mkdir()
        self._git("init", "--quiet", "--initial-branch=main")

    def commit(self, **documents: str) -> str:
        for name, text in documents.items():
            (self.folder / f"{name}.md").write_text(f"# {name.title()}\n\n{text}\n", "utf-8")
        self._git("add", "--all")
        self._git("commit", "--quiet", "--message=ny")
        return self._git("rev-parse", "HEAD").strip()

    def _git(self, *arguments: str) -> str:
        done = subprocess.run(
            ["git", *arguments],
            cwd=self.folder,
            env={"GIT_CONFIG_GLOBAL": str(self.config), "PATH": "/usr/bin:/bin"},
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout


@pytest.fixture
def repository(tmp_path: Path, github: World, monkeypatch: pytest.MonkeyPatch) -> Repository:
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "gitconfig"))
    made = Repository(tmp_path / "docs", github.github.web)
    made.commit(start="Skærmen startes med den grønne knap.")
    return made


@pytest.fixture
def data(tmp_path: Path, github: World, repository: Repository) -> Path:
    """A data folder with the first index of those sources."""
    folder = tmp_path / "data"
    folder.mkdir()
    # The service runs there, and its refreshes must take no file for a module of theirs.
    (folder / "json.py").write_text("raise SystemExit('a decoy was imported')", "utf-8")
    products = folder / "products.yml"
    products.write_text(PRODUCTS.format(web=github.github.web), "utf-8")
    assert refresh(settings_for(github, folder, products=products), now).documents == 1
    return folder


@contextmanager
def fresh(data: Path, github: World, **settings: str) -> Iterator[Service]:
    """The service over those sources."""
    with service(data, github, products=str(data / "products.yml"), **settings) as running:
        yield running


def settled(running: Service, world: World | None = None) -> None:
    """Wait until everything sent is stored, and all of it settled, builds and all."""
    if world:
        assert world.github.hooks.wait_until_sent(BUILD_SECONDS)
    open_states = ("accepted", "dispatched")
    until(
        lambda: not any(running.counts()[state] for state in open_states),
        BUILD_SECONDS,
        what="settling",
    )


def push(running: Service, branch: str = "main") -> None:
    body = {
        "ref": f"refs/heads/{branch}",
        "repository": {"id": 7, "full_name": DOCS, "default_branch": "main"},
        "sender": {"login": "ida"},
    }
    assert running.deliver("push", json.dumps(body).encode()).status_code == 202


def found(running: Service, query: str) -> list[str]:
    answer = HTTP.get(f"{running.url}/api/v1/search", params={"q": query})
    return [hit["snippet"] for hit in answer.json()["results"]]


def is_found(running: Service, query: str, word: str) -> Callable[[], bool]:
    return lambda: any(word in snippet for snippet in found(running, query))


def last(running: Service) -> Refresh:
    found = last_refresh(running.folder / "index")
    assert found is not None
    return found


def metric(running: Service, name: str) -> float:
    lines = HTTP.get(f"{running.url}/metrics").text.splitlines()
    return sum(float(line.split()[-1]) for line in lines if line.startswith(name))


def refreshes(running: Service) -> float:
    return metric(running, "os2kb_refreshes_total{")


def test_a_push_is_searched_for_within_moments_and_ten_make_one_or_two_builds(
    data: Path, github: World, repository: Repository
):
    with fresh(data, github) as running:
        push(running, "eksperiment")
        settled(running)
        assert running.counts()["ignored"] == 1, "no source reads that branch"
        assert refreshes(running) == 0
        decided = (
            "- **Dato**: 2026-06-04\n- **Status**: Accepteret\n\n## Beslutning\n\nDen er violet."
        )
        commit = repository.commit(
            ny="Skærmen genstartes med den violette knap.", beslutning_om_farver=decided
        )
        for _ in range(10):
            push(running)
        settled(running)
        until(
            is_found(running, "violet knap", "violette"),
            BUILD_SECONDS,
            what="finding what was pushed",
        )
        assert refreshes(running) in (1, 2)
        shown = json.loads(running.run("index", "status", "--json").stdout)
        (docs, _) = shown["items"][0]["sources"]
        assert (docs["commit"], docs["problem"]) == (commit, "")
        assert shown["refresh"]["outcome"] in ("built", "unchanged")
        assert metric(running, "os2kb_index_refresh_failed") == 0
        assert "engine_step_failed" not in running.log
        # The public log has what was pushed as well.
        assert "Beslutning_Om_Farver</a>" in HTTP.get(f"{running.url}/decisions").text


def test_an_issue_that_is_answered_is_searched_for_and_still_governed(
    data: Path, github: World, repository: Repository
):
    path = "/repos/os2display/api/issues"
    with fresh(data, github) as running:
        with github.person("kim") as kim:
            asked = {"title": "Hvordan slukkes skærmen?", "body": "?", "labels": ["Spørgsmål"]}
            number = kim.post(path, json=asked).json()["number"]
            said = {"body": "Hold den turkise knap inde i ti sekunder."}
            kim.post(f"{path}/{number}/comments", json=said)
            kim.patch(f"{path}/{number}", json={"state": "closed"})
        settled(running, github)
        until(
            is_found(running, "slukke skærm", "turkise"), BUILD_SECONDS, what="finding the answer"
        )
        assert running.counts()["failed"] == 0


def test_the_clock_refreshes_what_tells_of_nothing_also_without_github(
    data: Path, github: World, repository: Repository
):
    with fresh(data, github, refresh_hours="0.001") as running:
        running.stop()
        for name in ("APP_ID", "PRIVATE_KEY"):
            del running.environment[f"OS2KB_GITHUB_{name}"]
        running.start()
        repository.commit(ny="Skærmen genstartes med den violette knap.")
        until(
            is_found(running, "violet knap", "violette"),
            BUILD_SECONDS,
            what="the scheduled refresh",
        )
        before = refreshes(running)
        until(lambda: refreshes(running) > before, BUILD_SECONDS, what="the next one")


def test_a_repository_that_is_gone_is_served_as_it_was_and_told_of(
    data: Path, github: World, repository: Repository
):
    with fresh(data, github) as running:
        repository.folder.rename(repository.folder.with_name("flyttet"))
        push(running)
        settled(running)
        assert is_found(running, "grøn knap", "grønne")()
        assert metric(running, "os2kb_sources_unreachable") == 1
        problem = last(running).sources["docs"].problem
        assert "git fetch failed" in problem
        assert "is used" in problem
        checks = json.loads(running.run("doctor", "--json").stdout)["items"]
        (check,) = [one for one in checks if one["part"] == "refresh"]
        assert check["verdict"] == "wrong"
        assert "docs: git fetch failed" in check["detail"]


def test_a_refresh_that_fails_is_tried_again_parked_and_told_of(
    data: Path, github: World, repository: Repository
):
    with fresh(data, github, retry_seconds="0.1") as running:
        products = Path(running.environment["OS2KB_PRODUCTS"])
        products.write_text("products: {a: {sources: [{name: a, path: findes-ikke}]}}", "utf-8")
        push(running)
        until(lambda: running.counts()["failed"] == 1, BUILD_SECONDS, what="parking it")
        assert metric(running, "os2kb_index_refresh_failed") == 1
        assert is_found(running, "grøn knap", "grønne")(), "the version before goes on serving"
        assert last(running).outcome == "failed"
        assert "no such folder" in last(running).reason


def test_a_rollback_is_not_undone_by_a_push_but_by_a_person(
    data: Path, github: World, repository: Repository
):
    with fresh(data, github) as running:
        repository.commit(ny="Skærmen genstartes med den violette knap.")
        push(running)
        settled(running)
        until(
            is_found(running, "violet knap", "violette"),
            BUILD_SECONDS,
            what="finding what was pushed",
        )
        assert running.run("index", "rollback").returncode == 0
        until(
            lambda: not is_found(running, "violet knap", "violette")(),
            BUILD_SECONDS,
            what="the rollback",
        )
        push(running)
        settled(running)
        assert not is_found(running, "violet knap", "violette")()
        assert last(running).outcome == "pinned"
        assert "is lifted" in running.run("index", "build").stderr
        until(
            is_found(running, "violet knap", "violette"),
            BUILD_SECONDS,
            what="the build of a person",
        )


def test_a_service_killed_during_a_refresh_loses_nothing(
    data: Path, github: World, repository: Repository
):
    with fresh(data, github) as running:
        repository.commit(ny="Skærmen genstartes med den violette knap.")
        push(running)
        running.kill()
        running.start()
        settled(running)
        until(
            is_found(running, "violet knap", "violette"),
            BUILD_SECONDS,
            what="finding what was pushed",
        )
        assert running.counts()["handled"] == 1

"""A public git source whose repository is hidden from the world: its copy is shown to nobody."""

from pathlib import Path

import httpx
import pytest

from index.build import BuildRefused
from index.versions import Versions
from os2kb.clock import now
from os2kb.demo.wire.limits import read_fault
from os2kb.knowledge.refresh.record import last_refresh
from os2kb.knowledge.refresh.run import refresh
from os2kb.settings import Settings
from tests.service.running import World
from tests.service.test_refresh import Repository, repository

__all__ = ["repository"]  # a fixture

DOCS = 103  # the id of os2display/docs

PRODUCTS = """\
products:
  os2display:
    sources:
      - {{name: docs, git: "{address}"}}
      - {{name: guide, path: guide}}
"""


def settings_of(folder: Path, github: World, address: str = "") -> Settings:
    """An installation without credentials, that reads that repository and a folder."""
    (folder / "guide").mkdir()
    (folder / "guide" / "bidrag.md").write_text("# Bidrag\n\nAlle kan bidrage med rettelser.\n")
    products = folder / "products.yml"
    address = address or f"{github.github.web}/os2display/docs.git"
    products.write_text(PRODUCTS.format(address=address), "utf-8")
    return Settings(
        _env_file=None, data_dir=folder, products=products, github_api_url=github.github.api
    )


def found(settings: Settings) -> set[str]:
    index = Versions(settings.index_dir).current()
    return {passage.source for passage in index.passages} if index else set()


def problem(settings: Settings) -> str:
    last = last_refresh(settings.index_dir)
    assert last is not None
    return last.sources["docs"].problem


def unreachable(repository: Repository) -> None:
    """Git hears the same of a repository that is private, and of one that is away."""
    repository.folder.rename(repository.folder.with_name("flyttet"))


@pytest.mark.parametrize("hidden", ["private", "deleted"])
def test_what_the_world_may_see_no_more_is_gone_with_the_next_refresh(
    tmp_path: Path, github: World, repository: Repository, hidden: str
):
    settings = settings_of(tmp_path, github)
    refresh(settings, now)
    assert found(settings) == {"docs", "guide"}
    if hidden == "private":
        github.github.repositories[DOCS].private = True
    else:
        del github.github.repositories[DOCS]
    unreachable(repository)
    report = refresh(settings, now)
    assert found(settings) == {"guide"}
    said = [reason for name, reason in report.skipped if name == "docs"]
    assert problem(settings) in said
    assert "os2display/docs is private or gone" in problem(settings)
    assert "visibility: internal" in problem(settings)
    assert not list(settings.index_dir.glob("sources/docs-*/*.md"))
    again = refresh(settings, now)
    assert again.unchanged, "it is told of each time, and built anew but once"
    assert "private or gone" in problem(settings)


def test_an_index_that_held_nothing_else_serves_no_more_until_the_world_may_see_it_again(
    tmp_path: Path, github: World, repository: Repository
):
    settings = settings_of(tmp_path, github)
    (tmp_path / "guide" / "bidrag.md").unlink()
    refresh(settings, now)
    github.github.repositories[DOCS].private = True
    unreachable(repository)
    with pytest.raises(BuildRefused):
        refresh(settings, now)
    assert Versions(settings.index_dir).current() is None
    github.github.repositories[DOCS].private = False
    repository.folder.with_name("flyttet").rename(repository.folder)
    refresh(settings, now)
    assert found(settings) == {"docs"}


def test_a_repository_that_is_renamed_or_out_of_reach_costs_no_knowledge(
    tmp_path: Path, github: World, repository: Repository
):
    settings = settings_of(tmp_path, github)
    refresh(settings, now)
    unreachable(repository)
    with github.person("kim") as kim:
        kim.patch("/repos/os2display/docs", json={"name": "dokumentation"}).raise_for_status()
    refresh(settings, now)
    assert found(settings) == {"docs", "guide"}, "the world may see it still"
    github.github.repositories[DOCS].private = True
    github.github.limits.faults.append(read_fault("503", times=9))
    refresh(settings, now)
    assert found(settings) == {"docs", "guide"}, "GitHub does not say"


def test_what_is_read_with_a_password_is_shown_on_purpose(
    tmp_path: Path, github: World, repository: Repository, monkeypatch: pytest.MonkeyPatch
):
    web = httpx.URL(github.github.web)
    address = f"{web.scheme}://bo:kode@{web.netloc.decode()}/os2display/docs.git"
    settings = settings_of(tmp_path, github, address)
    github.github.repositories[DOCS].private = True
    refresh(settings, now)
    assert found(settings) == {"docs", "guide"}
    unreachable(repository)
    refresh(settings, now)
    assert found(settings) == {"docs", "guide"}

"""Answered issues as a source: read from the demo GitHub over HTTP, with the App's own token."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from index.build import BuildRefused, build
from index.passages import Source
from index.search import Index
from index.versions import Versions
from os2kb.clock import now
from os2kb.decisions.reading.read import read_file
from os2kb.demo.wire.limits import read_fault
from os2kb.knowledge.refresh.run import refresh
from os2kb.knowledge.sources.fetch import Mirrors
from os2kb.knowledge.sources.mirror import Mirrored
from os2kb.products.remote import Remote
from os2kb.settings import Settings
from tests.service.running import World, connected, world

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
API = "os2display/api"

SEED = """
app: {id: 4242, slug: os2kb}
people: [ida, bo, kim]
repositories:
  os2display/api:
    id: 101
    labels: {Spørgsmål: cc317c, Bug: d73a4a}
    collaborators: {bo: write, kim: maintain}
    issues:
      - {number: 1, by: ida, title: "Hvordan nulstiller jeg en skærm?", body: Den er grå.,
         state: closed,
         labels: [Spørgsmål], comments: [{by: bo, body: Hold knappen nede i ti sekunder.},
         {by: ida, body: Tak for hjælpen.}]}
      - {number: 2, by: ida, title: "Kan jeg bruge wifi?", labels: [Spørgsmål],
         comments: [{by: bo, body: Nej.}, {by: kim, body: "Ja, fra version 2."}]}
      - {number: 3, by: ida, title: Noget helt andet, state: closed, labels: [Bug],
         comments: [{by: bo, body: Rettet.}]}
      - {number: 4, by: ida, title: "Hvornår kommer version 3?", state: closed, labels: [Spørgsmål],
         state_reason: not_planned, comments: [{by: bo, body: Aldrig.}]}
      - {number: 5, by: ida, title: Et sikkerhedshul i login, state: closed, labels: [Spørgsmål],
         body: Man kan omgå login med en særlig adresse., comments: [{by: kim, body: Rettet nu.}]}
      - {number: 6, by: ida, title: "Hvad svarer robotten?", state: closed, labels: [Spørgsmål],
         comments: [{by: "os2kb[bot]", body: Jeg er en bot.}, {by: bo, body: /os2 ask hvad}]}
  os2display/hemmelig:
    id: 102
    private: true
    labels: {Spørgsmål: cc317c}
    collaborators: {kim: maintain}
    issues:
      - {number: 1, by: kim, title: "Hvad er koden?", state: closed, labels: [Spørgsmål],
         comments: [{by: kim, body: Den er fem.}]}
"""


@pytest.fixture
def github() -> Iterator[World]:
    with world(SEED) as made:
        yield made


@pytest.fixture
def mirrors(github: World, tmp_path: Path) -> Mirrors:
    return Mirrors(tmp_path, connected(github, tmp_path), None, lambda: NOW)


def remote(repository: str = API, visibility: str = "public") -> Remote:
    source = Source("faq", "", visibility=visibility, kind="faq", language="da")  # type: ignore[arg-type]
    return Remote(source, "issues", repository, label="Spørgsmål")


def update(mirrors: Mirrors, wanted: Remote) -> Mirrored:
    (mirrored,) = mirrors.update([wanted])
    return mirrored


def pages(mirrors: Mirrors) -> dict[str, str]:
    folder = remote().folder(mirrors.index_dir)
    return {page.name: page.read_text("utf-8") for page in folder.glob("*.md")}


def comments_asked_for(github: World) -> list[str]:
    asked = [e.path for e in github.github.traffic.exchanges if e.path.endswith("/comments")]
    github.github.traffic.clear()
    return asked


def react(github: World, comment: str) -> None:
    with github.person("ida") as ida:
        found = ida.get(f"/repos/{API}/issues/comments", params={"per_page": 100}).json()
        (number,) = [one["id"] for one in found if one["body"] == comment]
        path = f"/repos/{API}/issues/comments/{number}/reactions"
        assert ida.post(path, json={"content": "+1"}).status_code == 201


def test_as_decisions_the_issues_are_read_as_entries_of_a_log(github: World, mirrors: Mirrors):
    wanted = remote()
    source = replace(wanted.source, name="log", kind="decision")
    (mirrored,) = mirrors.update([replace(wanted, source=source)])
    folder = replace(wanted, source=source).folder(mirrors.index_dir)
    (first,) = read_file("1.md", (folder / "1.md").read_text("utf-8"))
    assert (first.decision.title, first.decision.status) == (
        "Hvordan nulstiller jeg en skærm?",
        "accepted",
    )
    assert first.decision.issue == f"{API}#1"
    statuses = {
        one.name: read_file(one.name, one.read_text("utf-8"))[0].decision.status
        for one in folder.glob("*.md")
    }
    assert (statuses["2.md"], statuses["4.md"]) == ("proposed", "rejected")
    assert dict(mirrored.notes)["5.md"] == "it looks like a report of a vulnerability"


def test_answered_questions_are_read_with_the_answer_of_a_member(github: World, mirrors: Mirrors):
    mirrored = update(mirrors, remote())
    assert mirrored.problem == ""
    assert pages(mirrors).keys() == {"1.md"}
    assert "Hold knappen nede i ti sekunder." in pages(mirrors)["1.md"]
    assert "Tak for hjælpen" not in pages(mirrors)["1.md"]
    assert "ida" not in pages(mirrors)["1.md"]
    notes = dict(mirrored.notes)
    assert notes["5.md"] == "it looks like a report of a vulnerability"
    assert {notes[path] for path in ("2.md", "4.md", "6.md")} == {"not answered"}
    assert "3.md" not in notes


def test_a_thumb_up_marks_the_answer_also_of_an_open_issue(github: World, mirrors: Mirrors):
    react(github, "Ja, fra version 2.")
    update(mirrors, remote())
    assert "Ja, fra version 2." in pages(mirrors)["2.md"]


def test_only_what_changed_is_asked_for_again(github: World, mirrors: Mirrors):
    update(mirrors, remote())
    assert len(comments_asked_for(github)) == 5
    github.github.clock = lambda: datetime(2030, 1, 1, tzinfo=UTC)
    with github.person("kim") as kim:
        kim.post(f"/repos/{API}/issues/1/comments", json={"body": "Eller træk stikket ud."})
    update(mirrors, remote())
    assert comments_asked_for(github) == [f"/repos/{API}/issues/1/comments"] * 2  # kim's and ours
    assert "Eller træk stikket ud." in pages(mirrors)["1.md"]


def test_an_issue_that_lost_its_label_is_gone(github: World, mirrors: Mirrors):
    update(mirrors, remote())
    with github.person("kim") as kim:
        assert kim.delete(f"/repos/{API}/issues/1/labels/Spørgsmål").is_success
    update(mirrors, remote())
    assert pages(mirrors) == {}


def test_a_citation_leads_to_the_comment(github: World, mirrors: Mirrors):
    update(mirrors, remote())
    source = remote().mirrored(mirrors.index_dir, github.github.web)
    build([source], mirrors.index_dir, now=NOW)
    index: Index | None = Versions(mirrors.index_dir).current()
    assert index is not None
    passage = index.search("skærmen er grå").hits[0].passage
    assert passage.text.endswith("Hold knappen nede i ti sekunder.")
    assert passage.url.startswith(f"{github.github.web}/{API}/issues/1#issuecomment-")


def test_a_private_repository_is_not_read_for_the_public(github: World, mirrors: Mirrors):
    hidden = "os2display/hemmelig"
    assert "write `visibility: internal`" in update(mirrors, remote(hidden)).problem
    assert pages(mirrors) == {}
    assert update(mirrors, remote(hidden, "internal")).problem == ""
    assert "Den er fem." in pages(mirrors)["1.md"]


def test_a_repository_that_went_private_is_gone_at_once(github: World, mirrors: Mirrors):
    update(mirrors, remote())
    github.github.repositories[101].private = True
    assert "not public" in update(mirrors, remote()).problem
    assert pages(mirrors) == {}


def test_an_index_of_nothing_but_what_went_private_serves_no_more(github: World, tmp_path: Path):
    products = tmp_path / "products.yml"
    products.write_text(
        "products:\n  os2display:\n    repositories: [os2display/api]\n"
        "    sources: [{name: faq, issues: os2display/api, label: Spørgsmål}]\n",
        "utf-8",
    )
    settings = Settings(
        _env_file=None,
        data_dir=tmp_path,
        products=products,
        github_api_url=github.github.api,
        github_app_id=github.app_id,
        github_private_key=github.private_key,
    )
    refresh(settings, now)
    reader = Versions(settings.index_dir)
    assert reader.current() is not None
    github.github.repositories[101].private = True
    with pytest.raises(BuildRefused):
        refresh(settings, now)
    assert reader.current() is None
    assert Versions(settings.index_dir).current() is None
    github.github.repositories[101].private = False
    refresh(settings, now)
    assert reader.current() is not None


def test_a_github_that_is_away_leaves_what_was_read(github: World, mirrors: Mirrors):
    update(mirrors, remote())
    github.github.limits.faults.append(read_fault("503", times=9))
    mirrored = update(mirrors, remote())
    assert "503" in mirrored.problem
    assert f"the copy of {NOW.isoformat()} is used" in mirrored.problem
    assert pages(mirrors).keys() == {"1.md"}


def test_a_repository_the_app_is_not_installed_on_is_told(github: World, mirrors: Mirrors):
    assert "not installed there" in update(mirrors, remote("os2display/andet")).problem


def test_without_credentials_the_cure_is_told(tmp_path: Path):
    without = Mirrors(tmp_path, None, None, lambda: NOW)
    assert "OS2KB_GITHUB_APP_ID" in update(without, remote()).problem

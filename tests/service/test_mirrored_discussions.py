"""Answered discussions as a source: GraphQL over HTTP against the demo GitHub."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from index.build import build
from index.passages import Source
from index.versions import Versions
from os2kb.demo.github.world.state import Discussion
from os2kb.demo.wire.limits import read_fault
from os2kb.knowledge.sources.fetch import Mirrors
from os2kb.knowledge.sources.mirror import Mirrored
from os2kb.products.remote import Remote
from tests.service.running import World, connected, world

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
API = "os2display/api"

SEED = """
app: {id: 4242, slug: os2kb}
people: [ida, bo, kim]
repositories:
  os2display/api:
    id: 101
    collaborators: {bo: write}
    discussions:
      - {number: 1, by: ida, title: "Hvordan nulstiller jeg en skærm?", body: Den er grå.,
         labels: [Drift], answer: {by: bo, body: Hold knappen nede i ti sekunder.}}
      - {number: 2, by: ida, title: "Hvem har brugt wifi?"}
      - {number: 3, by: ida, title: Se min skærm, category: Vis frem,
         answer: {by: kim, body: Flot.}}
      - {number: 4, by: ida, title: "Et sikkerhedshul?", body: Man kan omgå login med en adresse.,
         labels: [Drift], answer: {by: bo, body: Rettet.}}
      - {number: 5, by: ida, title: "Hvad siger robotten?", labels: [Drift],
         answer: {by: "os2kb[bot]", body: Jeg er en bot.}}
"""


@pytest.fixture
def github() -> Iterator[World]:
    with world(SEED) as made:
        yield made


@pytest.fixture
def mirrors(github: World, tmp_path: Path) -> Mirrors:
    return Mirrors(tmp_path, connected(github, tmp_path), None, lambda: NOW)


def remote(category: str = "", label: str = "", repository: str = API) -> Remote:
    source = Source("talk", "", kind="faq", language="da")
    return Remote(source, "discussions", repository, label, category)


def update(mirrors: Mirrors, wanted: Remote) -> Mirrored:
    (mirrored,) = mirrors.update([wanted])
    return mirrored


def pages(mirrors: Mirrors) -> dict[str, str]:
    folder = remote().folder(mirrors.index_dir)
    return {page.name: page.read_text("utf-8") for page in folder.glob("*.md")}


def test_discussions_with_a_marked_answer_are_read(github: World, mirrors: Mirrors):
    mirrored = update(mirrors, remote())
    assert mirrored.problem == ""
    assert pages(mirrors).keys() == {"1.md", "3.md"}
    assert "Hold knappen nede i ti sekunder." in pages(mirrors)["1.md"]
    assert dict(mirrored.notes) == {
        "4.md": "it looks like a report of a vulnerability",
        "5.md": "answered by a bot",
    }
    assert github.writes == [], "asking is no writing"


@pytest.mark.parametrize(
    ("category", "label", "found"),
    [("q-a", "", {"1.md"}), ("Vis frem", "", {"3.md"}), ("", "drift", {"1.md"}), ("x", "", set())],
)
def test_a_category_and_a_label_narrow_them_down(
    github: World, mirrors: Mirrors, category: str, label: str, found: set[str]
):
    update(mirrors, remote(category, label))
    assert pages(mirrors).keys() == found


def test_an_answer_that_was_unmarked_or_hidden_is_gone(github: World, mirrors: Mirrors):
    update(mirrors, remote())
    first, _, third, *_ = github.github.repositories[101].discussions
    first.answer = None
    assert third.answer is not None
    third.answer.minimized = True
    update(mirrors, remote())
    assert pages(mirrors) == {}


def test_many_are_read_page_by_page(github: World, mirrors: Mirrors):
    held = github.github.repositories[101].discussions
    first = held[0]
    for number in range(10, 130):
        at = NOW + timedelta(minutes=number)
        held.append(
            Discussion(number, f"Sag {number}?", "", first.author, "Q&A", at, at, [], first.answer)
        )
    assert update(mirrors, remote()).documents == 122


def test_a_citation_leads_to_the_answer(github: World, mirrors: Mirrors):
    update(mirrors, remote())
    build([remote().mirrored(mirrors.index_dir, github.github.web)], mirrors.index_dir, now=NOW)
    index = Versions(mirrors.index_dir).current()
    assert index is not None
    url = index.search("nulstille en skærm").hits[0].passage.url
    assert url.startswith(f"{github.github.web}/{API}/discussions/1#discussioncomment-")


def test_a_missing_permission_is_named_and_the_mirror_stays(github: World, mirrors: Mirrors):
    update(mirrors, remote())
    for token in github.github.tokens.values():
        del token.permissions["discussions"]
    problem = update(mirrors, remote()).problem
    assert "we lack a permission" in problem
    assert "is used" in problem
    assert "1.md" in pages(mirrors)


@pytest.mark.parametrize(
    ("fault", "said"), [("502", "502"), ("rate-limit:60", "rate limit"), ("reset", "not answer")]
)
def test_a_query_that_fails_leaves_what_was_read(
    github: World, mirrors: Mirrors, fault: str, said: str
):
    update(mirrors, remote())
    github.github.limits.faults.append(read_fault(fault, "POST", "graphql", 9))
    assert said in update(mirrors, remote()).problem
    assert "1.md" in pages(mirrors)


def test_a_repository_that_is_not_there_is_told(github: World, mirrors: Mirrors):
    assert "not there" in update(mirrors, remote(repository="os2display/andet")).problem

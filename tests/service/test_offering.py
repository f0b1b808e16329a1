"""Answers offered to git, and questions made issues, against the demo GitHub."""

from base64 import b64decode, b64encode
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from os2kb.clock import now
from os2kb.forges.port import Rejected
from os2kb.knowledge.faq.answering import answer
from os2kb.offering import CannotOffer, Offering
from os2kb.products.products import load_products
from os2kb.store import ledger
from os2kb.store.asked import faq, questions
from os2kb.store.database import open_database, upgrade
from tests.service.running import World, connected, world

SEED = """
app: {id: 4242, slug: os2kb}
people: [kim, ida]
repositories:
  os2display/docs:
    id: 201
    labels: {}
    collaborators: {kim: maintain}
    files:
      .github/os2kb.yml: "version: 1\\nmode: act\\n"
      docs/faq.md: "# FAQ\\n\\n## Hvad er OS2?\\n\\nEt fællesskab.\\n"
"""
PRODUCTS = """
products:
  os2display:
    repositories: [os2display/docs]
    faq: {{repository: os2display/docs, path: {path}}}
  os2forms: {{repositories: [os2forms/forms]}}
"""
QUESTION = "Hvem *betaler* <b>driften</b>? @kim"


@pytest.fixture
def github() -> Iterator[World]:
    with world(SEED) as made:
        yield made


def offering(github: World, folder: Path, path: str = "docs/faq") -> Offering:
    (folder / "products.yml").write_text(PRODUCTS.format(path=path))
    store = open_database(f"sqlite:///{folder / 'store.db'}")
    upgrade(store)
    products = load_products(folder / "products.yml")
    return Offering(connected(github, folder), store, products, "act", now)


def put(there: Offering, text: str = QUESTION, product: str | None = "os2display") -> int:
    with there.database.begin() as connection:
        questions.put(connection, text, product, "da", now())
    return questions.newest(there.database)[0].id


def pulls(github: World) -> list[tuple[int, str]]:
    with github.person("kim") as kim:
        found = kim.get("/repos/os2display/docs/pulls", params={"state": "all"}).json()
    return [(one["number"], one["head"]["ref"]) for one in found]


def file_at(github: World, path: str, branch: str) -> str:
    with github.person("kim") as kim:
        found = kim.get(f"/repos/os2display/docs/contents/{path}", params={"ref": branch})
    return b64decode(found.json()["content"]).decode()


def test_an_answer_becomes_one_pull_request_however_often_it_is_offered(
    github: World, tmp_path: Path
):
    there = offering(github, tmp_path)
    number = put(there)
    answer(there.database, number, "Kommunen selv.", "@ida", now())
    address = there.offer(number, "@ida")
    before = github.writes
    assert there.offer(number, "@ida") == address
    assert github.writes == before
    ((pull, branch),) = pulls(github)
    assert (branch, address.endswith(f"/pull/{pull}")) == (f"faq/{number}", True)
    text = file_at(github, f"docs/faq/{number}.md", branch)
    assert "Kommunen selv." in text
    assert "\\<b\\>" in text
    kept = faq.read(there.database, number)
    assert kept is not None
    assert kept.pull == address
    answered, offered = ledger.receipts_of(there.database, f"question:{number}")
    assert (answered.action, answered.state, answered.because) == ("faq:answer", "applied", "@ida")
    assert (offered.state, offered.because, offered.reference) == ("applied", "@ida", address)


def test_a_better_answer_renews_the_same_pull_request(github: World, tmp_path: Path):
    there = offering(github, tmp_path)
    number = put(there)
    answer(there.database, number, "Staten.", "@ida", now())
    first = there.offer(number, "@ida")
    answer(there.database, number, "Kommunen selv.", "@ida", now())
    assert there.offer(number, "@ida") == first
    assert "Kommunen selv." in file_at(github, f"docs/faq/{number}.md", f"faq/{number}")
    assert len(pulls(github)) == 1


def test_no_file_of_others_is_written_over(github: World, tmp_path: Path):
    there = offering(github, tmp_path)
    number = put(there)
    kept = f"/repos/os2display/docs/contents/docs/faq/{number}.md"
    with github.person("kim") as kim:
        content = b64encode(b"# En andens").decode()
        assert kim.put(kept, json={"message": "Før", "content": content}).is_success
    answer(there.database, number, "Kommunen selv.", "@ida", now())
    there.offer(number, "@ida")
    assert "En andens" in file_at(github, f"docs/faq/{number}.md", f"faq/{number}")
    assert "Kommunen selv." in file_at(github, f"docs/faq/{number}-2.md", f"faq/{number}")


def test_in_one_file_it_is_a_section_more(github: World, tmp_path: Path):
    there = offering(github, tmp_path, "docs/faq.md")
    number = put(there, "Hvem betaler driften?")
    answer(there.database, number, "Kommunen selv.", "@ida", now())
    there.offer(number, "@ida")
    assert file_at(github, "docs/faq.md", f"faq/{number}") == (
        "# FAQ\n\n## Hvad er OS2?\n\nEt fællesskab.\n\n## Hvem betaler driften?\n\nKommunen selv.\n"
    )


def test_what_a_person_closed_is_not_offered_again(github: World, tmp_path: Path):
    there = offering(github, tmp_path)
    number = put(there)
    answer(there.database, number, "Staten.", "@ida", now())
    pull = there.offer(number, "@ida").rpartition("/")[2]
    with github.person("kim") as kim:
        kim.patch(f"/repos/os2display/docs/pulls/{pull}", json={"state": "closed"})
    answer(there.database, number, "Kommunen selv.", "@ida", now())
    with pytest.raises(Rejected):
        there.offer(number, "@ida")
    assert len(pulls(github)) == 1


def test_a_question_becomes_one_issue_that_mentions_nobody(github: World, tmp_path: Path):
    there = offering(github, tmp_path)
    number = put(there)
    address = there.make_issue(number, "os2display/docs", "@ida")
    assert there.make_issue(number, "os2display/docs", "@ida") == address
    with github.person("kim") as kim:
        (issue,) = kim.get("/repos/os2display/docs/issues").json()
    assert "@kim" not in issue["body"]
    assert "<b>" not in issue["body"]
    found = questions.read(there.database, number)
    assert found is not None
    assert (found.state, found.issue) == ("issue", address)


def test_nothing_is_written_where_it_may_not_be(github: World, tmp_path: Path):
    there = offering(github, tmp_path)
    number, other = put(there), put(there, "Hvem ejer skemaerne?", "os2forms")
    answer(there.database, number, "Kommunen selv.", "@ida", now())
    observing = replace(there, mode="observe")
    refused = [
        (lambda: observing.offer(number, "@ida"), "mode: act"),
        (lambda: observing.make_issue(other, "os2display/docs", "@ida"), "does not belong"),
        (lambda: there.make_issue(number, "os2display/docs", "@ida"), "not open"),
        (lambda: there.offer(other, "@ida"), "no answer"),
    ]
    for attempt, said in refused:
        with pytest.raises(CannotOffer, match=said):
            attempt()
    answer(there.database, other, "Kommunen.", "@ida", now())
    with pytest.raises(CannotOffer, match="has no FAQ"):
        there.offer(other, "@ida")
    assert github.writes == []

"""The columns of projects that issues stand in, read through our adapter."""

from collections.abc import Iterator

import pytest

from os2kb.demo.github import GitHub as DemoGitHub
from os2kb.forges.github.adapter import GitHub
from tests.contract.stage import Stage

API = "os2display/api"
SEED = """
app: {id: 4242, slug: os2kb}
people: [ida]
organisations: {os2display: {}}
installations: [{account: os2display, id: 71}]
repositories:
  os2display/api:
    id: 101
    branches: {ret: {commits: [{by: ida, message: Ret, files: {a.txt: a}}]}}
    issues:
      - {title: Et, by: ida, columns: [Klar til Jira, I gang]}
      - {title: To, by: ida}
      - {title: Tre, by: ida, columns: [klar TIL jira]}
      - {title: Fire, by: ida, columns: [Klar til Jira], state: closed}
    pulls: [{title: Ret, by: ida, head: ret}]
"""


@pytest.fixture
def demo(stage: Stage) -> Iterator[DemoGitHub]:
    with stage.planted(SEED) as github:
        yield github


def test_an_issue_stands_in_none_one_or_several(forge: GitHub):
    repository = forge.repository(API)
    assert forge.columns(repository, 1) == ("Klar til Jira", "I gang")
    assert forge.columns(repository, 2) == ()
    assert forge.columns(repository, 5) == (), "a pull request"
    assert forge.columns(repository, 99) == (), "nothing"


def test_the_open_issues_of_a_column_are_found_page_by_page(demo: DemoGitHub, forge: GitHub):
    repository = forge.repository(API)
    assert list(forge.issues_in(repository, "Klar til Jira")) == [1, 3]
    template = demo.repositories[101].issues[2]
    for number in range(200, 320):
        demo.repositories[101].issues[number] = type(template)(
            number, number, "x", "", template.author, template.created_at, template.updated_at
        )
    demo.repositories[101].issues[319].columns = ["Klar til Jira"]
    assert list(forge.issues_in(repository, "klar til jira")) == [1, 3, 319]

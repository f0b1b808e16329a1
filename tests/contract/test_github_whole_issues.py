"""Many issues are read at once as each is read by itself, in far fewer reads."""

from collections.abc import Iterator

import pytest

from os2kb.demo.github import GitHub as DemoGitHub
from os2kb.demo.github.changes.transfer import convert_to_discussion
from os2kb.forges.github.adapter import GitHub
from os2kb.forges.github.graphql.bulk import AT_ONCE
from os2kb.forges.port import NotFound
from tests.contract.stage import Stage
from tests.loopback import HTTP

API = "os2display/api"
SEED = """
app: {id: 4242, slug: os2kb}
people: [ida, bo, kim]
organisations: {os2display: {teams: {maintainers: [kim]}}}
installations: [{account: os2display, id: 71}]
repositories:
  os2display/andet: {id: 102}
  os2display/api:
    id: 101
    labels: {Bug: d73a4a, godkendt: fef2c0}
    collaborators: {bo: write, kim: maintain}
    milestones: ["1.0"]
    branches: {ret: {commits: [{by: bo, message: Ret, files: {a.txt: a}}]}}
    issues:
      - {title: "Æblegrød 🙂 <b>", body: "Det virker ikke\\r\\n", by: ida, labels: [Bug],
         comments: [{by: kim, body: "Hvilken?"}, {by: ida, body: "Den røde."}]}
      - {title: Slettet, by: ida, deleted: true}
      - {title: Flyttet, by: ida, moved_to: "os2display/andet#1"}
      - {title: Ikke nu, by: bo, state: closed, state_reason: not_planned}
      - {title: Set før, by: bo, state: closed, state_reason: duplicate}
      - {title: Tavs, by: bo, assignees: [ida, kim], milestone: "1.0"}
    pulls: [{title: Ret, by: bo, head: ret}]
"""


@pytest.fixture
def demo(stage: Stage) -> Iterator[DemoGitHub]:
    with stage.planted(SEED) as github:
        yield github


def act(demo: DemoGitHub, login: str, method: str, path: str, **body: object) -> None:
    answer = HTTP.request(
        method,
        f"{demo.api}/repos/{API}/issues/{path}",
        json=body or None,
        headers={"Authorization": f"Bearer person-{login}"},
    )
    assert answer.is_success, answer.text


def test_each_is_as_it_is_read_by_itself(demo: DemoGitHub, forge: GitHub):
    act(demo, "kim", "POST", "1/labels", labels=["godkendt"])
    act(demo, "kim", "DELETE", "1/labels/Bug")
    act(demo, "kim", "POST", "1/assignees", assignees=["bo"])
    act(demo, "kim", "DELETE", "1/assignees", assignees=["bo"])
    act(demo, "kim", "PATCH", "1", state="closed", state_reason="completed")
    act(demo, "kim", "PATCH", "1", state="open")
    act(demo, "kim", "PUT", "4/lock")
    home, kim = demo.repositories[101], demo.account("kim")
    assert kim is not None
    convert_to_discussion(demo, home, kim, home.issues[5])
    repository = forge.repository(API)
    forge.put_comment(repository, 6, "status", "<!-- os2kb:status -->\nHej")

    found = forge.whole_issues(repository, range(1, 9))
    assert sorted(found) == [1, 4, 5, 6], "neither what is gone, nor a pull request, nor nothing"
    for number, whole in found.items():
        assert whole.conversation == forge.conversation(repository, number)
        assert whole.comments == forge.comments(repository, number)
        assert whole.history == forge.history(repository, number)
    assert [one.turn for one in found[1].history.turns] == [
        *("assigned", "unassigned", "closed", "reopened")
    ]
    assert [one.turn for one in found[5].history.turns][-1:] == ["converted_to_discussion"]
    assert found[6].comments[0].author.is_self


def test_a_read_takes_many_and_what_goes_on_is_left_to_be_read_alone(
    demo: DemoGitHub, forge: GitHub
):
    repository = forge.repository(API)
    for number in range(101):
        act(demo, "ida", "POST", "6/comments", body=f"{number}")
    before = demo.traffic.reads["os2kb[bot]"]
    assert 6 not in forge.whole_issues(repository, [*range(1, 7), *range(1000, 1000 + AT_ONCE)])
    assert demo.traffic.reads["os2kb[bot]"] - before == 2
    assert len(forge.comments(repository, 6)) == 101


def test_a_repository_that_is_gone_is_told(demo: DemoGitHub, forge: GitHub):
    repository = forge.repository(API)
    demo.repositories[101].name = "nyt"
    demo.repositories[101].former_names.clear()
    with pytest.raises(NotFound):
        forge.whole_issues(repository, [1])

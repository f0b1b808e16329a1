"""Fields of an issue as our adapter changes them, on the demo GitHub."""

from collections.abc import Iterator

import pytest

from os2kb.backlog.sides import state_of
from os2kb.demo.github import GitHub as DemoGitHub
from os2kb.forges.github.adapter import GitHub
from os2kb.forges.port import Changeable, Conversation, Rejected, Unavailable
from os2kb.governance.facts import Repository
from tests.contract.stage import Stage
from tests.contract.traffic import trouble

API = "os2display/api"
SEED = """
app: {id: 4242, slug: os2kb}
people: [ida, bo, kim]
repositories:
  os2display/api:
    collaborators: {ida: write}
    milestones: ["1.0", "2.0"]
    issues:
      - {title: Sort skærm, body: "Æøå\\r\\n🙂", by: ida}
      - {title: Lukket, by: ida, state: closed, state_reason: completed}
      - {title: Uddelt, by: ida, assignees: [bo, kim], milestone: "1.0"}
"""


@pytest.fixture
def demo(stage: Stage) -> Iterator[DemoGitHub]:
    with stage.planted(SEED) as github:
        yield github


@pytest.fixture
def repository(forge: GitHub) -> Repository:
    return forge.repository(API)


def says(one: Conversation, field: Changeable) -> str:
    match field:
        case "title":
            return one.title
        case "description":
            return one.body
        case "status":
            return state_of(is_open=one.open, reason=one.state_reason)
        case "assignee":
            return " ".join(one.assignees)
    return one.milestone


def written(demo: DemoGitHub) -> list[str]:
    return [f"{one.method} {one.path.rpartition('/')[2]}" for one in demo.traffic.writes]


@pytest.mark.parametrize(
    ("number", "field", "expects", "value"),
    [
        (1, "title", "Sort skærm", "Alle skærme er sorte"),
        (1, "description", "Æøå\r\n🙂", "# Nyt\n\n" + "æ" * 60_000),
        (1, "status", "open", "completed"),
        (1, "status", "open", "not_planned"),
        (2, "status", "completed", "open"),
        (2, "status", "completed", "not_planned"),
        (1, "assignee", "", "bo"),
        (1, "fixVersion", "", "2.0"),
        (3, "fixVersion", "1.0", "2.0"),
        (3, "fixVersion", "1.0", ""),
    ],
)
def test_a_field_is_changed_once(
    demo: DemoGitHub,
    forge: GitHub,
    repository: Repository,
    number: int,
    field: Changeable,
    expects: str,
    value: str,
):
    assert says(forge.conversation(repository, number), field) == expects
    assert forge.change(repository, number, field, value, expects)
    assert says(forge.conversation(repository, number), field) == value
    sent = written(demo)
    assert sent
    assert forge.change(repository, number, field, value, expects)
    assert written(demo) == sent


@pytest.mark.parametrize(
    ("number", "field"),
    [(1, "title"), (1, "description"), (2, "status"), (3, "assignee"), (3, "fixVersion")],
)
def test_what_a_person_changed_meanwhile_stays(
    demo: DemoGitHub, forge: GitHub, repository: Repository, number: int, field: Changeable
):
    before = forge.conversation(repository, number)
    expects = "not_planned" if field == "status" else "ida" if field == "assignee" else "andet"
    value = "open" if field == "status" else "nyt"
    assert not forge.change(repository, number, field, value, expects)
    assert (forge.conversation(repository, number), written(demo)) == (before, [])


def test_an_issue_is_handed_from_one_to_another_and_stays_with_the_rest(
    forge: GitHub, repository: Repository
):
    assert forge.change(repository, 3, "assignee", "Ida", "bo")
    assert forge.conversation(repository, 3).assignees == ("kim", "ida")
    assert forge.change(repository, 3, "assignee", "", "kim")
    assert forge.conversation(repository, 3).assignees == ("ida",)
    assert not forge.change(repository, 3, "assignee", "bo", "")  # somebody has it


def test_it_is_handed_over_in_one_write_so_that_nobody_is_left_half_way(
    demo: DemoGitHub, forge: GitHub, repository: Repository
):
    assert forge.change(repository, 3, "assignee", "ida", "bo")
    assert written(demo) == ["PATCH 3"]


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("assignee", "nobody-at-all", "cannot be assigned"),
        ("fixVersion", "9.9", "no milestone “9.9”"),
        ("title", "æ" * 257, "too long"),
        ("title", " ", "refused"),
    ],
)
def test_what_github_does_not_take_is_refused_with_the_cure(
    forge: GitHub, repository: Repository, field: Changeable, value: str, says: str
):
    expects = "Sort skærm" if field == "title" else ""
    with pytest.raises(Rejected, match=says):
        forge.change(repository, 1, field, value, expects)


@pytest.mark.parametrize("fault", ["502-after-write", "reset-after-write", "502"])
def test_a_change_whose_answer_was_lost_is_not_made_twice(
    demo: DemoGitHub, forge: GitHub, repository: Repository, fault: str
):
    forge.conversation(repository, 1)
    trouble(demo, fault, "PATCH", "/issues/1$")
    with pytest.raises(Unavailable):
        forge.change(repository, 1, "title", "Ny titel", "Sort skærm")
    assert forge.change(repository, 1, "title", "Ny titel", "Sort skærm")
    assert forge.conversation(repository, 1).title == "Ny titel"
    assert len(demo.repositories[repository.id].issues[1].events) == 1

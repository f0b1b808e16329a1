"""The GitHub adapter against the demo GitHub: what it asks and writes, and makes of errors."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from os2kb.demo.github import GitHub as DemoGitHub
from os2kb.forges.github import parse
from os2kb.forges.github.adapter import GitHub
from os2kb.forges.github.app.access import TokenAccess
from os2kb.forges.github.transport import Pace, Transport
from os2kb.forges.port import (
    Forbidden,
    NotFound,
    NotText,
    RateLimited,
    Rejected,
    Unavailable,
)
from os2kb.governance.actions import SetCheck
from os2kb.governance.facts import Repository, Role
from tests.contract.stage import Stage
from tests.contract.traffic import requests, trouble
from tests.loopback import HTTP

API = "os2display/api"
SEED = """
app: {id: 4242, slug: os2kb}
people: [ida, bo, kim]
organisations: {os2display: {teams: {koordination: [ida]}}, other: {}}
repositories:
  os2display/api:
    id: 101
    labels: {Bug: d73a4a, "afventer svar": fef2c0}
    collaborators: {bo: triage, kim: maintain}
    files: {README.md: "# API", docs/æøå.md: "Æøå", logo.png: "x"}
    issues: [{title: Fejl, by: ida, body: "x"}]
  other/secret: {id: 102, files: {README.md: "hemmelig"}}
  os2display/tracker: {id: 103}
"""


def now() -> datetime:
    return datetime.now(UTC)


@pytest.fixture
def demo(stage: Stage) -> Iterator[DemoGitHub]:
    with stage.planted(SEED) as github:
        yield github


@pytest.fixture
def repository(forge: GitHub) -> Repository:
    return forge.repository(API)


def test_what_has_not_changed_is_not_sent_again(
    demo: DemoGitHub, forge: GitHub, repository: Repository
):
    first = forge.conversation(repository, 1)
    assert forge.conversation(repository, 1) == first
    assert requests(demo, "GET", "/issues/1") == [200, 304]


def test_threads_do_not_mix_their_requests_up(forge: GitHub, repository: Repository):
    with ThreadPoolExecutor(8) as pool:
        found = pool.map(
            lambda n: forge.file(API, "docs/æøå.md") if n % 2 else forge.file(API, "README.md"),
            range(60),
        )
        texts = [file.text for file in found if file]
    assert texts == ["Æøå" if n % 2 else "# API" for n in range(60)]


@pytest.mark.parametrize("then", ["502", "502-after-write", "reset", "reset-after-write"])
def test_a_write_is_never_sent_twice(
    demo: DemoGitHub, forge: GitHub, repository: Repository, then: str
):
    forge.conversation(repository, 1)  # the token is minted by now
    trouble(demo, then, "POST", "/comments")
    with pytest.raises(Unavailable):
        forge.put_comment(repository, 1, "status", "<!-- os2kb:status -->\nHej")
    assert len(requests(demo, "POST", "/comments")) == 1


def test_a_read_is_tried_again(demo: DemoGitHub, forge: GitHub, repository: Repository):
    trouble(demo, "502", "GET", "/issues/1$")
    assert forge.conversation(repository, 1).title == "Fejl"


@pytest.mark.parametrize("then", ["rate-limit:30", "secondary-rate-limit:30"])
def test_a_rate_limit_says_when_to_come_back_and_is_then_kept(
    demo: DemoGitHub, forge: GitHub, repository: Repository, then: str
):
    trouble(demo, then, "GET", "/issues/1$")
    with pytest.raises(RateLimited) as limited:
        forge.conversation(repository, 1)
    assert timedelta(seconds=20) < limited.value.until - now() < timedelta(seconds=40)
    asked = len(demo.traffic.exchanges)
    with pytest.raises(RateLimited):
        forge.conversation(repository, 1)
    assert len(demo.traffic.exchanges) == asked
    # Another organisation has a limit of its own.
    assert forge.repository("other/secret").id == 102


def test_errors_come_in_our_words(demo: DemoGitHub, forge: GitHub, repository: Repository):
    with pytest.raises(NotFound):
        forge.conversation(repository, 99)
    with pytest.raises(NotFound):
        forge.repository("nobody/nothing")
    with pytest.raises(NotFound):
        forge.add_label(repository, 1, "no such label")
    trouble(demo, "403", "POST", "/comments")
    with pytest.raises(Forbidden, match="permission"):
        forge.put_comment(repository, 1, "status", "<!-- os2kb:status -->")
    with pytest.raises(Rejected):
        forge.put_comment(repository, 1, "status", "x" * 70_000)


def test_a_path_cannot_climb_out_of_its_repository(demo: DemoGitHub, forge: GitHub):
    for path in ("../../../other/secret/contents/README.md", "./README.md", "a//b", ""):
        assert forge.file(API, path) is None
    with pytest.raises(NotText):
        forge.file(API, "docs")
    assert forge.file(API, "none.md") is None


def test_a_repository_without_commits_has_no_head(demo: DemoGitHub, forge: GitHub):
    demo.repositories[103].branches.clear()
    scene = forge.scene("os2display/tracker", 1)
    assert (scene.head, scene.policy, scene.pull) == ("", None, None)


def test_roles_are_read_and_strangers_have_none(forge: GitHub, repository: Repository):
    assert forge.role(repository, "bo") is Role.TRIAGE
    assert forge.role(repository, "kim") is Role.MAINTAIN
    assert forge.role(repository, "nobody-at-all") is Role.NONE


def test_teams_tell_their_members_from_others(forge: GitHub, repository: Repository):
    assert forge.in_team(repository, "os2display/koordination", "ida")
    assert not forge.in_team(repository, "os2display/koordination", "bo")
    assert not forge.in_team(repository, "os2display/nobody", "ida")
    assert not forge.in_team(repository, "../x", "ida")
    assert forge.in_organisation(repository, "os2display", "ida")
    assert not forge.in_organisation(repository, "os2display", "bo")
    assert not forge.in_organisation(repository, "nobody", "ida")
    assert not forge.in_organisation(repository, "../repos", "ida")


def test_a_token_that_is_worth_nothing_is_renewed(
    demo: DemoGitHub, forge: GitHub, repository: Repository
):
    forge.conversation(repository, 1)
    assert HTTP.post(f"{demo.web}/_demo/expire-tokens").is_success
    with pytest.raises(Unavailable, match="credentials"):
        forge.conversation(repository, 1)
    assert forge.conversation(repository, 1).number == 1


def test_a_personal_token_governs_but_sets_no_checks(demo: DemoGitHub):
    access = TokenAccess(demo.api, "person-kim")
    forge = GitHub(Transport(access, Pace(0, sleep=lambda _: None, clock=lambda: 0.0), now))
    repository = forge.repository(API)
    assert forge.login == "kim"
    assert forge.add_label(repository, 1, "Bug")
    check = SetCheck("x", forge.scene(API, 1).head, "success", "t", "s", because="policy")
    with pytest.raises(Rejected, match="GitHub App"):
        forge.set_check(repository, 1, check, "da")


def test_writes_keep_their_distance():
    waited: list[float] = []
    clock = iter([0.0, 0.0, 0.5, 5.0])
    pace = Pace(1.0, sleep=waited.append, clock=lambda: next(clock))
    for _ in range(4):
        pace.wait()
    assert waited == [1.0, 1.5]


def test_git_is_given_a_token_that_the_repository_accepts(demo: DemoGitHub, forge: GitHub):
    granted = {"Authorization": f"Bearer {forge.git_token(API)}"}
    assert HTTP.get(f"{demo.api}/repos/{API}", headers=granted).is_success
    assert forge.git_token("os2display/findes-ikke") == ""


def test_the_open_issues_and_pull_requests_are_listed_or_all_that_changed_since(
    demo: DemoGitHub, forge: GitHub, repository: Repository
) -> None:
    with httpx.Client(
        base_url=demo.api, headers={"Authorization": "Bearer person-kim"}, trust_env=False
    ) as kim:
        for number in range(2, 5):
            made = kim.post(f"/repos/{API}/issues", json={"title": f"Nummer {number}"})
            assert made.status_code == 201
        closed = kim.patch(f"/repos/{API}/issues/3", json={"state": "closed"})
        assert closed.status_code == 200

    assert [one.number for one in forge.conversations(repository)] == [4, 2, 1]
    hour = timedelta(hours=1)
    assert [one.number for one in forge.conversations(repository, now() - hour)] == [4, 3, 2, 1]
    assert list(forge.conversations(repository, now() + hour)) == []


def test_the_turns_of_an_issue_are_read_with_its_labels(
    demo: DemoGitHub, forge: GitHub, repository: Repository
):
    with httpx.Client(base_url=demo.api, headers={"Authorization": "Bearer person-kim"}) as kim:
        for state in ("closed", "open"):
            kim.patch(f"/repos/{API}/issues/1", json={"state": state}).raise_for_status()
        who = {"assignees": ["bo", "kim"]}
        kim.post(f"/repos/{API}/issues/1/assignees", json=who).raise_for_status()
        kim.request("DELETE", f"/repos/{API}/issues/1/assignees", json={"assignees": ["bo"]})
    forge.add_label(repository, 1, "Bug")
    before = len(requests(demo, "GET", "/issues/1/events"))
    history = forge.history(repository, 1)
    assert [(one.turn, one.actor.login) for one in history.turns] == [
        (turn, "kim") for turn in ("closed", "reopened", "assigned", "assigned", "unassigned")
    ]
    assigned = [one.assignee.login for one in history.turns if one.assignee]
    assert assigned == ["bo", "kim", "bo"]
    assert [one.label for one in history.labels] == ["Bug"]
    assert len(requests(demo, "GET", "/issues/1/events")) == before + 1


@pytest.mark.parametrize(
    ("said", "turn", "assignee"),
    [
        ({"event": "closed"}, "closed", None),
        ({"event": "milestoned", "milestone": {"title": "2.1"}}, "milestoned", None),
        # Who made an assignment is told as the assigner.
        ({"event": "assigned", "assignee": {"login": "ida"}}, "assigned", "ida"),
        ({"event": "unassigned", "assignee": None}, "unassigned", "ghost"),
        ({"event": "transferred"}, "transferred", None),
        ({"event": "renamed"}, None, None),
        ({}, None, None),
    ],
)
def test_an_event_is_a_turn_or_none(
    said: dict[str, object], turn: str | None, assignee: str | None
):
    whole = {
        **said,
        "actor": {"login": "ida"},
        "assigner": {"login": "kim"},
        "created_at": "2026-03-02T08:00:00Z",
    }
    found = parse.turn_event(whole, "os2kb[bot]")
    assert (found.turn if found else None) == turn
    assert (found.assignee.login if found and found.assignee else None) == assignee
    assert found is None or found.actor.login == "kim"

"""Decision logs on the demo GitHub: what is read of them, and one proposal, however often made."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import httpx
import pytest

from os2kb.decisions.proposal.seen import Home
from os2kb.demo.github import GitHub as DemoGitHub
from os2kb.forges.github.adapter import GitHub
from os2kb.forges.github.logs import GitHubLogs
from os2kb.forges.logs import Draft
from os2kb.forges.port import Forbidden, ForgeError, Rejected
from tests.contract.conftest import adapter
from tests.contract.stage import Stage
from tests.contract.traffic import trouble

LOG = "os2display/log"
BRANCH = "beslutning/101-7"
SEED = """
app: {id: 4242, slug: os2kb}
people: [ida, bo, kim]
organisations: {os2display: {}}
repositories:
  os2display/log:
    id: 201
    protected: [main]
    collaborators: {bo: write, kim: maintain}
    files:
      beslutninger/2025-01-02-en.md: "# En"
      beslutninger/2024/2024-01-02-gammel.md: "# Gammel"
      beslutninger/logo.png: "\\0"
      README.md: "# Log"
"""
DRAFT = Draft(
    branch=BRANCH,
    expects="",
    files=(("beslutninger/ny.md", "# Ny æøå\n"), ("beslutninger/2025-01-02-en.md", "# En igen\n")),
    message="Beslutning 7: Ny",
    title="Beslutning 7: Ny",
    body="Fra os2display/api#7",
)


@pytest.fixture
def demo(stage: Stage) -> Iterator[DemoGitHub]:
    with stage.planted(SEED) as github:
        yield github


@pytest.fixture
def logs(forge: GitHub) -> GitHubLogs:
    return forge.logs


def home(logs: GitHubLogs) -> Home:
    return logs.files(LOG, "beslutninger").home


def person(demo: DemoGitHub, login: str) -> httpx.Client:
    headers = {"Authorization": f"Bearer person-{login}"}
    return httpx.Client(base_url=demo.api, headers=headers, trust_env=False, verify=False)


def pulls(demo: DemoGitHub) -> list[int]:
    (repository,) = demo.repositories.values()
    return [number for number, one in repository.issues.items() if one.pull]


def test_a_log_is_read_with_its_folders_and_each_text_once(logs: GitHubLogs):
    found = logs.files(LOG, "beslutninger/")
    assert (found.home.id, found.home.branch, found.home.private) == (201, "main", False)
    assert sorted(found.files) == [
        "beslutninger/2024/2024-01-02-gammel.md",
        "beslutninger/2025-01-02-en.md",
        "beslutninger/logo.png",
    ]
    texts = logs.texts(LOG, list(found.files.values()))
    assert sorted(map(str, texts.values())) == ["# En", "# Gammel", "None"]
    assert logs.files(LOG, "README.md").files.keys() == {"README.md"}
    assert logs.files(LOG, "findes/ikke").files == {}
    assert logs.at(LOG, found.home.head, ["README.md", "nej.md"]) == {
        "README.md": "# Log",
        "nej.md": None,
    }


def test_a_proposal_is_one_branch_one_commit_and_one_pull_request(
    logs: GitHubLogs, demo: DemoGitHub
):
    at = home(logs)
    assert logs.proposal(at, BRANCH).head == ""
    made = logs.propose(at, DRAFT)
    seen = logs.proposal(at, BRANCH)
    assert (seen.number, seen.head, seen.state) == (made.number, made.commit, "open")
    assert seen.files == dict(DRAFT.files)
    assert (seen.title, seen.body) == (DRAFT.title, DRAFT.body)
    assert logs.propose(at, DRAFT) == made
    assert logs.propose(at, replace(DRAFT, expects=made.commit)) == made
    assert pulls(demo) == [made.number]
    (repository,) = demo.repositories.values()
    assert len(repository.commits) == 2
    assert repository.branches["main"] == at.head


@pytest.mark.parametrize("then", ["502-after-write", "500"])
@pytest.mark.parametrize("part", ["/git/trees", "/git/commits", "/git/refs", "/pulls"])
def test_whatever_answer_is_lost_there_is_one_proposal_in_the_end(
    logs: GitHubLogs, demo: DemoGitHub, part: str, then: str
):
    trouble(demo, then, "POST", f"{part}$")
    at = home(logs)
    with pytest.raises(ForgeError):
        logs.propose(at, DRAFT)
    made = logs.propose(at, replace(DRAFT, expects=logs.proposal(at, BRANCH).head))
    assert pulls(demo) == [made.number]
    assert logs.proposal(at, BRANCH).files == dict(DRAFT.files)


def test_what_somebody_pushed_meanwhile_is_not_written_over(logs: GitHubLogs, demo: DemoGitHub):
    at = home(logs)
    made = logs.propose(at, DRAFT)
    path = f"/repos/{LOG}/contents/beslutninger/ny.md"
    with person(demo, "bo") as bo:
        sha = bo.get(path, params={"ref": BRANCH}).json()["sha"]
        change = {"message": "Ret", "content": "TXk=", "sha": sha, "branch": BRANCH}
        assert bo.put(path, json=change).status_code == 200
    newer = replace(DRAFT, expects=made.commit, files=(("beslutninger/ny.md", "# Nyere\n"),))
    with pytest.raises(Rejected, match="has changed since"):
        logs.propose(at, newer)
    assert logs.proposal(at, BRANCH).files["beslutninger/ny.md"] == "My"


def test_a_proposal_that_was_closed_is_the_same_one_when_it_is_open_again(
    logs: GitHubLogs, demo: DemoGitHub
):
    at = home(logs)
    made = logs.propose(at, DRAFT)
    assert logs.close(at, made.number)
    assert not logs.close(at, made.number)
    seen = logs.proposal(at, BRANCH)
    assert seen.state == "closed"
    assert seen.closed_at is not None
    assert logs.propose(at, replace(DRAFT, expects=seen.head, reopens=True)).number == made.number
    assert pulls(demo) == [made.number]


def test_a_proposal_that_somebody_closed_meanwhile_stays_closed(logs: GitHubLogs, demo: DemoGitHub):
    at = home(logs)
    made = logs.propose(at, DRAFT)
    with person(demo, "bo") as bo:
        bo.patch(f"/repos/{LOG}/pulls/{made.number}", json={"state": "closed"})
    newer = replace(DRAFT, expects=made.commit, files=(("beslutninger/ny.md", "# Nyere\n"),))
    with pytest.raises(Rejected, match="has changed since"):
        logs.propose(at, newer)
    seen = logs.proposal(at, BRANCH)
    assert (seen.state, seen.head) == ("closed", made.commit)


def test_a_branch_that_was_deleted_is_made_anew_with_a_pull_request_of_its_own(
    logs: GitHubLogs, demo: DemoGitHub
):
    at = home(logs)
    first = logs.propose(at, DRAFT)
    with person(demo, "kim") as kim:
        assert kim.delete(f"/repos/{LOG}/git/refs/heads/{BRANCH}").status_code == 204
    seen = logs.proposal(at, BRANCH)
    assert (seen.state, seen.head) == ("closed", "")
    second = logs.propose(at, DRAFT)
    assert second.number != first.number
    assert logs.proposal(at, BRANCH).state == "open"


def test_a_review_counts_with_its_commit_and_what_its_author_may(
    logs: GitHubLogs, demo: DemoGitHub
):
    at = home(logs)
    made = logs.propose(at, DRAFT)
    for login, event in (("ida", "APPROVE"), ("bo", "REQUEST_CHANGES"), ("bo", "APPROVE")):
        with person(demo, login) as who:
            said = {"event": event, "body": "Se her"}
            assert who.post(f"/repos/{LOG}/pulls/{made.number}/reviews", json=said).is_success
    found = {one.login: one for one in logs.proposal(at, BRANCH).reviews}
    assert (found["ida"].opinion, found["ida"].may_write) == ("approved", False)
    assert (found["bo"].opinion, found["bo"].may_write) == ("approved", True)
    assert found["bo"].commit == made.commit
    with person(demo, "bo") as bo:
        assert bo.put(f"/repos/{LOG}/pulls/{made.number}/merge").is_success
    merged = logs.proposal(at, BRANCH)
    assert (merged.state, merged.merged_by) == ("merged", "bo")
    assert merged.commit == home(logs).head
    with pytest.raises(Rejected):
        logs.propose(at, replace(DRAFT, expects=merged.head))


def test_what_was_said_before_the_merge_is_told_apart_from_what_was_said_later(
    logs: GitHubLogs, demo: DemoGitHub
):
    at = home(logs)
    made = logs.propose(at, DRAFT)
    reviews = f"/repos/{LOG}/pulls/{made.number}/reviews"
    with person(demo, "bo") as bo, person(demo, "kim") as kim:
        bo.post(reviews, json={"event": "APPROVE", "body": "Ja"})
        assert bo.put(f"/repos/{LOG}/pulls/{made.number}/merge").is_success
        pull = next(one for one in demo.repositories[201].issues.values() if one.pull).pull
        assert pull is not None
        assert pull.merged_at is not None
        for who in (bo, kim):
            said = {"event": "REQUEST_CHANGES" if who is bo else "APPROVE", "body": "Hov"}
            assert who.post(reviews, json=said).is_success
        for review in pull.reviews[1:]:  # a second later: GitHub's clock tells no less
            review.at = pull.merged_at + timedelta(seconds=1)
    seen = logs.proposal(at, BRANCH)
    assert [(one.login, one.opinion) for one in seen.reviews] == [("bo", "approved")]
    later = {one.login: (one.opinion, one.may_write) for one in seen.later}
    assert later == {"bo": ("changes_requested", True), "kim": ("approved", True)}


def test_without_the_permission_nothing_is_left_behind(stage: Stage):
    blind = (
        "installations: [{account: os2display, permissions: "
        "{metadata: read, issues: write, pull_requests: write, contents: read}}]\n"
    )
    with stage.planted(SEED + blind) as demo:
        logs = adapter(demo).logs
        with pytest.raises(Forbidden):
            logs.propose(home(logs), DRAFT)
        assert pulls(demo) == []


def test_a_pull_request_of_a_person_is_none_of_ours(logs: GitHubLogs, demo: DemoGitHub):
    at = home(logs)
    with person(demo, "bo") as bo:
        ref = {"ref": f"refs/heads/{BRANCH}", "sha": at.head}
        assert bo.post(f"/repos/{LOG}/git/refs", json=ref).is_success
        file = {"message": "x", "content": "eA==", "branch": BRANCH}
        assert bo.put(f"/repos/{LOG}/contents/x.md", json=file).is_success
        pull = {"title": "Min", "head": BRANCH, "base": "main"}
        number = bo.post(f"/repos/{LOG}/pulls", json=pull).json()["number"]
    seen = logs.proposal(at, BRANCH)
    assert (seen.number, seen.state) == (0, "open")
    assert seen.head
    with pytest.raises(Rejected, match="not ours"):
        logs.close(at, number)

"""What the GitHub adapter reads at once, against the demo GitHub, and how many reads that costs."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from os2kb.demo.github import GitHub as DemoGitHub
from os2kb.demo.github.shapes.text import node_id
from os2kb.demo.github.world.git import add_commit
from os2kb.demo.github.world.state import ReviewComment
from os2kb.forges.github.adapter import GitHub
from os2kb.forges.port import Forbidden, NotFound
from os2kb.forges.scene import At, File, Unreadable, Wanted
from os2kb.governance.facts import CheckResult, Linked
from tests.contract.stage import Stage
from tests.loopback import HTTP

API = "os2display/api"
ORGANISATION = "os2display/.github"
ALL = Wanted(parts=frozenset({"commits", "reviews", "threads", "checks"}))
SEED = """
app: {id: 4242, slug: os2kb}
people: {ida: {}, bo: {email: bo@example.org}, kim: {}}
organisations: {os2display: {teams: {maintainers: [kim]}}, other: {}}
installations:
  - {account: os2display, id: 71}
  - {account: other, id: 72, permissions: {contents: read, pull_requests: read, issues: read}}
repositories:
  os2display/.github: {id: 100, files: {.github/os2kb.yml: "version: 1",
    .github/pull_request_template.md: "## Fælles"}}
  os2display/api:
    id: 101
    labels: {Bug: d73a4a, godkendt: fef2c0}
    collaborators: {bo: write, kim: maintain}
    files:
      README.md: "# API"
      .github/os2kb.yml: "version: 1\\nmode: act\\n"
      .github/ISSUE_TEMPLATE/fejl.yml: "name: Fejl"
      .github/ISSUE_TEMPLATE/dyb/mere.yml: "name: Nej"
    branches:
      feature/12-æøå: {commits: [{by: bo, message: "Ret\\n\\nMere", files: {src/app.py: "x = 1\\n",
        CHANGELOG.md: "## [Unreleased]\\n"}}]}
    issues:
      - {title: Fejl, by: ida, labels: [godkendt]}
      - {title: Slettet, by: ida, deleted: true}
      - {title: Flyttet, by: ida, moved_to: "os2display/.github#1"}
    pulls:
      - title: Ret
        by: bo
        head: feature/12-æøå
        from_fork: true
        checks: [{name: test, conclusion: failure, app: 15368}, {name: os2kb, conclusion: success},
                 {name: byg, app: 15368}]
        reviews: [{by: kim, state: APPROVED, body: Fint, comments: [
          {path: src/app.py, body: "Hvorfor?", resolved: true},
          {path: src/app.py, body: "Og her?"}]}]
  other/theirs: {id: 102, files: {README.md: "# Deres"}, branches: {ret: {commits: [
    {by: ida, message: Ret, files: {a.txt: a}}]}},
    pulls: [{title: Ret, by: ida, head: ret, checks: [{name: test, conclusion: success}]}]}
"""


def now() -> datetime:
    return datetime.now(UTC)


@pytest.fixture
def demo(stage: Stage) -> Iterator[DemoGitHub]:
    with stage.planted(SEED) as github:
        yield github


def queries(demo: DemoGitHub) -> int:
    return sum(one.path.endswith("/graphql") for one in demo.traffic.exchanges)


def grow(demo: DemoGitHub, count: int) -> None:
    """Put more commits on the pull request's branch, each of two parents."""
    repository = demo.repositories[101]
    for number in range(count):
        tip = repository.commits[repository.branches["feature/12-æøå"]]
        parents = (tip.sha, repository.branches["main"])
        made = add_commit(repository, tip.tree, f"Nr. {number}", tip.author, tip.at, parents)
        repository.branches["feature/12-æøå"] = made.sha


def test_one_read_tells_the_repository_its_policy_and_the_pull_request(
    demo: DemoGitHub, forge: GitHub
):
    scene = forge.scene(API, 4)
    assert queries(demo) == 1
    assert scene.repository == forge.repository(API)
    assert scene.policy == File(
        ".github/os2kb.yml",
        "version: 1\nmode: act\n",
        f"{demo.web}/{API}/blob/{scene.head}/.github/os2kb.yml",
    )
    assert isinstance(scene.organisation_policy, File)
    assert scene.organisation_policy.text == "version: 1"
    assert scene.pull is not None
    assert (scene.pull.head_branch, scene.pull.base_branch) == ("feature/12-æøå", "main")
    assert (scene.pull.additions, scene.pull.deletions, scene.pull.from_fork) == (2, 0, True)


@pytest.mark.parametrize("number", [1, 2, 3, 99])
def test_what_is_no_pull_request_here_has_none(forge: GitHub, number: int):
    assert forge.scene(API, number).pull is None


def test_an_organisation_without_a_repository_of_its_own_has_no_policy(forge: GitHub):
    scene = forge.scene("other/theirs", 1)
    assert (scene.organisation_head, scene.organisation_policy) == ("", None)
    with pytest.raises(NotFound):
        forge.scene("other/nothing", 1)


def test_a_hundred_labels_cost_one_read_and_more_cost_another(demo: DemoGitHub, forge: GitHub):
    with demo.lock:
        labels = demo.repositories[101].labels
        labels |= {f"nr. {n}": labels["bug"] for n in range(150)}
    assert len(forge.scene(API, 1).repository.labels) == 152
    assert queries(demo) == 2


def test_a_policy_that_is_no_text_is_told_apart_from_none(demo: DemoGitHub, forge: GitHub):
    repository = demo.repositories[101]
    tip = repository.commits[repository.branches["main"]]
    tip.tree[".github/os2kb.yml"] = b"\0\1"
    assert forge.scene(API, 1).policy == Unreadable(".github/os2kb.yml")
    tip.tree[".github/os2kb.yml"] = b"x" * 600_000
    assert forge.scene(API, 1).policy == Unreadable(".github/os2kb.yml")


def test_one_read_tells_commits_reviews_threads_and_checks(demo: DemoGitHub, forge: GitHub):
    scene = forge.scene(API, 4)
    found = forge.details(scene.repository, 4, ALL)
    assert queries(demo) == 2
    (commit,) = found.commits or ()
    assert (commit.subject, commit.message, commit.parents) == ("Ret", "Ret\n\nMere", 1)
    assert commit.author is not None
    assert (commit.author.login, commit.author_email) == ("bo", "bo@example.org")
    (review,) = found.reviews or ()
    assert (review.author.login, review.author.association) == ("kim", "MEMBER")
    assert (review.state, review.commit) == ("approved", scene.pull and scene.pull.head_sha)
    assert [(one.resolved, one.outdated) for one in found.threads or ()] == [
        (True, False),
        (False, False),
    ]
    # Our own check is no news to us; one that still runs has no conclusion.
    assert [(one.name, one.conclusion) for one in found.checks or ()] == [
        ("test", "failure"),
        ("byg", None),
    ]


def test_only_what_is_wanted_is_read(forge: GitHub):
    found = forge.details(
        forge.repository(API), 4, Wanted(parts=frozenset({"threads"}), templates=True)
    )
    assert (found.commits, found.reviews, found.checks) == (None, None, None)
    assert len(found.threads or ()) == 2
    assert found.templates == {".github/pull_request_template.md": "## Fælles"}


def test_a_list_that_goes_on_costs_one_read_for_each_further_page(demo: DemoGitHub, forge: GitHub):
    grow(demo, 140)
    found = forge.details(forge.repository(API), 4, ALL)
    assert queries(demo) == 2
    assert [one.subject for one in found.commits or ()] == [
        "Ret",
        *(f"Nr. {n}" for n in range(140)),
    ]
    assert {one.parents for one in (found.commits or ())[1:]} == {2}
    assert len(found.reviews or ()) == 1
    assert not found.commits_cut


def test_a_list_without_an_end_is_cut_and_said_to_be(demo: DemoGitHub, forge: GitHub):
    grow(demo, 400)
    pull = demo.repositories[101].issues[4].pull
    assert pull is not None
    kim = pull.reviews[0].author
    remarks = (ReviewComment(n, kim, "src/app.py", 1, "?", now()) for n in range(9000, 9400))
    pull.reviews[0].comments += remarks
    found = forge.details(forge.repository(API), 4, ALL)
    assert len(found.commits or ()) == 300
    assert found.commits_cut
    assert found.threads is None
    assert queries(demo) == 3


def test_a_remark_on_lines_that_are_gone_is_outdated(demo: DemoGitHub, forge: GitHub):
    repository = demo.repositories[101]
    tip = repository.commits[repository.branches["feature/12-æøå"]]
    tree = {**tip.tree, "src/app.py": b"x = 2\n"}
    made = add_commit(repository, tree, "Ret igen", tip.author, tip.at, (tip.sha,))
    repository.branches["feature/12-æøå"] = made.sha
    found = forge.details(forge.repository(API), 4, ALL)
    assert {one.outdated for one in found.threads or ()} == {True}


@pytest.mark.parametrize(("who", "may"), [("kim", True), ("bo", True), ("ida", False)])
def test_its_author_and_those_who_may_write_settle_a_discussion(
    demo: DemoGitHub, forge: GitHub, who: str, may: bool
):
    pull = demo.repositories[101].issues[4].pull
    assert pull is not None
    thread = node_id("PullRequestReviewThread", pull.reviews[0].comments[1].id)
    query = """mutation ($thread: ID!) {
      resolveReviewThread(input: {threadId: $thread}) { thread { isResolved } } }"""
    answer = HTTP.post(
        f"{demo.web}/api/graphql",
        json={"query": query, "variables": {"thread": thread}},
        headers={"Authorization": f"Bearer person-{who}"},
    ).json()
    assert ("errors" not in answer) is may
    found = forge.details(forge.repository(API), 4, ALL)
    assert [one.resolved for one in found.threads or ()] == [True, may]


def test_statuses_are_told_among_the_checks(demo: DemoGitHub, forge: GitHub):
    scene = forge.scene(API, 4)
    assert scene.pull is not None
    for state in ("pending", "error"):
        answer = HTTP.post(
            f"{demo.api}/repos/{API}/statuses/{scene.pull.head_sha}",
            json={"state": state, "context": "gammel", "target_url": "https://example.org/1"},
            headers={"Authorization": "Bearer person-kim"},
        )
        assert answer.status_code == 201
    found = forge.details(scene.repository, 4, ALL)
    assert CheckResult("gammel", "failure", "https://example.org/1") in (found.checks or ())


def test_issues_are_looked_up_together(demo: DemoGitHub, forge: GitHub):
    found = forge.details(forge.repository(API), 4, Wanted(issues=(4, 1, 2, 3, 99)))
    assert found.issues == (Linked(1, "Fejl", open=True, labels=("godkendt",)),)


def test_files_and_folders_are_read_together_in_both_repositories(demo: DemoGitHub, forge: GitHub):
    scene = forge.scene(API, 4)
    assert scene.pull is not None
    log = At(API, scene.pull.head_sha, "CHANGELOG.md")
    missing = At(API, scene.head, "CHANGELOG.md")
    odd = At(API, scene.head, 'a"b}:æ\n.md')
    theirs = At(ORGANISATION, scene.organisation_head, ".github/os2kb.yml")
    folder = At(API, scene.head, ".github/ISSUE_TEMPLATE")
    wanted = Wanted(files=(log, missing, odd, theirs), folders=(folder, log))
    found = forge.details(scene.repository, 4, wanted)
    assert queries(demo) == 2
    url = f"{demo.web}/{API}/blob/{scene.pull.head_sha}/CHANGELOG.md"
    assert found.files[log] == File("CHANGELOG.md", "## [Unreleased]\n", url)
    assert (found.files[missing], found.files[odd]) == (None, None)
    assert isinstance(found.files[theirs], File)
    (form,) = found.folders[folder]
    assert (form.path, form.text) == (".github/ISSUE_TEMPLATE/fejl.yml", "name: Fejl")
    assert found.folders[log] == ()


def test_checks_we_may_not_see_are_not_taken_for_none(forge: GitHub):
    repository = forge.repository("other/theirs")
    found = forge.details(repository, 1, ALL)
    assert found.checks is None
    assert (found.reviews, found.threads) == ((), ())


def test_a_permission_that_is_lacking_for_the_rest_is_named(demo: DemoGitHub, forge: GitHub):
    demo.installations[72].permissions.pop("contents")
    with pytest.raises(Forbidden, match="permission"):
        forge.scene("other/theirs", 1)


def test_what_was_deleted_or_moved_is_not_read_elsewhere(demo: DemoGitHub, forge: GitHub):
    repository = forge.repository(API)
    for number in (2, 3, 99):
        with pytest.raises(NotFound):
            forge.conversation(repository, number)


def test_three_thousand_files_are_listed_and_more_are_said_to_be_missing(
    demo: DemoGitHub, forge: GitHub
):
    repository = demo.repositories[101]
    tip = repository.commits[repository.branches["feature/12-æøå"]]
    tree = {**tip.tree, **{f"src/{n:04}.txt": b"x\n" for n in range(3_100)}}
    made = add_commit(repository, tree, "Mange", tip.author, tip.at, (tip.sha,))
    repository.branches["feature/12-æøå"] = made.sha
    files, cut = forge.changed_files(forge.repository(API), 4)
    assert (len(files), cut) == (3_000, True)

"""PyGithub, which knows nothing of the demo, finds a GitHub there."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from github import Auth, Github, GithubException, UnknownObjectException

from os2kb.demo.github import make_key
from tests.contract.api_description import ApiDescription
from tests.contract.small_world import PRIVATE_KEY, SmallWorld

SHARED = Path(os.environ.get("OS2KB_SHARED_DATA") or Path(__file__).parents[2] / "../shared/data")
DESCRIPTION = SHARED / "github-openapi.json"
API = "os2display/api"


@pytest.fixture(autouse=True)
def _as_described(world: SmallWorld) -> Iterator[None]:
    """What PyGithub asked and was told is as GitHub describes it, where the description is."""
    yield
    if DESCRIPTION.is_file():
        description = ApiDescription.load(DESCRIPTION)
        exchanges = world.github.traffic.exchanges
        assert [said for one in exchanges for said in description.violations(one)] == []


def test_the_app_finds_its_installations_and_their_repositories(world: SmallWorld) -> None:
    app = world.integration

    assert app.get_app().slug == "os2kb"
    assert {i.id: i.permissions["issues"] for i in app.get_installations()} == {
        71: "write",
        72: "read",
    }
    assert app.get_org_installation("os2display").id == 71
    installation = app.get_repo_installation("os2display", "api")
    assert sorted(r.full_name for r in installation.get_repos()) == [API, "os2display/secret"]
    assert app.get_app_installation(72).id == 72


def test_an_installation_acts_as_the_bot(world: SmallWorld) -> None:
    comment = world.bot().get_repo(API).get_issue(1).create_comment("Hej")

    assert (comment.user.login, comment.user.type) == ("os2kb[bot]", "Bot")
    assert comment.raw_data["performed_via_github_app"]["slug"] == "os2kb"


def test_a_wrong_key_opens_nothing(world: SmallWorld) -> None:
    other, _ = make_key()
    auth = Auth.AppAuth(4242, other).get_installation_auth(71)

    with pytest.raises(GithubException) as refused:
        Github(auth=auth, base_url=world.api, retry=None).get_repo(API)
    assert refused.value.status == 401


def test_an_app_with_another_number_opens_nothing(world: SmallWorld) -> None:
    auth = Auth.AppAuth(1, PRIVATE_KEY).get_installation_auth(71)

    with pytest.raises(GithubException) as refused:
        Github(auth=auth, base_url=world.api, retry=None).get_repo(API)
    assert refused.value.status == 401


def test_a_person_is_who_the_token_says(world: SmallWorld) -> None:
    ida = world.person("ida")

    assert ida.get_user().login == "ida"
    assert ida.get_user("bo").type == "User"
    assert ida.get_rate_limit().resources.core.limit == 5000


def test_an_issue_through_its_life(world: SmallWorld) -> None:
    repository = world.person("kim").get_repo(API)
    issue = repository.create_issue("Ny titel", "Brødtekst", labels=["Bug"])
    issue.edit(title="Rettet titel", body="Ny brødtekst")
    issue.add_to_labels("Spørgsmål")
    issue.remove_from_labels("Bug")
    issue.edit(state="closed", state_reason="not_planned")
    issue.edit(state="open")
    issue.lock("resolved")
    issue.unlock()

    assert [label.name for label in issue.get_labels()] == ["Spørgsmål"]
    assert [(e.event, e.label.name if e.label else "") for e in issue.get_events()] == [
        ("labeled", "Bug"),
        ("renamed", ""),
        ("labeled", "Spørgsmål"),
        ("unlabeled", "Bug"),
        ("closed", ""),
        ("reopened", ""),
        ("locked", ""),
        ("unlocked", ""),
    ]
    again = repository.get_issue(issue.number)
    assert (again.title, again.body, again.state_reason) == (
        "Rettet titel",
        "Ny brødtekst",
        "reopened",
    )


def test_issues_are_listed_by_state_label_and_time(world: SmallWorld) -> None:
    repository = world.bot().get_repo(API)

    assert [i.number for i in repository.get_issues(state="open")] == [4, 1]
    assert [i.number for i in repository.get_issues(state="closed")] == [3]
    assert [i.number for i in repository.get_issues(labels=["bug"])] == [1]
    assert list(repository.get_issues(since=datetime(2100, 1, 1, tzinfo=UTC))) == []
    assert [bool(i.pull_request) for i in repository.get_issues(state="open")] == [True, False]


def test_long_lists_come_in_pages(world: SmallWorld) -> None:
    issue = world.person("bo").get_repo(API).get_issue(1)
    for number in range(65):
        issue.create_comment(f"nr. {number}")

    bodies = [comment.body for comment in world.bot().get_repo(API).get_issue(1).get_comments()]

    assert bodies == ["Hvilken browser?", *(f"nr. {number}" for number in range(65))]


def test_a_comment_through_its_life(world: SmallWorld) -> None:
    issue = world.bot().get_repo(API).get_issue(1)
    comment = issue.create_comment("Først")
    comment.edit("Så")
    comment.create_reaction("heart")

    assert issue.get_comment(comment.id).body == "Så"
    assert [(r.content, r.user.login) for r in comment.get_reactions()] == [("heart", "os2kb[bot]")]
    assert [e.event for e in issue.get_timeline()] == ["labeled", "commented", "commented"]
    comment.delete()
    with pytest.raises(UnknownObjectException):
        issue.get_comment(comment.id)


def test_labels_of_a_repository(world: SmallWorld) -> None:
    repository = world.person("ida").get_repo(API)
    label = repository.create_label("It-sikkerhed", "b60205", "Kun for vagten")
    label.edit("Sikkerhed", "000000")

    assert sorted(one.name for one in repository.get_labels()) == [
        "Bug",
        "Sikkerhed",
        "Spørgsmål",
        "a/b",
    ]
    assert repository.get_label("a/b").name == "a/b"
    repository.get_label("Sikkerhed").delete()
    with pytest.raises(UnknownObjectException):
        repository.get_label("Sikkerhed")


def test_a_decision_becomes_a_pull_request_and_is_merged(world: SmallWorld) -> None:
    bot = world.bot().get_repo(API)
    tip = bot.get_branch("main").commit.sha
    ref = bot.create_git_ref("refs/heads/beslutning/17", tip)
    made = bot.create_file(
        "beslutninger/2026-03-02-åbent.md", "Skriv ned", "# Åbent\n", branch="beslutning/17"
    )
    bot.update_file(
        "beslutninger/2026-03-02-åbent.md",
        "Ret",
        "# Åbent og gratis\n",
        made["content"].sha,
        branch="beslutning/17",
    )
    pull = bot.create_pull("main", "beslutning/17", title="Beslutning", body="Se #1")

    assert bot.get_git_ref("heads/beslutning/17").object.sha != ref.object.sha
    assert [f.filename for f in pull.get_files()] == ["beslutninger/2026-03-02-åbent.md"]
    assert [c.commit.message for c in pull.get_commits()] == ["Skriv ned", "Ret"]
    assert pull.get_files()[0].patch == "@@ -0,0 +1 @@\n+# Åbent og gratis"

    kim = world.person("kim").get_repo(API).get_pull(pull.number)
    kim.create_review(body="Fint", event="APPROVE")
    assert kim.merge().merged
    assert [(r.user.login, r.state) for r in pull.get_reviews()] == [("kim", "APPROVED")]
    merged = bot.get_pull(pull.number)
    assert (merged.merged, merged.state, merged.merged_by.login) == (True, "closed", "kim")
    held = bot.get_contents("beslutninger/2026-03-02-åbent.md")
    assert not isinstance(held, list)
    assert held.decoded_content.decode() == "# Åbent og gratis\n"


def test_files_and_folders(world: SmallWorld) -> None:
    repository = world.bot().get_repo(API)
    root = repository.get_contents("")
    assert isinstance(root, list)

    assert [(entry.name, entry.type) for entry in root] == [("README.md", "file"), ("docs", "dir")]
    readme = repository.get_contents("README.md", ref="feature/upload")
    assert not isinstance(readme, list)
    repository.delete_file("README.md", "Fjern", readme.sha, branch="feature/upload")
    with pytest.raises(UnknownObjectException):
        repository.get_contents("README.md", ref="feature/upload")
    assert repository.get_commit("feature/upload").files[0].status == "removed"


def test_a_check_run_is_made_and_changed(world: SmallWorld) -> None:
    repository = world.bot().get_repo(API)
    check = repository.create_check_run("os2kb", world.head, status="in_progress")
    check.edit(
        conclusion="failure",
        output={"title": "Mangler", "summary": "Se CONTRIBUTING.md"},
    )

    (found,) = repository.get_commit(world.head).get_check_runs()
    assert (found.name, found.status, found.conclusion) == ("os2kb", "completed", "failure")
    assert repository.get_check_run(check.id).output.title == "Mangler"


def test_roles_are_told_in_old_words_and_new(world: SmallWorld) -> None:
    repository = world.bot().get_repo(API)

    assert [repository.get_collaborator_permission(p) for p in ("ida", "kim", "bo")] == [
        "admin",
        "write",
        "read",
    ]
    assert [repository.get_collaborator_role_name(p) for p in ("ida", "kim", "bo")] == [
        "admin",
        "maintain",
        "read",
    ]


def test_a_renamed_repository_is_found_by_its_old_name(world: SmallWorld) -> None:
    world.person("ida").get_repo(API).edit(name="skaerm-api")

    found = world.bot().get_repo("os2display/old-api")

    assert (found.id, found.full_name) == (101, "os2display/skaerm-api")
    assert world.bot().get_repo(API).get_issue(1).title == "Kan ikke logge ind"


def test_what_never_changed_costs_nothing_to_ask_again(world: SmallWorld) -> None:
    repository = world.bot().get_repo(API)

    assert repository.update() is False
    world.person("ida").get_repo(API).edit(description="Nyt")
    assert repository.update() is True

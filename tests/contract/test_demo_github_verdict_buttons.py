"""The buttons with which one approves and merges on the demo GitHub's pages, as somebody."""

import httpx
import pytest

from tests.contract.small_world import SmallWorld
from tests.contract.test_demo_github_pages import page
from tests.loopback import HTTP

PULL = "/os2display/api/pull/4"


def press(world: SmallWorld, verdict: str, person: str, path: str = PULL) -> httpx.Response:
    return HTTP.post(f"{world.url}{path}/verdict", data={"person": person, "verdict": verdict})


def buttons(world: SmallWorld, path: str = PULL) -> list[str | None]:
    return [a["value"] for tag, a in page(world, path).tags if tag == "button" and "value" in a]


def test_an_open_pull_request_is_approved_and_merged_by_its_buttons(world: SmallWorld) -> None:
    assert buttons(world) == ["approve", "merge"]
    assert buttons(world, "/os2display/api/issues/1") == []

    approved = press(world, "approve", "kim")

    assert (approved.status_code, approved.headers["Location"]) == (303, PULL)
    pull = world.github.repositories[101].issues[4].pull
    assert pull is not None
    assert [(one.author.login, one.state) for one in pull.reviews] == [("kim", "APPROVED")]
    assert "godkendte" in page(world, PULL).shown

    assert press(world, "merge", "kim").status_code == 303
    assert pull.merged_by is world.github.account("kim")
    assert "Flettet" in page(world, PULL).shown
    assert buttons(world) == []


@pytest.mark.parametrize(
    ("verdict", "person", "path", "status"),
    [
        ("approve", "AUTHOR", PULL, 422),
        ("merge", "bo", PULL, 403),
        ("approve", "nobody", PULL, 422),
        ("approve", "os2display", PULL, 422),
        ("delete", "kim", PULL, 422),
        ("merge", "kim", "/os2display/api/pull/1", 422),
        ("merge", "kim", "/os2display/api/pull/99", 404),
    ],
)
def test_what_may_not_be_is_refused_in_words(
    world: SmallWorld, verdict: str, person: str, path: str, status: int
) -> None:
    issue = world.github.repositories[101].issues[4]
    answer = press(world, verdict, person.replace("AUTHOR", issue.author.login), path)
    assert (answer.status_code, bool(answer.text)) == (status, True)
    assert issue.pull is not None
    assert (issue.pull.reviews, issue.pull.merged_at) == ([], None)


def test_one_that_is_merged_is_not_merged_again(world: SmallWorld) -> None:
    assert press(world, "merge", "kim").status_code == 303
    again = press(world, "merge", "kim")
    assert again.status_code == 405
    assert again.text.startswith("Den kan ikke flettes")


def test_on_a_protected_branch_nothing_is_merged_before_it_is_approved(world: SmallWorld) -> None:
    repository = world.github.repositories[101]
    repository.protected.add(repository.default_branch)
    refused = press(world, "merge", "kim")
    assert refused.status_code == 405
    assert "grenen er beskyttet og kræver en godkendelse" in refused.text
    assert "At least 1 approving review is required" in refused.text
    assert press(world, "approve", "kim").status_code == 303
    assert press(world, "merge", "kim").status_code == 303


def test_another_site_in_the_same_browser_presses_nothing(world: SmallWorld) -> None:
    answer = HTTP.post(
        f"{world.url}{PULL}/verdict",
        data={"person": "kim", "verdict": "merge"},
        headers={"Origin": "https://elsewhere.example"},
    )
    assert answer.status_code == 403
    assert world.github.repositories[101].issues[4].state == "open"

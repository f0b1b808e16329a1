"""What people and apps may do on the demo GitHub, and what they are refused."""

import httpx
import pytest

from os2kb.demo.github import GitHub, plant, read_seed, running
from tests.contract.small_world import SEED, SmallWorld
from tests.loopback import HTTP

API = "/repos/os2display/api"


@pytest.mark.parametrize(
    ("who", "method", "path", "body", "status"),
    [
        ("", "GET", API, None, 200),
        ("", "GET", "/repos/os2display/secret", None, 404),
        ("", "POST", f"{API}/issues", {"title": "Hej"}, 401),
        ("bo", "GET", "/repos/os2display/secret/issues/1", None, 404),
        ("kim", "GET", "/repos/os2display/secret/issues/1", None, 200),
        ("bo", "POST", f"{API}/issues", {"title": "Hej"}, 201),
        ("bo", "POST", f"{API}/issues/1/comments", {"body": "Hej"}, 201),
        ("bo", "POST", f"{API}/issues/1/labels", {"labels": ["Bug"]}, 403),
        ("bo", "PATCH", f"{API}/issues/1", {"title": "Min egen"}, 200),
        ("ida", "PATCH", f"{API}/issues/1", {"title": "Andres"}, 200),
        ("bo", "PATCH", f"{API}/issues/4", {"state": "closed"}, 200),
        ("bo", "PUT", f"{API}/pulls/4/merge", None, 403),
        ("bo", "PATCH", API, {"name": "mit"}, 403),
        ("kim", "PATCH", API, {"name": "mit"}, 403),
        ("kim", "GET", "/app", None, 401),
        ("nobody-here", "GET", API, None, 401),
    ],
)
def test_people_may_what_their_role_allows(
    world: SmallWorld, who: str, method: str, path: str, body: object, status: int
) -> None:
    answer = world.person_http(who).request(method, path, json=body)

    assert answer.status_code == status, answer.text


def test_an_installation_may_only_what_it_was_given(world: SmallWorld) -> None:
    token = world.integration.get_access_token(72).token
    headers = {"Authorization": f"token {token}"}
    with httpx.Client(base_url=world.api, headers=headers) as readonly:
        assert readonly.get("/repos/os2forms/forms/issues/1").status_code == 200
        refused = readonly.post("/repos/os2forms/forms/issues/1/labels", json=["Bug"])
        elsewhere = readonly.post(f"{API}/issues/1/labels", json=["Bug"])
        hidden = readonly.get("/repos/os2display/secret")

    assert refused.status_code == elsewhere.status_code == 403
    assert refused.json()["message"] == "Resource not accessible by integration"
    assert refused.headers["x-accepted-github-permissions"] == "issues=write; pull_requests=write"
    assert hidden.status_code == 404


def test_a_narrowed_token_reaches_no_further(world: SmallWorld) -> None:
    narrowed = world.app_http.post(
        "/app/installations/71/access_tokens", json={"repositories": ["api"]}
    ).json()
    headers = {"Authorization": f"Bearer {narrowed['token']}"}

    assert HTTP.get(f"{world.api}{API}", headers=headers).status_code == 200
    assert HTTP.get(f"{world.api}/repos/os2display/secret", headers=headers).status_code == 404


def test_only_an_app_makes_checks(world: SmallWorld) -> None:
    check = {"name": "mit", "head_sha": world.head}

    assert world.person_http("ida").post(f"{API}/check-runs", json=check).status_code == 403
    assert world.bot_http.post(f"{API}/check-runs", json=check).status_code == 201


def test_expired_tokens_are_worth_nothing(world: SmallWorld) -> None:
    assert world.bot_http.get(API).status_code == 200
    HTTP.post(f"{world.url}/_demo/expire-tokens")

    assert world.bot_http.get(API).status_code == 401


def test_a_locked_conversation_is_for_those_who_may_write(world: SmallWorld) -> None:
    world.person_http("kim").put(f"{API}/issues/1/lock")
    comment = {"body": "Hej"}

    assert world.person_http("bo").post(f"{API}/issues/1/comments", json=comment).status_code == 403
    assert world.bot_http.post(f"{API}/issues/1/comments", json=comment).status_code == 201


def test_nobody_approves_their_own_work(world: SmallWorld) -> None:
    answer = world.person_http("bo").post(f"{API}/pulls/4/reviews", json={"event": "APPROVE"})

    assert answer.status_code == 422


def test_a_protected_branch_changes_through_an_approved_pull_request() -> None:
    github = GitHub()
    plant(github, read_seed(SEED.replace("    id: 101", "    id: 101\n    protected: [main]")), "")
    with running(github) as url:
        kim = httpx.Client(base_url=url, headers={"Authorization": "Bearer person-kim"})
        direct = kim.put(f"{API}/contents/ny.md", json={"message": "m", "content": ""})
        unapproved = kim.put(f"{API}/pulls/4/merge")
        kim.post(f"{API}/pulls/4/reviews", json={"event": "APPROVE"})
        approved = kim.put(f"{API}/pulls/4/merge")

    assert [r.status_code for r in (direct, unapproved, approved)] == [409, 405, 200]

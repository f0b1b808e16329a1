"""Every endpoint of the demo GitHub is used, and what goes over the wire is as GitHub says."""

import base64
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from os2kb.demo.github.api.call import Endpoint
from os2kb.demo.github.api.gate import ENDPOINTS, find_endpoint
from os2kb.demo.github.world.git import blob_sha
from os2kb.demo.wire.traffic import Exchange
from tests.contract.api_description import ApiDescription
from tests.contract.small_world import SmallWorld, small_world
from tests.loopback import HTTP

SHARED = Path(os.environ.get("OS2KB_SHARED_DATA") or Path(__file__).parents[2] / "../shared/data")
DESCRIPTION = SHARED / "github-openapi.json"
API = "/repos/os2display/api"
FILE = base64.b64encode("Hej æøå\n".encode()).decode()

pytestmark = pytest.mark.skipif(
    not DESCRIPTION.is_file(), reason=f"GitHub's API description is not at {DESCRIPTION}"
)


def use_issues(world: SmallWorld) -> None:
    bo, ida = world.person_http("bo"), world.person_http("ida")
    opened = bo.post(f"{API}/issues", json={"title": "Nyt", "body": "Æøå 🙂\0"})
    one = f"{API}/issues/{opened.json()['number']}"
    ida.patch(one, json={"title": "Nyere", "labels": ["Bug", "Ukendt"]})
    ida.patch(one, json={"state": "closed", "state_reason": "not_planned"})
    ida.patch(one, json={"state": "open"})
    for number in (1, 9, None):
        ida.patch(one, json={"milestone": number})
    bo.get(f"{API}/milestones", params={"state": "all"})
    ida.post(f"{one}/labels", json={"labels": ["Spørgsmål"]})
    ida.delete(f"{one}/labels/Bug")
    ida.delete(f"{one}/labels/Bug")
    ida.put(f"{one}/labels", json={"labels": ["Bug"]})
    ida.get(f"{one}/labels")
    ida.post(f"{one}/assignees", json={"assignees": ["kim", "nobody-at-all"]})
    ida.request("DELETE", f"{one}/assignees", json={"assignees": ["kim", "bo"]})
    ida.patch(one, json={"assignees": ["ida"]})
    bo.get(f"{API}/assignees")
    ida.put(f"{one}/lock", json={"lock_reason": "resolved"})
    bo.post(f"{one}/comments", json={"body": "Må jeg?"})
    ida.delete(f"{one}/lock")
    events = world.bot_http.get(f"{one}/events").json()
    for event in events:
        world.bot_http.get(f"{API}/issues/events/{event['id']}")
    bo.get(one)
    ida.delete(f"{one}/labels")
    for query in (
        {"state": "all", "per_page": "1"},
        {"labels": "Bug"},
        {"since": "2026-01-01T00:00:00Z"},
    ):
        bo.get(f"{API}/issues", params=query)
    number = bo.post(f"{API}/issues", json={"title": "Hører til et andet sted"}).json()["number"]
    order = {
        "repository": "os2display/api",
        "number": number,
        "by": "ida",
        "to": "os2display/secret",
    }
    HTTP.post(f"{world.url}/_demo/transfer-issue", json=order)
    world.bot_http.get("/repos/os2display/secret/issues/2/events")
    world.bot_http.get("/repos/os2display/secret/issues/2")
    bo.get(f"{API}/issues/2")
    bo.get(f"{API}/issues/999")
    bo.post(f"{API}/issues", json={"body": "uden titel"})
    bo.patch("/repos/os2forms/forms/issues/1", json={"labels": []})


def use_comments(world: SmallWorld) -> None:
    bot, kim = world.bot_http, world.person_http("kim")
    made = bot.post(f"{API}/issues/1/comments", json={"body": "<!-- os2kb:status -->\nFint"})
    one = f"{API}/issues/comments/{made.json()['id']}"
    bot.patch(one, json={"body": "Bedre"})
    reaction = kim.post(f"{one}/reactions", json={"content": "heart"}).json()["id"]
    kim.post(f"{one}/reactions", json={"content": "heart"})
    bot.get(f"{one}/reactions")
    kim.delete(f"{one}/reactions/{reaction}")
    bot.get(one)
    bot.get(f"{API}/issues/1/comments", params={"since": "2026-01-01T00:00:00Z", "per_page": 1})
    bot.get(f"{API}/issues/comments", params={"sort": "updated", "direction": "desc"})
    bot.get(f"{API}/issues/1/timeline")
    bot.post(f"{API}/issues/1/comments", json={"body": "x" * 65_537})
    kim.delete(one)


def use_pulls(world: SmallWorld) -> None:
    bot, kim = world.bot_http, world.person_http("kim")
    one = f"{API}/pulls/4"
    for path in ("", "/files", "/commits", "/reviews"):
        bot.get(one + path)
    bot.get(f"{API}/pulls", params={"state": "all", "head": "os2display:feature/upload"})
    kim.patch(one, json={"title": "Gem alle billeder"})
    remark = {"path": "src/upload.py", "line": 1, "body": "```suggestion\nprint()\n```"}
    kim.post(f"{one}/reviews", json={"event": "APPROVE", "body": "Fint", "comments": [remark]})
    made = bot.get(f"{one}/comments").json()
    kim.patch(f"{API}/pulls/comments/{made[0]['id']}", json={"body": "Bedre"})
    kim.patch(f"{API}/pulls/comments/{2**40}", json={"body": "Ingen"})
    bot.get(f"{API}/issues/4/timeline")
    kim.get(f"{one}/merge")
    kim.put(f"{one}/merge", json={"sha": "0" * 40})
    kim.put(f"{one}/merge", json={"sha": world.head, "merge_method": "squash"})
    kim.put(f"{one}/merge")
    kim.get(f"{one}/merge")
    bot.get(one)
    kim.post(f"{API}/pulls", json={"title": "Igen", "head": "feature/upload", "base": "nope"})
    kim.get(f"{API}/pulls/1")


def use_contents(world: SmallWorld) -> None:
    bot, tip = world.bot_http, world.head
    bot.post(f"{API}/git/refs", json={"ref": "refs/heads/beslutning/17", "sha": tip})
    for path in ("git/ref/heads/beslutning/17", "branches", "branches/beslutning/17"):
        bot.get(f"{API}/{path}")
    note = {"message": "Skriv ned", "content": FILE, "branch": "beslutning/17"}
    bot.put(f"{API}/contents/beslutninger/sådan her.md", json=note)
    bot.put(f"{API}/contents/beslutninger/sådan her.md", json=note)
    made = bot.get(f"{API}/contents/beslutninger", params={"ref": "beslutning/17"}).json()
    sha = made[0]["sha"]
    again = {**note, "sha": sha, "content": base64.b64encode(b"Nyt\n").decode()}
    bot.put(f"{API}/contents/beslutninger/sådan her.md", json=again)
    bot.get(f"{API}/contents/beslutninger/sådan her.md", params={"ref": "beslutning/17"})
    bot.get(f"{API}/contents/findes-ikke.md")
    gone = {"message": "Fjern", "sha": blob_sha(b"Nyt\n"), "branch": "beslutning/17"}
    bot.request("DELETE", f"{API}/contents/beslutninger/sådan her.md", json=gone)
    pulled = {"title": "Beslutning", "head": "beslutning/17", "base": "main", "body": "#1"}
    bot.post(f"{API}/pulls", json=pulled)
    bot.get(f"{API}/contents/")
    bot.get(f"{API}/commits/beslutning/17")
    bot.get(f"{API}/commits", params={"sha": "beslutning/17", "per_page": 2})
    bot.get(f"{API}/git/commits/{tip}")
    bot.patch(f"{API}/git/refs/heads/beslutning/17", json={"sha": tip, "force": True})
    bot.delete(f"{API}/git/refs/heads/beslutning/17")


def use_trees(world: SmallWorld) -> None:
    bot, tip = world.bot_http, world.head
    base = bot.get(f"{API}/git/commits/{tip}").json()["tree"]["sha"]
    one = {"mode": "100644", "type": "blob"}
    put = {**one, "path": "beslutninger/en.md", "content": "# En\n"}
    gone = {**one, "path": "README.md", "sha": None}
    made = bot.post(f"{API}/git/trees", json={"base_tree": base, "tree": [put, gone]}).json()
    for query in ({}, {"recursive": "1"}):
        bot.get(f"{API}/git/trees/{made['sha']}", params=query)
    bot.get(f"{API}/git/trees/{'0' * 40}")
    bot.post(f"{API}/git/trees", json={"base_tree": base, "tree": []})
    bot.post(f"{API}/git/trees", json={"base_tree": "0" * 40, "tree": [put]})
    commit = {"message": "To filer", "tree": made["sha"], "parents": [tip]}
    bot.post(f"{API}/git/commits", json=commit)
    bot.post(f"{API}/git/commits", json={**commit, "tree": "0" * 40})
    bot.post(f"{API}/git/commits", json={**commit, "parents": ["0" * 40]})


def use_checks(world: SmallWorld) -> None:
    bot = world.bot_http
    remark = {
        "path": "src/upload.py",
        "start_line": 1,
        "end_line": 1,
        "annotation_level": "warning",
        "message": "Husk en linje i CHANGELOG.md",
    }
    output = {"title": "Mangler", "summary": "**Se** her", "annotations": [remark]}
    started = bot.post(
        f"{API}/check-runs",
        json={"name": "os2kb", "head_sha": world.head, "status": "in_progress", "output": output},
    )
    one = f"{API}/check-runs/{started.json()['id']}"
    bot.patch(one, json={"status": "completed", "conclusion": "action_required"})
    bot.post(f"{one}/rerequest")
    bot.post(f"{API}/check-suites/{started.json()['check_suite']['id']}/rerequest")
    for path in (one, f"{one}/annotations", f"{API}/commits/feature/upload/check-runs"):
        bot.get(path)
    world.person_http("ida").post(f"{API}/check-runs", json={"name": "mit", "head_sha": world.head})
    status = {"state": "success", "context": "byg", "description": "Bygget"}
    world.person_http("kim").post(f"{API}/statuses/{world.head}", json=status)
    world.person_http("kim").post(f"{API}/statuses/{world.head}", json={"state": "fint"})


def use_repositories(world: SmallWorld) -> None:
    ida, bot, nobody = world.person_http("ida"), world.bot_http, world.person_http("")
    for path in ("", "/labels", "/collaborators", "/collaborators/kim/permission"):
        bot.get(API + path)
    bot.get(f"{API}/collaborators/nobody-here/permission")
    ida.post(f"{API}/labels", json={"name": "Sikkerhed", "color": "B60205", "description": "!"})
    ida.post(f"{API}/labels", json={"name": "sikkerhed", "color": "B60205"})
    ida.get(f"{API}/labels/Sikkerhed")
    ida.patch(f"{API}/labels/Sikkerhed", json={"new_name": "It-sikkerhed", "color": "000000"})
    ida.delete(f"{API}/labels/It-sikkerhed")
    nobody.get(API)
    nobody.get("/repos/os2display/secret")
    nobody.post(f"{API}/issues", json={"title": "Hej"})
    ida.get("/repos/os2display/old-api")
    ida.get("/repos/os2display/old-api/issues/1")
    ida.patch(API, json={"description": "API'et til skærmene"})
    bot.get("/orgs/os2display/teams/koordination/members")
    bot.get("/orgs/os2display/teams/koordination/memberships/kim")
    bot.get("/orgs/os2display/teams/koordination/memberships/bo")
    bot.get("/orgs/os2display/memberships/kim")
    bot.get("/orgs/os2display/memberships/bo")
    world.person_http("bo").patch(API, json={"description": "Mit"})


def use_apps(world: SmallWorld) -> None:
    app, bot, ida = world.app_http, world.bot_http, world.person_http("ida")
    for path in (
        "/app",
        "/app/installations",
        "/app/installations/71",
        f"{API}/installation",
        "/orgs/os2display/installation",
        "/users/os2display/installation",
        "/repos/os2display/nothing/installation",
    ):
        app.get(path)
    narrowed = {"repositories": ["api"], "permissions": {"issues": "read"}}
    app.post("/app/installations/71/access_tokens", json=narrowed)
    app.post("/app/installations/71/access_tokens", json={"permissions": {"packages": "write"}})
    bot.get("/installation/repositories")
    for path in (
        "/user",
        "/users/bo",
        "/users/os2kb[bot]",
        "/users/nobody-here",
        "/rate_limit",
        "/meta",
    ):
        ida.get(path)
    HTTP.get(f"{world.api}/user", headers={"Authorization": "Bearer wrong"})


def use_deliveries(world: SmallWorld) -> None:
    # Nobody listens there: the delivery fails, and stands in the log as failed.
    world.github.hooks.configure(f"{world.url}/_demo/nowhere", "hemmelighed")
    world.person_http("bo").post(f"{API}/issues/1/comments", json={"body": "Hej"})
    world.person_http("bo").post(f"{API}/issues/1/comments", json={"body": "Igen"})
    assert world.github.hooks.wait_until_sent()
    app = world.app_http
    first = app.get("/app/hook/deliveries", params={"per_page": 1})
    app.get("/app/hook/deliveries", params={"per_page": 1, "cursor": str(first.json()[0]["id"])})
    app.get(f"/app/hook/deliveries/{first.json()[0]['id']}")
    app.post(f"/app/hook/deliveries/{first.json()[0]['id']}/attempts")
    assert world.github.hooks.wait_until_sent()
    app.get("/app/hook/deliveries/99999")


USES = (
    use_issues,
    use_comments,
    use_checks,
    use_contents,
    use_trees,
    use_pulls,
    use_repositories,
    use_apps,
    use_deliveries,
)


@pytest.fixture(scope="module")
def description() -> ApiDescription:
    return ApiDescription.load(DESCRIPTION)


@pytest.fixture(scope="module")
def exchanges() -> Iterator[dict[Endpoint, list[Exchange]]]:
    """Everything that goes over the wire when each endpoint is used, well and badly."""
    with small_world() as world:
        for use in USES:
            use(world)
        yield {
            row: [e for e in world.github.traffic.exchanges if _is_of(row, e)] for row in ENDPOINTS
        }


def _is_of(row: Endpoint, exchange: Exchange) -> bool:
    found = find_endpoint(exchange.path, exchange.method)
    return found is not None and found[0] is row


# GraphQL has a schema of its own, which the endpoint carries.
REST = [row for row in ENDPOINTS if not row.path.endswith("/graphql")]


@pytest.mark.parametrize("row", REST, ids=lambda row: f"{row.method} {row.path}")
def test_an_endpoint_answers_as_github_describes_it(
    row: Endpoint, exchanges: dict[Endpoint, list[Exchange]], description: ApiDescription
) -> None:
    used = exchanges[row]

    assert any(exchange.status < 300 for exchange in used), [e.status for e in used]
    assert [said for exchange in used for said in description.violations(exchange)] == []


def test_errors_are_among_what_was_checked(exchanges: dict[Endpoint, list[Exchange]]) -> None:
    seen = {exchange.status for used in exchanges.values() for exchange in used}

    assert seen >= {200, 201, 202, 204, 301, 401, 403, 404, 405, 409, 410, 422}

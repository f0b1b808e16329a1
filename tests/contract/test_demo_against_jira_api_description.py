"""Every endpoint of the demo Jira is used, and what goes over the wire is as Atlassian says."""

import os
from dataclasses import replace
from pathlib import Path

import pytest

from os2kb.demo.jira.api.call import Endpoint
from os2kb.demo.jira.gate import ENDPOINTS, find_endpoint
from os2kb.demo.wire.traffic import Exchange
from tests.contract.api_description import ApiDescription
from tests.contract.small_jira import SmallJira, small_jira

SHARED = Path(os.environ.get("OS2KB_SHARED_DATA") or Path(__file__).parents[2] / "../shared/data")
DESCRIPTION = SHARED / "jira-openapi.json"
ERRORS = dict.fromkeys((400, 401, 403, 404, 410, 429, 500, 502), "ErrorCollection")
"""https://developer.atlassian.com/cloud/jira/platform/rest/v3/intro/#status-codes"""

pytestmark = pytest.mark.skipif(
    not DESCRIPTION.is_file(), reason=f"Jira's API description is not at {DESCRIPTION}"
)


def use_issues(world: SmallJira) -> None:
    us, ida, kim = (world.http(name) for name in ("os2kb", "ida", "kim"))
    fields = {"project": {"key": "DEMO"}, "issuetype": {"name": "Fejl"}, "summary": "Æ"}
    made = us.post("/issue", json={"fields": fields}).json()
    one = f"/issue/{made['id']}"
    us.put(one, json={"fields": {"priority": {"name": "High"}, "labels": ["a"]}})
    ida.put(one, json={"fields": {"assignee": {"accountId": "712020:ida"}, "duedate": None}})
    us.put(one, json={"fields": {"fixVersions": [{"name": "1.0"}], "duedate": "2026-03-05"}})
    us.get(one, params={"fields": "*all,-comment", "expand": "names,changelog"})
    us.get(f"/issue/{made['key'].lower()}", params={"fields": "summary"})
    us.put(one, json={"update": {"labels": [{"add": "b"}, {"remove": "a"}]}})
    us.put(one, json={"update": {"labels": [{"add": "to ord"}]}})
    us.get(one, params={"fields": "labels", "expand": "editmeta,transitions.fields"})
    us.get(f"{one}/editmeta")
    us.get(f"{one}/transitions", params={"expand": "transitions.fields"})
    us.post(f"{one}/transitions", json={"transition": {"id": "31"}})
    us.post(f"{one}/transitions", json={"transition": {"id": "21"}})
    us.get(f"{one}/transitions", params={"expand": "transitions.fields"})
    us.post(f"{one}/transitions", json={"transition": {"id": "31"}})
    done = {"transition": {"id": "31"}, "fields": {"resolution": {"name": "Done"}}}
    us.post(f"{one}/transitions", json=done)
    whole = {"fields": ["*all", "-worklog"], "expand": ["names", "transitions.fields"]}
    us.post("/issue/bulkfetch", json={"issueIdsOrKeys": [made["id"], "DEMO-2", "9"], **whole})
    us.post("/issue/bulkfetch", json={"issueIdsOrKeys": []})
    us.get("/issue/DEMO-2")
    us.get("/issue/NIX-1")
    us.put("/issue/LUKKET-1", json={"fields": {"summary": "Nej"}})
    us.put("/issue/DEMO-1", json={"fields": {"priority": {"name": "Vild"}, "ukendt": 1}})
    us.delete(one)
    kim.delete(one)


def use_what_hangs_on_them(world: SmallJira) -> None:
    us, kim = world.http("os2kb"), world.http("kim")
    one = "/issue/DEMO-1"
    us.post(f"{one}/comment", json={"body": "Se her"})
    private = {"type": "role", "value": "Administrators"}
    kim.post(f"{one}/comment", json={"body": "Kun os", "visibility": private})
    us.post(f"{one}/comment", json={"body": ""})
    us.get(f"{one}/comment", params={"startAt": "0", "maxResults": "50"})
    kept = {"key": "os2kb", "value": {"mark": "github:1#2"}}
    made = us.post(f"{one}/comment", json={"body": "Se her", "properties": [kept]}).json()
    us.get(f"{one}/comment", params={"orderBy": "-created", "expand": "properties"})
    us.post("/comment/list", params={"expand": "properties"}, json={"ids": [int(made["id"])]})
    us.put(f"{one}/comment/{made['id']}", json={"body": "Se nu her"})
    kim.put(f"{one}/comment/{made['id']}", json={"body": "Nej"})
    us.get(f"{one}/comment/{made['id']}", params={"expand": "properties"})
    us.get(f"{one}/comment/9")
    us.get("/issue/DEMO-1", params={"fields": "comment"})
    us.get(f"/comment/{made['id']}/properties/os2kb")
    us.get(f"/comment/{made['id']}/properties/andet")
    link = {"globalId": "github:1#2", "object": {"url": "https://example.org", "title": "t"}}
    us.post(f"{one}/remotelink", json=link)
    us.post(f"{one}/remotelink", json={**link, "relationship": "GitHub"})
    decided = {"summary": "Accepteret", "status": {"resolved": False}}
    us.post(f"{one}/remotelink", json={**link, "object": {**link["object"], **decided}})
    gone = us.post(f"{one}/comment", json={"body": "Glem det"}).json()["id"]
    us.delete(f"{one}/comment/{gone}")
    us.get(f"{one}/remotelink")
    us.get(f"{one}/remotelink", params={"globalId": "github:1#2"})
    us.delete(f"{one}/remotelink", params={"globalId": "github:1#2"})
    us.delete(f"{one}/remotelink", params={"globalId": "github:1#2"})
    us.post("/issue/LUKKET-1/remotelink", json=link)
    us.put(f"{one}/properties/os2kb", json={"mark": "github:1#2"})
    us.put(f"{one}/properties/os2kb", json={"mark": "github:1#3"})
    us.get(f"{one}/properties/os2kb")
    us.delete(f"{one}/properties/os2kb")
    us.get(f"{one}/properties/os2kb")


def use_what_a_creation_asks_for(world: SmallJira) -> None:
    us = world.http("os2kb")
    for path in ("", "/1", "/99"):
        us.get(f"/issue/createmeta/DEMO/issuetypes{path}", params={"maxResults": "1"})
    us.get("/issue/createmeta/LUKKET/issuetypes")


def use_the_site(world: SmallJira) -> None:
    us = world.http("os2kb")
    us.get("/user/search", params={"query": "ida@", "username": "ida@"})
    us.get("/user/search")
    for path in ("/serverInfo", "/myself", "/field", "/priority"):
        us.get(path)
    us.get("/mypermissions", params={"projectKey": "DEMO", "permissions": "EDIT_ISSUES"})
    us.get("/mypermissions", params={"projectKey": "NIX", "permissions": "EDIT_ISSUES"})
    query = {"jql": "project = DEMO ORDER BY key ASC", "fields": "id", "maxResults": "1"}
    for path in ("/search/jql", "/search"):
        us.get(path, params=query)
        us.get(path, params={"jql": "dum = dum"})
    us.get("/search/jql", params={**query, "nextPageToken": "page-1"})
    us.get("/search", params={**query, "startAt": "1", "fields": "summary"})
    world.http("ingen").get("/myself")
    world.http("os2kb").get("/findes-ikke")


@pytest.fixture(scope="module")
def description() -> ApiDescription:
    return replace(ApiDescription.load(DESCRIPTION), errors=ERRORS)


@pytest.fixture(scope="module")
def exchanges() -> dict[Endpoint, list[Exchange]]:
    """Everything that goes over the wire when each endpoint is used, well and badly."""
    used: dict[Endpoint, list[Exchange]] = {row: [] for row in ENDPOINTS}
    for mode in ("cloud", "server"):
        with small_jira(mode) as world:
            for use in (use_issues, use_what_hangs_on_them, use_what_a_creation_asks_for):
                use(world)
            use_the_site(world)
            for one in world.jira.traffic.exchanges:
                found = find_endpoint(one.path.removeprefix("/rest/api/3"), one.method)
                if found:
                    used[found[0]].append(one)
    return used


@pytest.mark.parametrize("row", ENDPOINTS, ids=lambda row: f"{row.method} {row.path}")
def test_an_endpoint_answers_as_atlassian_describes_it(
    row: Endpoint, exchanges: dict[Endpoint, list[Exchange]], description: ApiDescription
) -> None:
    used = exchanges[row]

    assert any(exchange.status < 300 for exchange in used), [e.status for e in used]
    assert [said for exchange in used for said in description.violations(exchange)] == []


def test_errors_are_among_what_was_checked(exchanges: dict[Endpoint, list[Exchange]]) -> None:
    seen = {exchange.status for used in exchanges.values() for exchange in used}

    assert seen >= {200, 201, 204, 400, 401, 403, 404, 410}

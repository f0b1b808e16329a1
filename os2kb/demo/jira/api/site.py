"""The site: who we are, which fields and priorities there are, what may be done, and the search."""

from os2kb.demo.jira import jql, shapes
from os2kb.demo.jira.api.call import Call, Endpoint, Reply
from os2kb.demo.jira.refusal import Refusal
from os2kb.demo.jira.world.state import PERMISSIONS, Issue
from os2kb.demo.jira.world.world import may_see

_MOST = 100


def _server(call: Call) -> Reply:
    cloud = call.jira.is_cloud
    return Reply(
        200,
        {
            "baseUrl": call.jira.web,
            "version": "1001.0.0" if cloud else "9.12.0",
            "versionNumbers": [1001, 0, 0] if cloud else [9, 12, 0],
            "deploymentType": "Cloud" if cloud else "Server",
            "serverTitle": "Demo Jira",
        },
    )


def _myself(call: Call) -> Reply:
    return Reply(200, shapes.user(call.jira, call.by))


def _fields(call: Call) -> Reply:
    rows = []
    for one in call.jira.fields.values():
        row: shapes.Json = {"id": one.id, "name": one.name, "custom": one.is_custom}
        row |= {"key": one.id, "schema": shapes.schema(one)}
        rows.append(row)
    return Reply(200, rows)


def _priorities(call: Call) -> Reply:
    one = call.jira.fields["priority"]
    return Reply(200, [shapes.named(call.jira, one, name) for name in call.jira.priorities])


def _permissions(call: Call) -> Reply:
    project = call.jira.projects.get(call.query.get("projectKey", ""))
    if project is None:
        raise Refusal(404, "No project could be found with that key.")
    held = project.may.get(call.by.name, frozenset())
    asked = call.query.get("permissions", "").split(",")
    rows = {
        name: {"id": str(place), "key": name, "name": name, "type": "PROJECT"}
        | {"havePermission": name in held}
        for place, name in enumerate(PERMISSIONS)
        if name in asked
    }
    return Reply(200, {"permissions": rows})


def _people(call: Call) -> Reply:
    """Who is called so, or has an address that begins so, as far as they show it."""
    jira = call.jira
    said = call.query.get("query" if jira.is_cloud else "username", "").casefold()
    if not said:
        raise Refusal(400, "The query is missing.")
    found = [
        one
        for one in jira.people.values()
        if one.shown.casefold().startswith(said)
        or ((one.shows_email or not jira.is_cloud) and one.email.casefold().startswith(said))
    ]
    return Reply(200, [shapes.user(jira, one) for one in found])


def _found(call: Call) -> list[Issue]:
    jira, query = call.jira, call.query.get("jql", "")
    seen = [one for one in jira.searchable() if may_see(call.by, one)]
    if call.query.get("validateQuery") != "false":
        for missing in jql.ids(query) - {one.id for one in seen}:
            raise Refusal(400, f"A value with ID '{missing}' does not exist for the field 'id'.")
    return jql.found(query, seen, call.by, jira.now())


def _shown(call: Call, issues: list[Issue]) -> list[shapes.Json]:
    asked = call.query.get("fields", "id")
    expand = call.query.get("expand", "")
    shown = [shapes.issue(call.jira, one, asked, expand, call.by) for one in issues]
    if asked == "id":
        return [{name: one[name] for name in ("id", "self", "key")} for one in shown]
    return shown


def _search_on_the_cloud(call: Call) -> Reply:
    """Page by page, each naming the next; how many there are is not told."""
    most = min(max(call.number("maxResults", 50), 1), _MOST)
    token = call.query.get("nextPageToken", "")
    if token and not token.removeprefix("page-").isdigit():
        raise Refusal(400, "The nextPageToken is invalid.")
    start = int(token.removeprefix("page-") or 0)
    page, total = shapes.listed(_found(call), start, most)
    is_last = start + len(page) >= total
    following = {} if is_last else {"nextPageToken": f"page-{start + len(page)}"}
    return Reply(200, {"issues": _shown(call, page), "isLast": is_last, **following})


def _search_in_a_data_center(call: Call) -> Reply:
    start = call.number("startAt", 0)
    most = min(max(call.number("maxResults", 50), 1), _MOST)
    page, total = shapes.listed(_found(call), start, most)
    counted = {"startAt": start, "maxResults": most, "total": total}
    return Reply(200, {**counted, "issues": _shown(call, page)})


ENDPOINTS = (
    Endpoint("GET", "/serverInfo", _server),
    Endpoint("GET", "/myself", _myself),
    Endpoint("GET", "/field", _fields),
    Endpoint("GET", "/priority", _priorities),
    Endpoint("GET", "/mypermissions", _permissions),
    Endpoint("GET", "/user/search", _people),
    Endpoint("GET", "/search/jql", _search_on_the_cloud, only="cloud"),
    Endpoint("GET", "/search", _search_in_a_data_center, only="server"),
)

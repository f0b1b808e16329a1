"""Issues: created, read, edited, taken through their workflow, deleted."""

from os2kb.demo.jira import changes, shapes
from os2kb.demo.jira.api.call import Call, Endpoint, Reply
from os2kb.demo.jira.refusal import Refusal, no_permission
from os2kb.demo.jira.world.state import Project
from os2kb.demo.jira.world.world import may_see


def _create(call: Call) -> Reply:
    fields = call.given("fields")
    if not isinstance(fields, dict):
        raise Refusal(400, "The body has no fields.")
    made = changes.create(call.jira, call.by, fields, call.given("properties"))
    at = shapes.address(call.jira, made)
    return Reply(201, {"id": str(made.id), "key": made.key, "self": at})


def _read(call: Call) -> Reply:
    asked, expand = call.query.get("fields", "*all"), call.query.get("expand", "")
    return Reply(200, shapes.issue(call.jira, call.issue(), asked, expand, call.by))


def _read_many(call: Call) -> Reply:
    """Those that are there, in the order of their ids; of the others only that they are not."""
    asked = [str(one) for one in call.given("issueIdsOrKeys") or ()]
    if not asked or len(asked) > 100:
        raise Refusal(400, "Between 1 and 100 issues can be asked for.")
    found = {name: call.jira.find(name) for name in asked}
    there = {one.id: one for one in found.values() if one is not None and may_see(call.by, one)}
    missing = [name for name, one in found.items() if one is None or one.id not in there]
    fields, expand = (",".join(call.given(name) or ()) for name in ("fields", "expand"))
    shown = [
        shapes.issue(call.jira, there[id_], fields or "*navigable", expand, call.by)
        for id_ in sorted(there)
    ]
    errors = [{"id": name, "errorMessage": "It is not there."} for name in missing]
    return Reply(200, {"issues": shown, "issueErrors": errors})


def _types_to_create(call: Call) -> Reply:
    """The types of ticket that somebody may create in a project."""
    project = _creates_in(call)
    rows = [shapes.type_named(project, one) for one in project.types]
    return Reply(200, _page(call, rows, "issueTypes"))


def _fields_to_create(call: Call) -> Reply:
    """What is asked for where a ticket of a type is created."""
    project, jira = _creates_in(call), call.jira
    if call.names["type"] not in {shapes.type_named(project, one)["id"] for one in project.types}:
        raise Refusal(404, "The issue type does not exist.")
    rows = [
        {**shapes.meta(jira, jira.fields[one], project, required=one in project.asks_for)}
        | {"fieldId": one, "hasDefaultValue": one == "priority"}
        for one in project.screen
    ]
    return Reply(200, _page(call, rows, "fields"))


def _creates_in(call: Call) -> Project:
    project = call.jira.projects.get(call.names["project"])
    if project is None or "CREATE_ISSUES" not in project.may.get(call.by.name, ()):
        raise Refusal(404, "No project could be found with that key.")
    return project


def _page(call: Call, rows: list[shapes.Json], name: str) -> shapes.Json:
    start = call.number("startAt", 0)
    page, total = shapes.listed(rows, start, min(max(call.number("maxResults", 50), 1), 200))
    counted = {"startAt": start, "maxResults": len(page), "total": total}
    return {**counted, name if call.jira.is_cloud else "values": page}


def _edit(call: Call) -> Reply:
    issue, fields, update = call.issue(), call.given("fields"), call.given("update")
    changes.edit(call.jira, call.by, issue, fields or {}, update or {})
    return Reply(204)


def _delete(call: Call) -> Reply:
    issue = call.issue()
    if "Administrators" not in call.by.roles:
        raise no_permission("DELETE_ISSUES")
    changes.delete(call.jira, call.by, issue)
    return Reply(204)


def _editmeta(call: Call) -> Reply:
    return Reply(200, shapes.editable(call.jira, call.issue("EDIT_ISSUES")))


def _transitions(call: Call) -> Reply:
    also = call.jira.is_cloud and call.query.get("includeUnavailableTransitions") == "true"
    with_fields = "transitions.fields" in call.query.get("expand", "")
    shown = shapes.transitions(
        call.jira, call.issue(), call.by, with_fields=with_fields, also_unavailable=also
    )
    return Reply(200, {"expand": "transitions", "transitions": shown})


def _transit(call: Call) -> Reply:
    issue, taken, fields = call.issue(), call.given("transition"), call.given("fields")
    if not isinstance(taken, dict):
        raise Refusal(400, "Missing 'transition' identifier")
    changes.transit(call.jira, call.by, issue, str(taken.get("id")), fields or {})
    return Reply(204)


ENDPOINTS = (
    Endpoint("POST", "/issue", _create),
    Endpoint("GET", "/issue/createmeta/{project}/issuetypes", _types_to_create),
    Endpoint("GET", "/issue/createmeta/{project}/issuetypes/{type}", _fields_to_create),
    Endpoint("POST", "/issue/bulkfetch", _read_many, only="cloud"),
    Endpoint("GET", "/issue/{issue}", _read),
    Endpoint("PUT", "/issue/{issue}", _edit),
    Endpoint("DELETE", "/issue/{issue}", _delete),
    Endpoint("GET", "/issue/{issue}/editmeta", _editmeta),
    Endpoint("GET", "/issue/{issue}/transitions", _transitions),
    Endpoint("POST", "/issue/{issue}/transitions", _transit),
)

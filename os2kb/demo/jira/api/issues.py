"""Issues: created, read, edited, taken through their workflow, deleted."""

from os2kb.demo.jira import changes, shapes
from os2kb.demo.jira.api.call import Call, Endpoint, Reply
from os2kb.demo.jira.refusal import Refusal, no_permission


def _create(call: Call) -> Reply:
    fields = call.given("fields")
    if not isinstance(fields, dict):
        raise Refusal(400, "The body has no fields.")
    made = changes.create(call.jira, call.by, fields, call.given("properties"))
    at = shapes.address(call.jira, made)
    return Reply(201, {"id": str(made.id), "key": made.key, "self": at})


def _read(call: Call) -> Reply:
    asked, expand = call.query.get("fields", "*all"), call.query.get("expand", "")
    return Reply(200, shapes.issue(call.jira, call.issue(), asked, expand))


def _edit(call: Call) -> Reply:
    issue, fields = call.issue(), call.given("fields")
    changes.edit(call.jira, call.by, issue, fields if isinstance(fields, dict) else {})
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
    issue, jira = call.issue(), call.jira
    shown = []
    for one in jira.transitions:
        if one.sources and issue.status not in one.sources:
            continue
        row: shapes.Json = {
            "id": str(one.id),
            "name": one.name,
            "to": {"id": "1", "name": one.to},
            "hasScreen": bool(one.required),
        }
        if "transitions.fields" in call.query.get("expand", ""):
            row["fields"] = {
                name: shapes.meta(jira, jira.fields[name], required=True) for name in one.required
            }
        shown.append(row)
    may = "TRANSITION_ISSUES" in issue.project.may[call.by.name]
    return Reply(200, {"expand": "transitions", "transitions": shown if may else []})


def _transit(call: Call) -> Reply:
    issue, taken, fields = call.issue(), call.given("transition"), call.given("fields")
    if not isinstance(taken, dict):
        raise Refusal(400, "Missing 'transition' identifier")
    changes.transit(call.jira, call.by, issue, str(taken.get("id")), fields or {})
    return Reply(204)


ENDPOINTS = (
    Endpoint("POST", "/issue", _create),
    Endpoint("GET", "/issue/{issue}", _read),
    Endpoint("PUT", "/issue/{issue}", _edit),
    Endpoint("DELETE", "/issue/{issue}", _delete),
    Endpoint("GET", "/issue/{issue}/editmeta", _editmeta),
    Endpoint("GET", "/issue/{issue}/transitions", _transitions),
    Endpoint("POST", "/issue/{issue}/transitions", _transit),
)

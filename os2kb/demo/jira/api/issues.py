"""Issues: created, read, edited, taken through their workflow, deleted."""

from os2kb.demo.jira import changes, shapes
from os2kb.demo.jira.api.call import Call, Endpoint, Reply
from os2kb.demo.jira.refusal import Refusal, no_permission
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
    Endpoint("POST", "/issue/bulkfetch", _read_many, only="cloud"),
    Endpoint("GET", "/issue/{issue}", _read),
    Endpoint("PUT", "/issue/{issue}", _edit),
    Endpoint("DELETE", "/issue/{issue}", _delete),
    Endpoint("GET", "/issue/{issue}/editmeta", _editmeta),
    Endpoint("GET", "/issue/{issue}/transitions", _transitions),
    Endpoint("POST", "/issue/{issue}/transitions", _transit),
)

"""What hangs on an issue: comments, links to things outside, and properties."""

from os2kb.demo.jira import changes, shapes
from os2kb.demo.jira.api.call import Call, Endpoint, Reply
from os2kb.demo.jira.refusal import Refusal
from os2kb.demo.jira.world.state import Comment, Issue, RemoteLink
from os2kb.demo.jira.world.world import may_read, may_see


def _comments(call: Call) -> Reply:
    issue, jira = call.issue(), call.jira
    start, most = call.number("startAt", 0), call.number("maxResults", 5000)
    seen = [one for one in issue.comments if may_read(call.by, one)]
    if call.query.get("orderBy") == "-created":
        seen.reverse()
    page, total = shapes.listed(seen, start, most)
    told = "properties" in call.query.get("expand", "")
    shown = [shapes.comment(jira, issue, one, with_properties=told) for one in page]
    return Reply(200, {"startAt": start, "maxResults": most, "total": total, "comments": shown})


def _comment(call: Call) -> Reply:
    issue, body, seen_by = call.issue(), call.given("body"), call.given("visibility") or {}
    if not isinstance(body, str):
        raise Refusal(400, fields={"comment": "Comment body can not be empty!"})
    internal = any(
        one.get("key") == "sd.public.comment" and one.get("value", {}).get("internal")
        for one in call.given("properties") or ()
    )
    role, group = (
        str(seen_by.get("value", "")) if seen_by.get("type") == kind else ""
        for kind in ("role", "group")
    )
    made = changes.add_comment(
        call.jira, call.by, issue, body, role, group=group, internal=internal
    )
    made.properties = {one["key"]: one["value"] for one in call.given("properties") or ()}
    return Reply(201, shapes.comment(call.jira, issue, made))


def _of_issue(call: Call) -> tuple[Issue, Comment]:
    issue = call.issue()
    for one in issue.comments:
        if str(one.id) == call.names["comment"] and may_read(call.by, one):
            return issue, one
    raise Refusal(404, "Can not find a comment for the id.")


def _one_comment(call: Call) -> Reply:
    told = "properties" in call.query.get("expand", "")
    return Reply(200, shapes.comment(call.jira, *_of_issue(call), with_properties=told))


def _edit_comment(call: Call) -> Reply:
    issue, one = _of_issue(call)
    changes.edit_comment(call.jira, call.by, issue, one, str(call.given("body") or ""))
    return Reply(200, shapes.comment(call.jira, issue, one))


def _delete_comment(call: Call) -> Reply:
    changes.delete_comment(call.jira, call.by, *_of_issue(call))
    return Reply(204)


def _comments_by_id(call: Call) -> Reply:
    asked = set(call.given("ids") or ())
    seen = [one for one in call.jira.issues.values() if may_see(call.by, one)]
    told = "properties" in call.query.get("expand", "")
    shown = [
        shapes.comment(call.jira, issue, one, with_properties=told)
        for issue in seen
        for one in issue.comments
        if one.id in asked and may_read(call.by, one)
    ]
    counted = {"startAt": 0, "maxResults": 1000, "total": len(shown), "isLast": True}
    return Reply(200, {**counted, "values": shown})


def _links(call: Call) -> Reply:
    issue, mark = call.issue(), call.query.get("globalId")
    if mark is None:
        shown = [shapes.remote_link(call.jira, issue, one) for one in issue.links.values()]
        return Reply(200, shown)
    if mark not in issue.links:
        raise Refusal(404, "The remote link does not exist.")
    return Reply(200, shapes.remote_link(call.jira, issue, issue.links[mark]))


def _link(call: Call) -> Reply:
    issue, to = call.issue("LINK_ISSUES"), call.given("object") or {}
    if not to.get("url") or not to.get("title"):
        raise Refusal(400, fields={"title": "'title' and 'url' are required."})
    id_ = call.jira.new_id()
    mark = str(call.given("globalId") or f"remote:{id_}")
    known = issue.links.get(mark)
    made = RemoteLink(
        known.id if known else id_,
        mark,
        str(to["url"]),
        str(to["title"]),
        str(call.given("relationship") or ""),
        str(to.get("summary") or ""),
        (to.get("status") or {}).get("resolved"),
    )
    issue.links[mark] = made
    at = f"{shapes.address(call.jira, issue)}/remotelink/{made.id}"
    return Reply(200 if known else 201, {"id": made.id, "self": at})


def _unlink(call: Call) -> Reply:
    issue = call.issue("LINK_ISSUES")
    if issue.links.pop(call.query.get("globalId", ""), None) is None:
        raise Refusal(404, "The remote link does not exist.")
    return Reply(204)


def _comment_property(call: Call) -> Reply:
    seen = (one for one in call.jira.issues.values() if may_see(call.by, one))
    said = (one for issue in seen for one in issue.comments if str(one.id) == call.names["comment"])
    found, name = next(said, None), call.names["property"]
    if found is None or name not in found.properties:
        raise Refusal(404, f"The property {name} does not exist.")
    return Reply(200, {"key": name, "value": found.properties[name]})


def _property(call: Call) -> Reply:
    issue, name = call.issue(), call.names["property"]
    if name not in issue.properties:
        raise Refusal(404, f"The property {name} does not exist.")
    return Reply(200, {"key": name, "value": issue.properties[name]})


def _set_property(call: Call) -> Reply:
    issue, name = call.issue("EDIT_ISSUES"), call.names["property"]
    known = name in issue.properties
    issue.properties[name] = call.body
    return Reply(200 if known else 201)


def _delete_property(call: Call) -> Reply:
    issue, name = call.issue("EDIT_ISSUES"), call.names["property"]
    if issue.properties.pop(name, None) is None:
        raise Refusal(404, f"The property {name} does not exist.")
    return Reply(204)


ENDPOINTS = (
    Endpoint("GET", "/issue/{issue}/comment", _comments),
    Endpoint("POST", "/issue/{issue}/comment", _comment),
    Endpoint("GET", "/issue/{issue}/comment/{comment}", _one_comment),
    Endpoint("PUT", "/issue/{issue}/comment/{comment}", _edit_comment),
    Endpoint("DELETE", "/issue/{issue}/comment/{comment}", _delete_comment),
    Endpoint("POST", "/comment/list", _comments_by_id, only="cloud"),
    Endpoint("GET", "/comment/{comment}/properties/{property}", _comment_property),
    Endpoint("GET", "/issue/{issue}/remotelink", _links),
    Endpoint("POST", "/issue/{issue}/remotelink", _link),
    Endpoint("DELETE", "/issue/{issue}/remotelink", _unlink),
    Endpoint("GET", "/issue/{issue}/properties/{property}", _property),
    Endpoint("PUT", "/issue/{issue}/properties/{property}", _set_property),
    Endpoint("DELETE", "/issue/{issue}/properties/{property}", _delete_property),
)

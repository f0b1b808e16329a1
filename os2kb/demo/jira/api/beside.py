"""What hangs on an issue: comments, links to things outside, and properties."""

from os2kb.demo.jira import changes, shapes
from os2kb.demo.jira.api.call import Call, Endpoint, Reply
from os2kb.demo.jira.refusal import Refusal
from os2kb.demo.jira.world.state import RemoteLink
from os2kb.demo.jira.world.world import may_see


def _comments(call: Call) -> Reply:
    issue, jira = call.issue(), call.jira
    start, most = call.number("startAt", 0), call.number("maxResults", 5000)
    seen = [one for one in issue.comments if not one.role or one.role in call.by.roles]
    if call.query.get("orderBy") == "-created":
        seen.reverse()
    page, total = shapes.listed(seen, start, most)
    shown = [shapes.comment(jira, issue, one) for one in page]
    return Reply(200, {"startAt": start, "maxResults": most, "total": total, "comments": shown})


def _comment(call: Call) -> Reply:
    issue, body, seen_by = call.issue(), call.given("body"), call.given("visibility") or {}
    if not isinstance(body, str):
        raise Refusal(400, fields={"comment": "Comment body can not be empty!"})
    internal = any(
        one.get("key") == "sd.public.comment" and one.get("value", {}).get("internal")
        for one in call.given("properties") or ()
    )
    role = str(seen_by.get("value", ""))
    made = changes.add_comment(call.jira, call.by, issue, body, role, internal=internal)
    made.properties = {one["key"]: one["value"] for one in call.given("properties") or ()}
    return Reply(201, shapes.comment(call.jira, issue, made))


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
    Endpoint("GET", "/comment/{comment}/properties/{property}", _comment_property),
    Endpoint("GET", "/issue/{issue}/remotelink", _links),
    Endpoint("POST", "/issue/{issue}/remotelink", _link),
    Endpoint("DELETE", "/issue/{issue}/remotelink", _unlink),
    Endpoint("GET", "/issue/{issue}/properties/{property}", _property),
    Endpoint("PUT", "/issue/{issue}/properties/{property}", _set_property),
    Endpoint("DELETE", "/issue/{issue}/properties/{property}", _delete_property),
)

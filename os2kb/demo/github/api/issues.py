"""Endpoints of issues, their labels and their history.

https://docs.github.com/en/rest/issues
"""

from typing import Any

from os2kb.demo.github.api.call import Call, Endpoint, Reply
from os2kb.demo.github.changes import issues
from os2kb.demo.github.changes.assignees import assign, unassign
from os2kb.demo.github.changes.labels import find_label
from os2kb.demo.github.refusal import invalid, not_found
from os2kb.demo.github.shapes.accounts import user
from os2kb.demo.github.shapes.issues import event as event_shape
from os2kb.demo.github.shapes.issues import issue as issue_shape
from os2kb.demo.github.shapes.issues import label as label_shape
from os2kb.demo.github.shapes.issues import milestone as milestone_shape
from os2kb.demo.github.shapes.timeline import timeline_event
from os2kb.demo.github.world.state import Account, Event, Issue, Milestone, Repository

_ORDERS = {
    "created": lambda issue: (issue.created_at, issue.number),
    "updated": lambda issue: (issue.updated_at, issue.number),
    "comments": lambda issue: (len(issue.comments), issue.number),
}


def list_issues(call: Call) -> Reply:
    """Issues and pull requests, filtered and sorted."""
    repository = call.repository()
    state, sort = call.query.get("state", "open"), call.query.get("sort", "created")
    if state not in {"open", "closed", "all"} or sort not in _ORDERS:
        raise invalid("Issue", "state" if sort in _ORDERS else "sort", "invalid")
    wanted = {name.casefold() for name in call.query.get("labels", "").split(",") if name}
    since, creator = call.since(), call.query.get("creator", "").casefold()
    found = [
        issue
        for issue in repository.issues.values()
        if issue.is_here
        and state in {"all", issue.state}
        and (since is None or issue.updated_at >= since)
        and wanted <= {label.name.casefold() for label in issue.labels}
        and (not creator or issue.author.login.casefold() == creator)
    ]
    found.sort(key=_ORDERS[sort], reverse=call.query.get("direction", "desc") != "asc")
    return call.listing(found, lambda issue: issue_shape(call.github, repository, issue))


def create_issue(call: Call) -> Reply:
    """Open an issue; labels of those who may not label are dropped."""
    repository = call.repository()
    title = issues.check_title(call.body.get("title"))
    body = issues.check_body(call.body.get("body"))
    labels = _names(call.body.get("labels") or []) if call.has_role(repository, "triage") else []
    _note_new_labels(call, repository, labels)
    issue = issues.open_issue(call.github, repository, call.account, title, body, labels)
    shown = issue_shape(call.github, repository, issue)
    return Reply(201, shown, {"Location": shown["url"]})


def get_issue(call: Call) -> Reply:
    """An issue or pull request."""
    repository = call.repository()
    return Reply(200, issue_shape(call.github, repository, call.issue(repository)))


def update_issue(call: Call) -> Reply:
    """Change title, body, milestone, state, labels or assignees."""
    repository = call.repository()
    issue = call.issue(repository)
    is_author = call.account is issue.author
    if not is_author:
        call.require_role(repository, "triage" if _only_triage(call.body) else "write")
    title = issues.check_title(call.body.get("title", issue.title))
    body = issues.check_body(call.body.get("body", issue.body))
    state, reason = call.body.get("state"), call.body.get("state_reason")
    if state not in {None, "open", "closed"}:
        raise invalid("Issue", "state", "invalid")
    if reason is not None and reason not in issues.REASONS:
        raise invalid("Issue", "state_reason", "invalid")
    who = (call.github, repository, call.account)
    issues.edit(*who, issue, title=title, body=body)
    if "milestone" in call.body:
        planned = _milestone(repository, call.body["milestone"])
        if call.has_role(repository, "write"):
            issues.plan_for(*who, issue, planned)
    if "labels" in call.body and call.has_role(repository, "triage"):
        names = _names(call.body["labels"])
        _note_new_labels(call, repository, names)
        issues.set_labels(*who, issue, names)
    if "assignees" in call.body and call.has_role(repository, "triage"):
        _hand_over(call, repository, issue)
    if state == "closed":
        issues.close(*who, issue, reason)
    elif state == "open":
        issues.reopen(*who, issue)
    return Reply(200, issue_shape(call.github, repository, issue))


def _milestone(repository: Repository, number: Any) -> Milestone | None:
    found = next((one for one in repository.milestones if one.number == number), None)
    if number is not None and found is None:
        raise invalid("Issue", "milestone", "invalid")
    return found


def list_milestones(call: Call) -> Reply:
    """What issues can be planned for."""
    repository = call.repository()
    return call.listing(
        repository.milestones, lambda one: milestone_shape(call.github, repository, one)
    )


def add_assignees(call: Call) -> Reply:
    """Give it to people; those who may not be assigned are left out, as GitHub does."""
    repository = call.repository()
    issue = call.issue(repository)
    assign(call.github, repository, call.account, issue, _people(call))
    return Reply(201, issue_shape(call.github, repository, issue))


def remove_assignees(call: Call) -> Reply:
    """Take it from people."""
    repository = call.repository()
    issue = call.issue(repository)
    unassign(call.github, repository, call.account, issue, _people(call))
    return Reply(200, issue_shape(call.github, repository, issue))


def list_assignees(call: Call) -> Reply:
    """Who can be given an issue."""
    call.repository()
    people = [one for one in call.github.accounts.values() if one.kind != "Organization"]
    return call.listing(people, lambda one: user(call.github, one))


def _hand_over(call: Call, repository: Repository, issue: Issue) -> None:
    """Give it to exactly these."""
    people = _people(call)
    gone = [one for one in issue.assignees if one not in people]
    assign(call.github, repository, call.account, issue, people)
    unassign(call.github, repository, call.account, issue, gone)


def _people(call: Call) -> list[Account]:
    """The accounts whose logins are named, of those there are."""
    named = call.body.get("assignees")
    logins = [named] if isinstance(named, str) else named if isinstance(named, list) else []
    found = (call.github.account(login) for login in logins if isinstance(login, str))
    return [one for one in found if one and one.kind != "Organization"]


def lock_issue(call: Call) -> Reply:
    """Lock the conversation."""
    repository = call.repository()
    reason = call.body.get("lock_reason")
    if reason is not None and reason not in issues.LOCK_REASONS:
        raise invalid("Issue", "lock_reason", "invalid")
    issues.lock(call.github, repository, call.account, call.issue(repository), reason)
    return Reply(204)


def unlock_issue(call: Call) -> Reply:
    """Unlock the conversation."""
    repository = call.repository()
    issues.unlock(call.github, repository, call.account, call.issue(repository))
    return Reply(204)


def list_labels(call: Call) -> Reply:
    """The labels that are on."""
    repository = call.repository()
    return call.listing(
        call.issue(repository).labels, lambda label: label_shape(call.github, repository, label)
    )


def add_labels(call: Call) -> Reply:
    """Put labels on; unknown ones are created, as GitHub does."""
    repository = call.repository()
    issue = call.issue(repository)
    names = _names(call.body)
    _note_new_labels(call, repository, names)
    issues.add_labels(call.github, repository, call.account, issue, names)
    return _labels(call, repository, issue)


def set_labels(call: Call) -> Reply:
    """Make the labels exactly these."""
    repository = call.repository()
    issue = call.issue(repository)
    names = _names(call.body)
    _note_new_labels(call, repository, names)
    issues.set_labels(call.github, repository, call.account, issue, names)
    return _labels(call, repository, issue)


def remove_label(call: Call) -> Reply:
    """Take a label off."""
    repository = call.repository()
    issue = call.issue(repository)
    issues.remove_label(call.github, repository, call.account, issue, call.names["name"])
    return _labels(call, repository, issue)


def remove_all_labels(call: Call) -> Reply:
    """Take every label off."""
    repository = call.repository()
    issues.set_labels(call.github, repository, call.account, call.issue(repository), [])
    return Reply(204)


def list_events(call: Call) -> Reply:
    """What happened, without the conversation."""
    repository = call.repository()
    rows = [e for e in call.issue(repository).events if not e.comment and not e.review]
    return call.listing(rows, lambda event: event_shape(call.github, repository, event))


def get_event(call: Call) -> Reply:
    """One thing that happened, and to which issue."""
    repository, number = call.repository(), int(call.names["event"])
    for issue in repository.issues.values():
        for event in issue.events:
            if event.id == number and issue.is_here:
                shown = event_shape(call.github, repository, event)
                shown.pop("state_reason", None)  # told in lists only
                return Reply(200, {**shown, "issue": issue_shape(call.github, repository, issue)})
    raise not_found()


def list_timeline(call: Call) -> Reply:
    """What happened, with the conversation."""
    repository = call.repository()
    issue = call.issue(repository)

    def shape(event: Event) -> dict[str, Any]:
        return timeline_event(call.github, repository, issue, event)

    return call.listing(issue.events, shape)


def _labels(call: Call, repository: Repository, issue: Issue) -> Reply:
    return Reply(200, [label_shape(call.github, repository, label) for label in issue.labels])


def _names(said: Any) -> list[str]:
    """Label names, in any of the ways they may be sent."""
    names = said.get("labels", []) if isinstance(said, dict) else said
    names = [names] if isinstance(names, str) else names
    if not isinstance(names, list):
        raise invalid("Label", "name", "invalid")
    plain = [name.get("name") if isinstance(name, dict) else name for name in names]
    found = [name for name in plain if isinstance(name, str) and name.strip()]
    if len(found) != len(names):
        raise invalid("Label", "name", "invalid")
    return found


def _note_new_labels(call: Call, repository: Repository, names: list[str]) -> None:
    call.created_labels += [name for name in names if find_label(repository, name) is None]


def _only_triage(body: dict[str, Any]) -> bool:
    return body.keys() <= {"state", "state_reason", "labels", "assignees", "milestone"}


_READ = ("issues:read", "pull_requests:read")
_WRITE = ("issues:write", "pull_requests:write")
_ISSUES = "/repos/{owner}/{repo}/issues"
_ONE = _ISSUES + "/{number:int}"

ENDPOINTS = (
    Endpoint("GET", "/repos/{owner}/{repo}/milestones", list_milestones, _READ),
    Endpoint("GET", "/repos/{owner}/{repo}/assignees", list_assignees, _READ),
    Endpoint("GET", _ISSUES, list_issues, _READ),
    Endpoint("POST", _ISSUES, create_issue, ("issues:write",), "read"),
    Endpoint("GET", _ISSUES + "/events/{event:int}", get_event, _READ),
    Endpoint("GET", _ONE, get_issue, _READ),
    Endpoint("PATCH", _ONE, update_issue, _WRITE, "read"),
    Endpoint("POST", _ONE + "/assignees", add_assignees, _WRITE, "triage"),
    Endpoint("DELETE", _ONE + "/assignees", remove_assignees, _WRITE, "triage"),
    Endpoint("PUT", _ONE + "/lock", lock_issue, _WRITE, "write"),
    Endpoint("DELETE", _ONE + "/lock", unlock_issue, _WRITE, "write"),
    Endpoint("GET", _ONE + "/labels", list_labels, _READ),
    Endpoint("POST", _ONE + "/labels", add_labels, _WRITE, "triage"),
    Endpoint("PUT", _ONE + "/labels", set_labels, _WRITE, "triage"),
    Endpoint("DELETE", _ONE + "/labels", remove_all_labels, _WRITE, "triage"),
    Endpoint("DELETE", _ONE + "/labels/{name:path}", remove_label, _WRITE, "triage"),
    Endpoint("GET", _ONE + "/events", list_events, _READ),
    Endpoint("GET", _ONE + "/timeline", list_timeline, _READ),
)

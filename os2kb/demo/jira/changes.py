"""What changes the demo Jira, with its changelog and its deliveries."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from os2kb.demo.jira import shapes
from os2kb.demo.jira.refusal import Refusal, no_permission, wrong
from os2kb.demo.jira.values import LONGEST_TEXT, editable, plain, type_of, updated
from os2kb.demo.jira.world.state import (
    Change,
    Comment,
    Field,
    Issue,
    Item,
    Person,
    Project,
    Transition,
)
from os2kb.demo.jira.world.world import STATUS, TYPE, Jira, may_take

NOTHING: Mapping[str, Any] = MappingProxyType({})


def create(jira: Jira, by: Person, fields: Mapping[str, Any], properties: Any) -> Issue:
    """A new issue in the project that its fields name.

    Raises:
        Refusal: 400, with what is wrong with each field.
    """
    said = fields.get("project") or {}
    project = next(
        (
            p
            for p in jira.projects.values()
            if said.get("key") == p.key or said.get("id") == str(p.id)
        ),
        None,
    )
    if project is None or "CREATE_ISSUES" not in project.may.get(by.name, ()):
        raise wrong("project", "Specify a valid project ID or key")
    type_ = type_of(project, fields.get("issuetype") or {})
    given = {name: one for name, one in fields.items() if name not in ("project", "issuetype")}
    if not str(given.get("summary") or "").strip():
        raise wrong("summary", "You must specify a summary of the issue.")
    values = {
        name: plain(jira, editable(jira, project, name), one, project)
        for name, one in given.items()
    }
    for name in project.asks_for:
        if not values.get(name):
            raise wrong(name, f"{jira.fields[name].name} is required.")
    project.last_number += 1
    at, id_ = jira.now(), jira.new_id()
    issue = Issue(id_, project.last_number, project, type_, "To Do", by, at, at)
    issue.values = {"priority": "Medium"} | values
    issue.indexed = not jira.index_lags
    issue.properties = {one["key"]: one["value"] for one in properties or ()}
    jira.issues[id_] = issue
    _tell(jira, "jira:issue_created", issue, by)
    return issue


def edit(
    jira: Jira,
    by: Person,
    issue: Issue,
    fields: Mapping[str, Any],
    update: Mapping[str, Sequence[Mapping[str, Any]]] = NOTHING,
) -> None:
    """Set fields, and put on and take off of those that hold several values; all or none.

    Raises:
        Refusal: 400, with what is wrong; 403 without the permission.
    """
    _may(by, issue, "EDIT_ISSUES")
    fields = {**fields, **{name: updated(issue, name, said) for name, said in update.items()}}
    if "duedate" in fields and "SCHEDULE_ISSUES" not in issue.project.may[by.name]:
        raise wrong(
            "duedate", "Field 'duedate' cannot be set. It is not on the appropriate screen."
        )
    known = [(editable(jira, issue.project, name), one) for name, one in fields.items()]
    values = {field: plain(jira, field, one, issue.project) for field, one in known}
    _change(jira, by, issue, values)


def transit(jira: Jira, by: Person, issue: Issue, id_: str, fields: Mapping[str, Any]) -> None:
    """Take a transition.

    Raises:
        Refusal: 400: there is none from here, or a field is missing; 403 without the permission.
    """
    _may(by, issue, "TRANSITION_ISSUES")
    from_here = (
        one
        for one in jira.workflow(issue.project)
        if not one.sources or issue.status in one.sources
    )
    taken = next((one for one in from_here if str(one.id) == id_), None)
    if taken is None or not may_take(by, taken):
        raise Refusal(400, f"It seems that you have tried to perform a workflow operation ({id_})")
    for name in taken.required:
        if not (fields.get(name) or issue.values.get(name)):
            raise wrong(name, f"{jira.fields[name].name} is required.")
    values: dict[Field, Any] = {
        jira.fields[name]: plain(jira, jira.fields[name], one, issue.project)
        for name, one in fields.items()
    }
    _change(jira, by, issue, {**values, STATUS: taken.to})


def add_comment(
    jira: Jira,
    by: Person,
    issue: Issue,
    body: str,
    role: str = "",
    *,
    group: str = "",
    internal: bool = False,
) -> Comment:
    """Say something. A data center tells of it twice, and once without saying on what.

    Raises:
        Refusal: 400: it is empty or too long; 403 without the permission.
    """
    _may(by, issue, "ADD_COMMENTS")
    _check(body)
    at = jira.now()
    made = Comment(jira.new_id(), by, body, at, at, role, group, internal)
    issue.comments.append(made)
    issue.updated_at = at
    _tell_of(jira, by, issue, made, "created")
    return made


def edit_comment(jira: Jira, by: Person, issue: Issue, one: Comment, body: str) -> None:
    """Say it in another way; only who said it may.

    Raises:
        Refusal: 400: it is empty or too long; 403 for everybody else.
    """
    _may(by, issue, "ADD_COMMENTS")
    if one.by is not by:
        raise no_permission("EDIT_ALL_COMMENTS")
    _check(body)
    one.body, one.updated_at = body, jira.now()
    issue.updated_at = one.updated_at
    _tell_of(jira, by, issue, one, "updated")


def delete_comment(jira: Jira, by: Person, issue: Issue, one: Comment) -> None:
    """Take back what was said; only who said it may.

    Raises:
        Refusal: 403 for everybody else.
    """
    if one.by is not by:
        raise no_permission("DELETE_ALL_COMMENTS")
    issue.comments.remove(one)
    issue.updated_at = jira.now()
    _tell_of(jira, by, issue, one, "deleted")


def _tell_of(jira: Jira, by: Person, issue: Issue, made: Comment, done: str) -> None:
    said = {"comment": shapes.comment(jira, issue, made)}
    about = {"issue": shapes.issue(jira, issue)}
    _send(jira, f"comment_{done}", said | (about if jira.is_cloud else {}))
    if not jira.is_cloud:
        name = "issue_commented" if done == "created" else "issue_comment_edited"
        kind = {"issue_event_type_name": name, "user": shapes.user(jira, by)}
        _send(jira, "jira:issue_updated", said | about | kind)


def delete(jira: Jira, by: Person, issue: Issue) -> None:
    """Take an issue away for good."""
    del jira.issues[issue.id]
    _tell(jira, "jira:issue_deleted", issue, by)


def move(jira: Jira, by: Person, issue: Issue, to: Project) -> None:
    """Move an issue to another project, where it gets another key."""
    to.last_number += 1
    issue.former_keys.add(issue.key)
    issue.project, issue.number = to, to.last_number
    issue.updated_at = jira.now()
    _tell(jira, "jira:issue_updated", issue, by)


def rename_status(jira: Jira, before: str, after: str) -> None:
    """Call a status another name, everywhere; nobody is told of that."""

    def renamed(one: Transition) -> Transition:
        sources = tuple(after if name == before else name for name in one.sources)
        return replace(one, to=after if one.to == before else one.to, sources=sources)

    jira.statuses[after] = jira.statuses.pop(before)
    jira.transitions = tuple(map(renamed, jira.transitions))
    for project in jira.projects.values():
        project.transitions = tuple(map(renamed, project.transitions))
    for issue in jira.issues.values():
        issue.status = after if issue.status == before else issue.status


def _may(by: Person, issue: Issue, permission: str) -> None:
    if permission not in issue.project.may[by.name]:
        raise no_permission(permission)
    if issue.archived:
        raise Refusal(403, "The issue is archived.")


def _check(body: str) -> None:
    if not body.strip() or len(body) > LONGEST_TEXT:
        raise wrong("comment", "Comment body can not be empty, or be longer than 32767 characters.")


def _change(jira: Jira, by: Person, issue: Issue, values: Mapping[Field, Any]) -> None:
    items = []
    for one, value in values.items():
        before = _now(issue, one)
        if before != value:
            items.append(Item(one, _shown(before), _shown(value)))
    if not items:
        return
    for one, value in values.items():
        if one is STATUS:
            issue.status = value
        elif one is TYPE:
            issue.type = value
        else:
            issue.values[one.id] = value
    issue.updated_at = jira.now()
    made = Change(jira.new_id(), by, issue.updated_at, tuple(items))
    issue.changes.append(made)
    log = {"id": str(made.id), "items": shapes.change(jira, made)["items"]}
    _tell(jira, "jira:issue_updated", issue, by, {"changelog": log})


def _now(issue: Issue, field: Field) -> Any:
    if field is STATUS:
        return issue.status
    return issue.type if field is TYPE else issue.values.get(field.id)


def _tell(
    jira: Jira, event: str, issue: Issue, by: Person, more: Mapping[str, Any] | None = None
) -> None:
    about = {"user": shapes.user(jira, by), "issue": shapes.issue(jira, issue)}
    _send(jira, event, {**about, **(more or {})})


def _send(jira: Jira, event: str, payload: dict[str, Any]) -> None:
    jira.hooks.deliver(event, {"timestamp": int(jira.now().timestamp() * 1000), **payload})


def _shown(plain: Any) -> str:
    return ", ".join(map(str, plain)) if isinstance(plain, list) else str(plain or "")

"""What changes the demo Jira, with its changelog and its deliveries."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from os2kb.demo.jira import shapes
from os2kb.demo.jira.refusal import Refusal, no_permission, wrong
from os2kb.demo.jira.world.state import Change, Comment, Field, Issue, Item, Person, Project
from os2kb.demo.jira.world.world import STATUS, Jira

_LONGEST_TEXT = 32_767


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
    type_ = _type(project, fields.get("issuetype") or {})
    given = {name: one for name, one in fields.items() if name not in ("project", "issuetype")}
    if not str(given.get("summary") or "").strip():
        raise wrong("summary", "You must specify a summary of the issue.")
    values = {
        name: _plain(jira, _editable(jira, project, name), one) for name, one in given.items()
    }
    project.last_number += 1
    at, id_ = jira.now(), jira.new_id()
    issue = Issue(id_, project.last_number, project, type_, "To Do", by, at, at)
    issue.values = {"priority": "Medium"} | values
    issue.indexed = not jira.index_lags
    issue.properties = {one["key"]: one["value"] for one in properties or ()}
    jira.issues[id_] = issue
    _tell(jira, "jira:issue_created", issue, by)
    return issue


def edit(jira: Jira, by: Person, issue: Issue, fields: Mapping[str, Any]) -> None:
    """Set fields, all or none.

    Raises:
        Refusal: 400, with what is wrong; 403 without the permission.
    """
    if "EDIT_ISSUES" not in issue.project.may[by.name]:
        raise no_permission("EDIT_ISSUES")
    if "duedate" in fields and "SCHEDULE_ISSUES" not in issue.project.may[by.name]:
        raise wrong(
            "duedate", "Field 'duedate' cannot be set. It is not on the appropriate screen."
        )
    values = {
        name: _plain(jira, _editable(jira, issue.project, name), one)
        for name, one in fields.items()
    }
    _change(jira, by, issue, {jira.fields[name]: one for name, one in values.items()})


def transit(jira: Jira, by: Person, issue: Issue, id_: str, fields: Mapping[str, Any]) -> None:
    """Take a transition.

    Raises:
        Refusal: 400: there is none from here, or a field is missing; 403 without the permission.
    """
    if "TRANSITION_ISSUES" not in issue.project.may[by.name]:
        raise no_permission("TRANSITION_ISSUES")
    taken = next(
        (
            one
            for one in jira.transitions
            if str(one.id) == id_ and (not one.sources or issue.status in one.sources)
        ),
        None,
    )
    if taken is None:
        raise Refusal(400, f"It seems that you have tried to perform a workflow operation ({id_})")
    for name in taken.required:
        if not fields.get(name):
            raise wrong(name, f"{jira.fields[name].name} is required.")
    values: dict[Field, Any] = {
        jira.fields[name]: _plain(jira, jira.fields[name], one) for name, one in fields.items()
    }
    _change(jira, by, issue, {**values, STATUS: taken.to})


def add_comment(
    jira: Jira, by: Person, issue: Issue, body: str, role: str = "", *, internal: bool = False
) -> Comment:
    """Say something. A data center tells of it twice, and once without saying on what.

    Raises:
        Refusal: 400: it is empty or too long; 403 without the permission.
    """
    if "ADD_COMMENTS" not in issue.project.may[by.name]:
        raise no_permission("ADD_COMMENTS")
    if not body.strip() or len(body) > _LONGEST_TEXT:
        raise wrong("comment", "Comment body can not be empty, or be longer than 32767 characters.")
    at = jira.now()
    made = Comment(jira.new_id(), by, body, at, at, role, internal)
    issue.comments.append(made)
    issue.updated_at = at
    said = {"comment": shapes.comment(jira, issue, made)}
    about = {"issue": shapes.issue(jira, issue)}
    _send(jira, "comment_created", said | (about if jira.is_cloud else {}))
    if not jira.is_cloud:
        kind = {"issue_event_type_name": "issue_commented", "user": shapes.user(jira, by)}
        _send(jira, "jira:issue_updated", said | about | kind)
    return made


def delete(jira: Jira, by: Person, issue: Issue) -> None:
    """Take an issue away for good."""
    del jira.issues[issue.id]
    _tell(jira, "jira:issue_deleted", issue, by)


def move(jira: Jira, by: Person, issue: Issue, to: Project) -> None:
    """Move an issue to another project, where it gets another key."""
    to.last_number += 1
    issue.project, issue.number = to, to.last_number
    issue.updated_at = jira.now()
    _tell(jira, "jira:issue_updated", issue, by)


def _change(jira: Jira, by: Person, issue: Issue, values: Mapping[Field, Any]) -> None:
    items = []
    for one, value in values.items():
        before = issue.status if one is STATUS else issue.values.get(one.id)
        if before != value:
            items.append(Item(one, _shown(before), _shown(value)))
    if not items:
        return
    for one, value in values.items():
        if one is STATUS:
            issue.status = value
        else:
            issue.values[one.id] = value
    issue.updated_at = jira.now()
    made = Change(jira.new_id(), by, issue.updated_at, tuple(items))
    issue.changes.append(made)
    log = {"id": str(made.id), "items": shapes.change(jira, made)["items"]}
    _tell(jira, "jira:issue_updated", issue, by, {"changelog": log})


def _tell(
    jira: Jira, event: str, issue: Issue, by: Person, more: Mapping[str, Any] | None = None
) -> None:
    about = {"user": shapes.user(jira, by), "issue": shapes.issue(jira, issue)}
    _send(jira, event, {**about, **(more or {})})


def _send(jira: Jira, event: str, payload: dict[str, Any]) -> None:
    jira.hooks.deliver(event, {"timestamp": int(jira.now().timestamp() * 1000), **payload})


def _type(project: Project, said: Mapping[str, Any]) -> str:
    found = said.get("name")
    if found not in project.types:
        raise wrong("issuetype", "Specify a valid issue type")
    return str(found)


def _editable(jira: Jira, project: Project, name: str) -> Field:
    if name not in project.screen or name not in jira.fields:
        message = f"Field '{name}' cannot be set. It is not on the appropriate screen, or unknown."
        raise wrong(name, message)
    return jira.fields[name]


def _plain(jira: Jira, one: Field, value: Any) -> Any:
    """The plain value of what was written, if it is one.

    Raises:
        Refusal: 400, it is none.
    """
    if value is None:
        return None
    match one.kind:
        case "text" if isinstance(value, str) and len(value) <= _LONGEST_TEXT:
            if one.id != "summary" or ("\n" not in value and len(value) <= 255):
                return value
        case "date" if isinstance(value, str):
            try:
                return date.fromisoformat(value).isoformat()
            except ValueError:
                pass
        case "number" if isinstance(value, int | float):
            return value
        case "priority" if isinstance(value, dict) and value.get("name") in jira.priorities:
            return value["name"]
        case "option" if isinstance(value, dict):
            said = value.get("value" if one.is_custom else "name")
            if said in one.options:
                return said
        case "labels" if isinstance(value, list) and all(" " not in str(v) for v in value):
            return value
        case "user" if isinstance(value, dict):
            who = value.get("accountId" if jira.is_cloud else "name")
            for person in jira.people.values():
                if who == (person.account_id if jira.is_cloud else person.name):
                    return person.name
        case "versions" if isinstance(value, list):
            return [str(one["name"]) for one in value]
    raise wrong(one.id, f"The value of {one.name} is not valid.")


def _shown(plain: Any) -> str:
    return ", ".join(map(str, plain)) if isinstance(plain, list) else str(plain or "")

"""The plain values of what somebody writes into a field of the demo Jira."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from os2kb.demo.jira.refusal import wrong
from os2kb.demo.jira.world.state import Field, Issue, Project
from os2kb.demo.jira.world.world import TYPE, Jira

LONGEST_TEXT = 32_767


def editable(jira: Jira, project: Project, name: str) -> Field:
    """The field of that name, if it can be edited in a project.

    Raises:
        Refusal: 400, it cannot.
    """
    if name == TYPE.id:
        return TYPE
    if name not in project.screen or name not in jira.fields:
        message = f"Field '{name}' cannot be set. It is not on the appropriate screen, or unknown."
        raise wrong(name, message)
    return jira.fields[name]


def plain(jira: Jira, one: Field, value: Any, project: Project) -> Any:
    """The plain value of what was written, if it is one.

    Raises:
        Refusal: 400, it is none.
    """
    if value is None:
        return None
    match one.kind:
        case "text" if isinstance(value, str) and len(value) <= LONGEST_TEXT:
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
            return sorted(set(value))
        case "type":
            return type_of(project, value)
        case "user" if isinstance(value, dict):
            who = value.get("accountId" if jira.is_cloud else "name")
            for person in jira.people.values():
                if who == (person.account_id if jira.is_cloud else person.name):
                    return person.name
        case "versions" if isinstance(value, list):
            named = [str(one.get("name")) for one in value]
            if set(named) <= set(project.versions):
                return named
    raise wrong(one.id, f"The value of {one.name} is not valid.")


def updated(issue: Issue, name: str, said: Sequence[Mapping[str, Any]]) -> list[Any]:
    """What a field that holds several values is to be, as it would be set."""
    named = name == "fixVersions"
    held = [{"name": one} if named else one for one in issue.values.get(name) or ()]
    for step in said:
        for what, one in step.items():
            held = [kept for kept in held if kept != one] + ([one] if what == "add" else [])
    return held


def type_of(project: Project, said: Mapping[str, Any]) -> str:
    """The type that is named, if the project has it.

    Raises:
        Refusal: 400, it has not.
    """
    found = said.get("name")
    if found not in project.types:
        raise wrong("issuetype", "Specify a valid issue type")
    return str(found)

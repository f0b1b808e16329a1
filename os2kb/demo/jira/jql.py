"""The few clauses of JQL that the demo Jira knows, joined by AND.

`project = DEMO`, `key = DEMO-7`, `issuetype = "Fejl"`, `status = "To Do"`, `id in (10007, 10008)`,
`creator = currentUser()`, `created >= "-8d"`,
`updated >= "2026-03-01 10:00"`, `issue in issuesWithRemoteLinksByGlobalId("…")` and
`ORDER BY created|updated|key ASC|DESC`.
"""

import re
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from os2kb.demo.jira.refusal import Refusal
from os2kb.demo.jira.world.state import Issue, Person

_ORDER = re.compile(r"\s*order by (\w+)(?:\s+(asc|desc))?\s*\Z", re.IGNORECASE)
_TEXT = r'"(?P<text>(?:[^"\\]|\\.)*)"'
_CLAUSES = (
    re.compile(
        r"(?P<field>project|key|creator|issuetype|status)"
        rf"\s*=\s*(?:{_TEXT}|(?P<word>[\w()-]+))",
        re.IGNORECASE,
    ),
    re.compile(rf"(?P<field>created|updated)\s*>=\s*{_TEXT}", re.IGNORECASE),
    re.compile(r"(?P<field>id)\s+in\s+\((?P<word>[\d, ]+)\)", re.IGNORECASE),
    re.compile(
        rf"issue\s+in\s+(?P<field>issuesWithRemoteLinksByGlobalId)\({_TEXT}\)", re.IGNORECASE
    ),
)
ZONE = ZoneInfo("Europe/Copenhagen")
"""Of every account, as `shapes.user` tells; a moment without a zone is one of it."""
_AGO = re.compile(r"-(\d{1,4})([dhm])")
_SPANS = {"d": "days", "h": "hours", "m": "minutes"}
_AND = re.compile(r"\s+AND\s+", re.IGNORECASE)
Test = Callable[[Issue], bool]


def found(jql: str, issues: Iterable[Issue], by: Person, now: datetime) -> list[Issue]:
    """The issues that a query finds, in its order.

    Raises:
        Refusal: 400, it cannot be read.
    """
    ordered = _ORDER.search(jql)
    query = jql[: ordered.start()] if ordered else jql
    tests = [_test(clause.strip(), by, now) for clause in _AND.split(query) if clause.strip()]
    kept = [one for one in issues if all(test(one) for test in tests)]
    name = ordered[1].lower() if ordered else "created"
    keys: dict[str, Callable[[Issue], object]] = {
        "created": lambda one: (one.created_at, one.id),
        "updated": lambda one: (one.updated_at, one.id),
        "key": lambda one: (one.project.key, one.number),
    }
    if name not in keys:
        raise Refusal(400, f"Not able to sort using field '{name}'.")
    down = not ordered or (ordered[2] or "").lower() == "desc"
    return sorted(kept, key=keys[name], reverse=down)  # type: ignore[arg-type]


def ids(jql: str) -> set[int]:
    """The ids that a query asks for by name."""
    clauses = _AND.split(_ORDER.sub("", jql))
    said = (known.fullmatch(clause.strip()) for clause in clauses for known in _CLAUSES)
    found = (one["word"] for one in said if one and one["field"].lower() == "id")
    return {int(each) for word in found for each in word.split(",")}


def _test(clause: str, by: Person, now: datetime) -> Test:
    for known in _CLAUSES:
        said = known.fullmatch(clause)
        if said:
            groups = said.groupdict()
            value = re.sub(r"\\(.)", r"\1", groups.get("text") or "") or groups.get("word") or ""
            return _of(said["field"].lower(), value, by, now)
    raise Refusal(400, f"Error in the JQL Query: '{clause}' is not known here.")


def _of(field: str, value: str, by: Person, now: datetime) -> Test:
    match field:
        case "project":
            return lambda one: one.project.key == value.upper()
        case "key":
            return lambda one: one.key == value.upper()
        case "issuetype":
            return lambda one: one.type.casefold() == value.casefold()
        case "status":
            return lambda one: one.status.casefold() == value.casefold()
        case "id":
            wanted = {int(each) for each in value.split(",")}
            return lambda one: one.id in wanted
        case "creator":
            name = by.name if value == "currentUser()" else value
            return lambda one: one.creator.name == name
        case "created":
            since = _moment(value, now)
            return lambda one: one.created_at >= since
        case "updated":
            since = _moment(value, now)
            return lambda one: one.updated_at >= since
    return lambda one: value in one.links


def _moment(text: str, now: datetime) -> datetime:
    ago = _AGO.fullmatch(text)
    if ago:
        return now - timedelta(**{_SPANS[ago[2]]: int(ago[1])})
    try:
        return datetime.fromisoformat(text).replace(tzinfo=ZONE)
    except ValueError:
        raise Refusal(400, f"Date value '{text}' is invalid.") from None

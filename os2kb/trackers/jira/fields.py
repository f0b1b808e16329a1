"""A field's value as Jira wants it written, by what the ticket says of its fields.

https://developer.atlassian.com/cloud/jira/platform/rest/v2/api-group-issues/#api-rest-api-2-issue-issueidorkey-editmeta-get
"""

from collections.abc import Mapping
from typing import Any

from os2kb.trackers.jira.errors import no_field, no_value, unknown_kind
from os2kb.trackers.jira.parse import OUR_NAMES, shown

_NAMED = ("priority", "resolution", "securitylevel", "version", "component", "issuetype")
_WRITTEN = ("string", "date", "datetime")


def to_write(editable: Mapping[str, Any], key: str, field: str, value: str) -> dict[str, Any]:
    """The fields of an update, `{"priority": {"name": "High"}}`.

    Args:
        editable: field id to what Jira tells of it, as `editmeta` does.
        key: of the ticket.
        field: its name or id, in any case.
        value: as people read it; empty for none.

    Raises:
        Unacceptable: there is no such field, or it takes no such value.
    """
    found = _found(editable, field)
    if found is None:
        raise no_field(field, key)
    told = editable[found]
    if not value:
        return {found: [] if told["schema"].get("type") == "array" else None}
    allowed = told.get("allowedValues")
    if allowed is not None:
        names = tuple(map(shown, allowed))
        spelled = next((name for name in names if name.casefold() == value.casefold()), None)
        if spelled is None:
            raise no_value(field, value, names)
        value = spelled
    return {found: _shaped(told["schema"], field, value)}


def _found(editable: Mapping[str, Any], field: str) -> str | None:
    """The id of a field: what Jira itself calls so goes before what has been given that name."""
    wanted = field.casefold()
    by_id = (one for one in editable if OUR_NAMES.get(one, one).casefold() == wanted)
    by_name = (one for one, told in editable.items() if told.get("name", "").casefold() == wanted)
    return next(iter((*by_id, *by_name)), None)


def _shaped(schema: Mapping[str, Any], field: str, value: str) -> Any:
    kind = schema.get("type", "")
    if kind == "array":
        return [_shaped({"type": schema.get("items", "")}, field, value)]
    if kind in _NAMED:
        return {"name": value}
    if kind == "option":
        return {"value": value}
    if kind in _WRITTEN:
        return value
    if kind == "number":
        try:
            return float(value)
        except ValueError:
            raise no_value(field, value, ("et tal / a number",)) from None
    raise unknown_kind(field, str(kind))

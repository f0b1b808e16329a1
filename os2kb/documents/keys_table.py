"""The keys of a file that people write, row by row, from its schema."""

import json
from collections.abc import Iterator
from typing import Any

from os2kb.policy.schema import Keys, Schema

TOLD_ONCE = "Person"
"""The title of what stands in many places and is told in one."""


def code(value: object) -> str:
    """The value as code."""
    return f"`{value}`"


def rows_of(
    schema: Schema, keys: Keys = (), shown: str = ""
) -> Iterator[tuple[str, str, str, str]]:
    """Key, value, default and meaning of every leaf below a place of a schema."""
    for name in schema.allowed_keys(keys):
        inner = (*keys, name)
        place = f"{shown}.{name}".lstrip(".")
        inside = next(_inside(schema, inner), None)
        if inside is None:
            said = _said(schema, keys, name)
            yield place, _value(schema.at(inner)), _default(schema, keys, name), said
        else:
            step, suffix = inside
            yield from rows_of(schema, (*inner, *step), f"{place}{suffix}")


def _inside(schema: Schema, keys: Keys) -> Iterator[tuple[Keys, str]]:
    """How to step into a section, a list of sections or a map of sections."""
    if any(node.get("title") == TOLD_ONCE for node in schema.at(keys)):
        return  # told once, for all
    for step, suffix in ((), ""), ((0,), "[]"), (("NAME",), ".NAME"):
        if any("properties" in node for node in schema.at((*keys, *step))):
            yield step, suffix


def _said(schema: Schema, keys: Keys, name: str) -> str:
    """What a schema says of a key."""
    said = (node.get("properties", {}).get(name, {}).get("description") for node in schema.at(keys))
    return next((text for text in said if text), "")


def _value(nodes: list[dict[str, Any]]) -> str:
    return " or ".join(dict.fromkeys(_kind(node) for node in nodes if node.get("type") != "null"))


def _kind(node: Any) -> str:
    if "anyOf" in node:
        return _value(node["anyOf"])
    if node.get("title") == TOLD_ONCE:
        return TOLD_ONCE.upper()
    if "const" in node:
        return code(json.dumps(node["const"]))
    if "enum" in node:
        return " · ".join(map(code, node["enum"]))
    match node.get("type"):
        case "array":
            return f"list of {_kind(node['items'])}"
        case "object" if node["additionalProperties"] is True:
            return "keys and values"
        case "object":
            names = node.get("propertyNames", {}).get("enum")
            of = " · ".join(map(code, names)) if names else "your own names"
            return f"map from {of} to {_kind(node['additionalProperties'])}"
        case "boolean":
            return "`true` · `false`"
        case "integer" | "number":
            low, high = node.get("minimum"), node.get("maximum")
            return "number" + (f", {low}–{high}" if high else f", {low} or more" if low else "")
    return "text"


def _default(schema: Schema, keys: Keys, name: str) -> str:
    for node in schema.at(keys):
        if name in node.get("required", ()):
            return "required"
        default = node.get("properties", {}).get(name, {}).get("default")
        if default in (None, [], {}, ""):
            continue
        if isinstance(default, dict):
            return code(next(iter(default.values())))
        if isinstance(default, list):
            return ", ".join(map(code, default))
        return code(str(default).lower() if isinstance(default, bool) else default)
    return ""

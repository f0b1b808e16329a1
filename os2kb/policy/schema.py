"""The Policy's JSON Schema: what editors complete from, and what error messages look up."""

from functools import cache
from typing import Any

from os2kb.policy.policy import Policy

Node = dict[str, Any]


@cache
def policy_schema() -> Node:
    """JSON Schema (draft 2020-12) of `.github/os2kb.yml`."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "os2kb Policy",
        **{key: value for key, value in Policy.model_json_schema().items() if key != "title"},
    }


def at(keys: tuple[str | int, ...]) -> list[Node]:
    """The schemas that a value at this place may follow; empty where none is known."""
    found = _alternatives(policy_schema())
    for key in keys:
        found = [
            alternative
            for node in found
            for child in _children(node, key)
            for alternative in _alternatives(child)
        ]
    return found


def allowed_keys(keys: tuple[str | int, ...]) -> tuple[str, ...]:
    """The keys that the map at this place may have, in the schema's order."""
    names: dict[str, None] = {}
    for node in at(keys):
        names.update(dict.fromkeys(node.get("properties", ())))
        names.update(dict.fromkeys(node.get("propertyNames", {}).get("enum", ())))
    return tuple(names)


def _children(node: Node, key: str | int) -> list[Node]:
    if isinstance(key, int):
        items = node.get("items")
        return [items] if isinstance(items, dict) else []
    if key in node.get("properties", {}):
        return [node["properties"][key]]
    more = node.get("additionalProperties")
    return [more] if isinstance(more, dict) else []


def _alternatives(node: Node) -> list[Node]:
    """A schema without its references and choices."""
    if "$ref" in node:
        name = node["$ref"].removeprefix("#/$defs/")
        return _alternatives(policy_schema()["$defs"][name])
    choices = node.get("anyOf") or node.get("allOf")
    if choices:
        return [found for choice in choices for found in _alternatives(choice)]
    return [node]

"""JSON Schemas of the files people write: what editors complete from and error messages look up."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from pydantic import BaseModel

from os2kb.policy.policy import Policy

Node = dict[str, Any]
Keys = tuple[str | int, ...]


@cache
def policy_schema() -> Node:
    """JSON Schema (draft 2020-12) of `.github/os2kb.yml`, as editors and validators take it."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **_with_null(schema_of(Policy).root),
        "title": "os2kb Policy",
    }


def _with_null(node: Node) -> Node:
    """A schema whose keys may also be `null`, which takes out what a layer below says.

    Titles, which only repeat the key, and the defaults of whole sections are left out.
    """
    made = {key: one for key, one in node.items() if key != "title" and not _is_section(key, one)}
    required = node.get("required", ())
    if "properties" in node:
        made["properties"] = {
            name: _with_null(one) if name in required else or_null(_with_null(one))
            for name, one in node["properties"].items()
        }
    if isinstance(node.get("additionalProperties"), dict):
        made["additionalProperties"] = or_null(_with_null(node["additionalProperties"]))
    if "items" in node:
        made["items"] = _with_null(node["items"])
    if "anyOf" in node:
        made["anyOf"] = [_with_null(one) for one in node["anyOf"]]
    if "$defs" in node:
        made["$defs"] = {name: _with_null(one) for name, one in node["$defs"].items()}
    return made


def _is_section(key: str, default: object) -> bool:
    return key == "default" and isinstance(default, dict)


_ABOUT = ("description", "default")


def or_null(node: Node) -> Node:
    """What a schema takes, or `null`."""
    about = {key: node[key] for key in _ABOUT if key in node}
    rest = {key: one for key, one in node.items() if key not in _ABOUT}
    choices = rest["anyOf"] if set(rest) == {"anyOf"} else [rest]
    null = {"type": "null"}
    return {"anyOf": choices if null in choices else [*choices, null], **about}


def at(keys: Keys) -> list[Node]:
    """The schemas that a value at this place of a Policy may follow; empty where none is known."""
    return schema_of(Policy).at(keys)


def allowed_keys(keys: Keys) -> tuple[str, ...]:
    """The keys that the map at this place of a Policy may have, in the schema's order."""
    return schema_of(Policy).allowed_keys(keys)


@cache
def schema_of(model: type[BaseModel]) -> "Schema":
    """The schema of a model."""
    return Schema(model.model_json_schema())


@dataclass(frozen=True, slots=True)
class Schema:
    """A JSON Schema that can be looked up place by place."""

    root: Node

    def at(self, keys: Keys) -> list[Node]:
        """The schemas that a value at this place may follow; empty where none is known."""
        found = self._alternatives(self.root)
        for key in keys:
            found = [
                alternative
                for node in found
                for child in _children(node, key)
                for alternative in self._alternatives(child)
            ]
        return found

    def allowed_keys(self, keys: Keys) -> tuple[str, ...]:
        """The keys that the map at this place may have, in the schema's order."""
        names: dict[str, None] = {}
        for node in self.at(keys):
            names.update(dict.fromkeys(node.get("properties", ())))
            names.update(dict.fromkeys(node.get("propertyNames", {}).get("enum", ())))
        return tuple(names)

    def _alternatives(self, node: Node) -> list[Node]:
        """A schema without its references and choices."""
        if "$ref" in node:
            name = node["$ref"].removeprefix("#/$defs/")
            return self._alternatives(self.root["$defs"][name])
        choices = node.get("anyOf") or node.get("allOf")
        if choices:
            return [found for choice in choices for found in self._alternatives(choice)]
        return [node]


def _children(node: Node, key: str | int) -> list[Node]:
    if isinstance(key, int):
        items = node.get("items")
        return [items] if isinstance(items, dict) else []
    if key in node.get("properties", {}):
        return [node["properties"][key]]
    more = node.get("additionalProperties")
    return [more] if isinstance(more, dict) else []

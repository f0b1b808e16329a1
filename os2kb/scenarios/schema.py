"""JSON Schema of scenario files, for editors."""

import json
from functools import cache

from os2kb.policy.schema import Node, or_null, schema_of
from os2kb.scenarios.scenario import Scenario

_CASES = "the scenarios of this file, each laid over what stands beside `cases`"


@cache
def scenario_schema() -> Node:
    """JSON Schema (draft 2020-12) of a file that holds one scenario, or several `cases`."""
    whole = schema_of(Scenario).root
    case = _laid_over(whole)
    cases = {
        "type": "array",
        "items": {"$ref": "#/$defs/Case"},
        "minItems": 1,
        "description": _CASES,
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "os2kb scenarios",
        "type": "object",
        "properties": {**whole["properties"], "cases": cases},
        "additionalProperties": False,
        "anyOf": [*_expecting(whole["required"]), {"required": ["cases"]}],
        # Beside `cases` stands what each of them may complete, or take out with `null`.
        "$defs": {**whole["$defs"], **case.pop("$defs"), "Case": case},
    }


def _expecting(required: list[str]) -> tuple[Node, ...]:
    """A scenario says what is expected, at `now` or at other moments."""
    return (
        {"required": [*required, "expect"], "properties": {"expect": {"type": "object"}}},
        {"required": [*required, "moments"]},
    )


def _laid_over(whole: Node) -> Node:
    """A scenario of which any key may stand beside `cases`; its definitions go by own names."""
    renamed = json.dumps(whole).replace('"#/$defs/', '"#/$defs/Case.')
    case: Node = _partial(json.loads(renamed))
    case["$defs"] = {f"Case.{name}": one for name, one in case["$defs"].items()}
    del case["title"]
    return case


def _partial(node: Node) -> Node:
    """A schema that requires nothing, and takes `null` for every key."""
    made = {key: one for key, one in node.items() if key != "required"}
    if "properties" in node:
        made["properties"] = {
            name: or_null(_partial(one)) for name, one in node["properties"].items()
        }
    if "anyOf" in node:
        made["anyOf"] = [_partial(one) for one in node["anyOf"]]
    if "$defs" in node:
        made["$defs"] = {name: _partial(one) for name, one in node["$defs"].items()}
    return made

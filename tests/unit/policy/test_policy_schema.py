"""The published schema accepts what the loader accepts."""

from typing import Any

import jsonschema
import pytest

from os2kb.policy.document import read_document
from os2kb.policy.load import check_policy
from os2kb.policy.presets import PRESETS, PresetName, preset
from os2kb.policy.schema import allowed_keys, policy_schema
from tests.unit.policy.test_policy_load import WHOLE


def plain(value: Any) -> Any:
    """As JSON has it: lists for tuples."""
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    return [plain(item) for item in value] if isinstance(value, tuple) else value


def fits_schema(text: str) -> bool:
    data = plain(read_document(text, "x").data)
    return jsonschema.Draft202012Validator(policy_schema()).is_valid(data)


def test_the_schema_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(policy_schema())


@pytest.mark.parametrize(
    "text",
    [
        WHOLE,
        "version: 1",
        "version: 1\nguidelines: {rules: {changelog: advise}}",
        "version: 1\nguidelines: {rules: {changelog: {level: advise, exempt: []}}}",
        "version: 1\ncommands: {ask: [triage, '@kim']}",
        "version: 2",
        "version: 1\nlables: {}",
        "version: 1\nguidelines: {rules: {changelog: maybe}}",
        "version: 1\nguidelines: {rules: {changelog: {lvl: advise}}}",
        "version: 1\npreset: os2display",
        "version: 1\ncommands: {ask: enhver}",
        "version: 1\nlabels: {type: {bugs: x}}",
        "version: 1\nlabels: null\npeople: {organisations: null}\nquiet: ~",
        "version: 1\nguidelines: {rules: {title: {pattern: null}, changelog: null}}",
        "version: 1\ncommands: {ask: null}\nlabels: {type: {bug: null}, area: {x: null}}",
        "version: null",
        "version: 1\njira: {project: null}",
        "version: 1\nknowledge: {sources: [null]}",
        "version: 1\nlables: null",
    ],
)
def test_schema_and_loader_agree(text: str) -> None:
    assert fits_schema(text) == (check_policy(text) == ())


def test_allowed_keys_are_found_below_maps_lists_and_short_forms() -> None:
    assert "linked-issue" in allowed_keys(("guidelines", "rules"))
    assert allowed_keys(("guidelines", "rules", "branch-name")) == ("level", "patterns")
    assert "notify" in allowed_keys(("escalation", "ladder", 0))
    assert "criteria" in allowed_keys(("escalation", "severities", "kritisk"))
    assert allowed_keys(("no", "such", "place")) == ()


def test_an_editor_is_told_what_a_key_means() -> None:
    schema = policy_schema()
    assert schema["properties"]["mode"]["description"].startswith("`observe` writes nothing")
    title = schema["$defs"]["Title"]["anyOf"][1]["properties"]
    assert title["max_length"]["description"].startswith("characters")
    tests = schema["$defs"]["Tests"]["anyOf"][1]["properties"]
    assert tests["when"]["description"].startswith("globs")  # as its parent says
    hours = schema["$defs"]["Hours"]["properties"]
    assert hours["from"]["description"] == "start of the working day"
    assert "Attributes" not in schema["$defs"]["Hours"]["description"]


@pytest.mark.parametrize("name", PRESETS)
def test_presets_fit_the_schema(name: PresetName) -> None:
    data = {"version": 1, **plain(preset(name).data)}
    jsonschema.Draft202012Validator(policy_schema()).validate(data)

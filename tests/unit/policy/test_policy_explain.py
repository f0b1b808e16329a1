"""Each value of a Policy, and where it comes from."""

import json
from collections.abc import Mapping
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from os2kb.policy.explain import Explained, explained, plain
from os2kb.policy.layers import Origin, laid_over
from os2kb.policy.load import PolicyFile, ReadPolicy, read_policy
from os2kb.policy.presets import PRESETS

PLACE = "os2demo/.github/.github/os2kb.yml"
ORGANISATION = """\
version: 1
preset: os2display
labels:
  type: {bug: Bug}
  security: It-sikkerhed
guidelines: {rules: {changelog: advise}}
"""
OWN = """\
quiet: false
labels:
  security: null
guidelines:
  rules:
    changelog: required
    title: null
"""


def read(own: str = OWN, organisation: str = ORGANISATION) -> ReadPolicy:
    return read_policy(PolicyFile(own), PolicyFile(organisation, PLACE))


def at(key: str) -> Explained:
    (found,) = [one for one in explained(read()) if ".".join(one.keys) == key]
    return found


def test_a_value_comes_from_the_highest_layer_that_speaks_of_it() -> None:
    assert at("quiet").origin == Origin("repository", ".github/os2kb.yml", 1)
    assert at("labels.type.bug").origin == Origin("organisation", PLACE, 4)
    assert at("guidelines.rules.changelog.level").origin == Origin(
        "repository", ".github/os2kb.yml", 6
    )
    preset = at("language").origin
    assert preset is not None
    assert (preset.layer, preset.path) == ("preset", "presets/os2display.yml")


def test_what_no_layer_speaks_of_is_a_default() -> None:
    mode = at("mode")
    assert (mode.value, mode.origin, mode.removed_at) == ("observe", None, None)


def test_a_default_that_a_null_brought_back_says_so() -> None:
    security = at("labels.security")
    assert (security.value, security.origin) == (None, None)
    assert security.removed_at == Origin("repository", ".github/os2kb.yml", 3)
    title = at("guidelines.rules.title.max_length")
    assert (title.value, title.origin) == (None, None)
    assert title.removed_at == Origin("repository", ".github/os2kb.yml", 7)


def test_without_a_file_everything_is_a_default() -> None:
    assert all(one.origin is None for one in explained(read_policy(None, None)))


def put(data: dict[str, Any], keys: tuple[str, ...], value: object) -> None:
    for key in keys[:-1]:
        data = data.setdefault(key, {})
    data[keys[-1]] = value


LEVEL = st.sampled_from(["off", "advise", "required"])
FILES: st.SearchStrategy[Mapping[str, Any]] = st.fixed_dictionaries(
    {"version": st.just(1)},
    optional={
        "mode": st.sampled_from(["observe", "act"]) | st.none(),
        "preset": st.sampled_from(PRESETS) | st.none(),
        "labels": st.none()
        | st.fixed_dictionaries(
            {},
            optional={
                "type": st.none()
                | st.dictionaries(
                    st.sampled_from(["bug", "question"]), st.none() | st.sampled_from(["a", "b.c"])
                ),
                "security": st.none() | st.just("Sikkerhed"),
            },
        ),
        "guidelines": st.none()
        | st.fixed_dictionaries(
            {},
            optional={
                "rules": st.dictionaries(
                    st.sampled_from(["changelog", "linked-issue", "security-report"]),
                    LEVEL | st.none() | st.fixed_dictionaries({}, optional={"level": LEVEL}),
                )
            },
        ),
        "people": st.none()
        | st.fixed_dictionaries(
            {},
            optional={
                "organisations": st.dictionaries(
                    st.sampled_from(["Aarhus Kommune", "A.B", "Leverandør A/S"]),
                    st.none() | st.lists(st.just("kim"), max_size=2),
                )
            },
        ),
    },
)


@given(FILES, FILES)
def test_the_values_are_those_of_the_policy_in_force_and_stand_where_it_says(
    own: Mapping[str, Any], organisation: Mapping[str, Any]
) -> None:
    files = {"repository": own, "organisation": organisation}
    made = read(json.dumps(own), json.dumps(organisation))
    rebuilt: dict[str, Any] = {}
    for one in explained(made):
        put(rebuilt, one.keys, one.value)
        if one.origin and one.origin.layer in files:
            assert value_at(files[one.origin.layer], one.keys) == one.value
    assert rebuilt == plain(made)


def value_at(data: Any, keys: tuple[str, ...]) -> object:
    """What a file says of a value; a rule's level may stand in its short form.

    A `null` in a map is what the map does not hold.
    """
    for key in keys:
        if key == "level" and isinstance(data, str):
            return data
        data = data[key]
    return laid_over({}, data) if isinstance(data, dict) else data

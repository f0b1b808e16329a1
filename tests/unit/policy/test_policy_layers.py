"""A repository's Policy over its organisation's over a preset."""

import json
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from os2kb.policy.explain import explained
from os2kb.policy.grants import Grant
from os2kb.policy.layers import laid_over
from os2kb.policy.load import PolicyFile, check_policy, load_policy, read_policy
from os2kb.policy.policy import Policy

ORGANISATION = """\
version: 1
language: en
labels:
  type: {bug: Bug, question: Spørgsmål}
  security: It-sikkerhed
guidelines:
  rules:
    title: {level: advise, max_length: 69}
    branch-name: {level: required, patterns: ["feature/*", "hotfix/*"]}
commands: {label: triage}
"""
PLACE = "os2demo/.github/.github/os2kb.yml"
SHARED = PolicyFile(ORGANISATION, PLACE)


def over(text: str, organisation: str = ORGANISATION) -> Policy:
    return load_policy(text, organisation=PolicyFile(organisation, PLACE))


def told(text: str, organisation: str = ORGANISATION) -> list[tuple[str, int | None, str]]:
    problems = check_policy(text, "own", organisation=PolicyFile(organisation, PLACE))
    return [(one.path, one.line, one.message.en) for one in problems]


def test_without_a_file_of_its_own_a_repository_has_its_organisations() -> None:
    policy = read_policy(None, SHARED).policy
    assert policy == load_policy(ORGANISATION)
    assert read_policy(None, None).policy == Policy(version=1)


def test_maps_merge_key_by_key() -> None:
    labels = over("labels: {type: {bug: fejl}, status: {blocked: venter}}").labels
    assert labels.type == {"bug": "fejl", "question": "Spørgsmål"}
    assert labels.status == {"blocked": "venter"}
    assert labels.security == "It-sikkerhed"


def test_lists_and_single_values_replace() -> None:
    policy = over("language: da\nguidelines: {rules: {branch-name: {patterns: ['issue/*']}}}")
    assert policy.language == "da"
    assert policy.guidelines.rules.branch_name.patterns == ("issue/*",)
    assert policy.guidelines.rules.branch_name.level == "required"


def test_a_bare_level_replaces_the_level_alone() -> None:
    title = over("guidelines: {rules: {title: required}}").guidelines.rules.title
    assert (title.level, title.max_length) == ("required", 69)


@pytest.mark.parametrize(
    ("text", "place", "value"),
    [
        ("language: null", "language", "da"),
        ("language: ~", "language", "da"),
        ("language:", "language", "da"),
        ("labels: null", "labels.security", None),
        ("labels: null", "labels.type", {}),
        ("labels: {security: null}", "labels.type", {"bug": "Bug", "question": "Spørgsmål"}),
        ("labels: {type: {bug: null}}", "labels.type", {"question": "Spørgsmål"}),
        ("guidelines: {rules: {title: null}}", "guidelines.rules.title.level", "off"),
        (
            "guidelines: {rules: {title: {max_length: null}}}",
            "guidelines.rules.title.level",
            "advise",
        ),
        ("guidelines: null", "guidelines.rules.branch_name.level", "off"),
        ("commands: {label: null}", "commands.label", ("triage",)),
    ],
)
def test_null_takes_out_what_lies_below(text: str, place: str, value: object) -> None:
    found: Any = over(text)
    for name in place.split("."):
        found = getattr(found, name)
    assert found == value


def test_null_in_a_file_that_stands_alone_leaves_the_default() -> None:
    assert load_policy("version: 1\nlabels:\nescalation: null\n") == Policy(version=1)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("version: 1\nlables: null", "Unknown key `lables`"),
        ("version: 1\nlabels: {type: {bugs: null}}", "Unknown key `bugs`"),
        ("version: null", "`version` is missing"),
        ("version: 1\nknowledge: {sources: [null]}", "`knowledge.sources` no. 1 must be"),
        ("version: 1\njira: {project: null}", "`jira.project` is missing"),
    ],
)
def test_null_is_no_way_around_a_mistake(text: str, said: str) -> None:
    assert any(said in one.message.en for one in check_policy(text))


def test_the_version_stands_in_one_of_the_files() -> None:
    assert over("mode: act").mode == "act"
    assert over("version: 1", "mode: act").mode == "act"
    assert told("mode: act", "quiet: false") == [
        ("own", 1, "`version` is missing; write `version: 1`."),
    ]


def test_each_file_answers_for_its_own_mistakes() -> None:
    found = told("version: 1\nlables: {}\nquiet: nej\n", "version: 1\n\nmode: on\n")
    assert [(path, line) for path, line, _ in found] == [(PLACE, 3), ("own", 2), ("own", 3)]


def test_a_mistake_below_is_told_also_where_it_is_covered() -> None:
    assert told("quiet: true", "version: 1\nquiet: nej") == [
        (PLACE, 2, "`quiet` must be true or false.")
    ]


def test_both_files_are_read_before_anything_is_told() -> None:
    found = told("version: 1\n\tmode: act", "version: &v 1")
    assert [(path, line) for path, line, _ in found] == [(PLACE, 1), ("own", 2)]


def test_what_only_the_two_together_get_wrong_is_placed_where_it_was_said_last() -> None:
    below = "version: 1\nescalation:\n  hours: {from: '10:00'}\n"
    above = "quiet: true\nescalation:\n  severities: {a: {criteria: x}}\n  hours: {to: '09:00'}\n"
    found = told(above + "  ladder: [{name: a, notify: ['@kim']}]\n", below)
    assert found == [("own", 4, "`escalation.hours`: `from` must come before `to`.")]


def test_a_section_may_be_begun_below_and_finished_above() -> None:
    below = "version: 1\ndecisions: {format: adr}"
    assert told("decisions: {repository: os2demo/os2demo}", below) == []
    (lacking,) = told("quiet: true", below)
    assert lacking == (PLACE, 2, "`decisions.repository` is missing; write it in.")


def test_what_a_product_was_not_given_is_placed_in_the_file_that_names_it() -> None:
    (problem,) = check_policy(
        "quiet: true",
        grant=Grant("os2demo"),
        organisation=PolicyFile("version: 1\njira:\n  project: MO", PLACE),
    )
    assert (problem.path, problem.line) == (PLACE, 3)


def test_classes_and_rungs_keep_the_order_of_the_layer_below() -> None:
    below = """\
version: 1
escalation:
  severities: {kritisk: {criteria: x, fix: 1d}, mindre: {criteria: y}}
  ladder: [{name: a, notify: ["@kim"]}]
"""
    above = "escalation: {severities: {ny: {criteria: z}, mindre: {fix: 9d}}}"
    escalation = over(above, below).escalation
    assert escalation is not None
    assert list(escalation.severities) == ["kritisk", "mindre", "ny"]
    assert escalation.severities["mindre"].criteria == "y"
    assert escalation.severities["mindre"].fix == "9d"


def test_quotes_around_a_key_hide_no_second_one() -> None:
    (twice,) = check_policy("version: 1\nquiet: true\n' quiet': false")
    assert twice.line == 3


@pytest.mark.parametrize("bomb", ["[" * 30_000, "a: &a [x]\nb: [*a, *a]\n", "x" * 70_000])
@pytest.mark.timeout(30)
def test_a_bomb_in_the_organisations_file_names_that_file(bomb: str) -> None:
    assert {path for path, _, _ in told("version: 1", bomb)} == {PLACE}


KEYS = st.sampled_from(["a", "b", "c"])
VALUES = st.integers(0, 3) | st.tuples(st.integers(0, 3))
WHOLE = st.recursive(
    VALUES, lambda inner: st.dictionaries(KEYS, inner, max_size=3), max_leaves=8
).filter(lambda value: isinstance(value, dict))
SAME_SHAPE = st.fixed_dictionaries(
    {},
    optional={
        "one": VALUES,
        "two": st.dictionaries(KEYS, VALUES),
        "three": st.dictionaries(KEYS, st.dictionaries(KEYS, VALUES)),
    },
)
WITH_NULLS = st.recursive(
    VALUES | st.none(), lambda inner: st.dictionaries(KEYS, inner, max_size=3), max_leaves=8
).filter(lambda value: isinstance(value, dict))


@given(SAME_SHAPE, SAME_SHAPE, SAME_SHAPE)
def test_files_of_one_shape_may_be_laid_together_in_any_grouping(
    one: Mapping[str, Any], two: Mapping[str, Any], three: Mapping[str, Any]
) -> None:
    assert laid_over(laid_over(one, two), three) == laid_over(one, laid_over(two, three))


@given(WHOLE)
def test_a_layer_over_itself_or_over_nothing_is_itself(one: Mapping[str, Any]) -> None:
    assert laid_over(one, one) == laid_over({}, one) == laid_over(one, {}) == one


@given(WITH_NULLS, WITH_NULLS)
def test_no_null_is_left_and_what_was_laid_on_top_stands(
    below: Mapping[str, Any], above: Mapping[str, Any]
) -> None:
    together = laid_over(laid_over({}, below), above)
    assert "None" not in repr(together)
    assert laid_over(together, above) == together


ANY_KEY = st.sampled_from(
    [
        *("version", "preset", "mode", "labels", "type", "bug", "security", "guidelines", "rules"),
        *("title", "level", "patterns", "branch-name", "escalation", "hours", "from", "to"),
        *("ladder", "severities", "jira", "project", "people", "organisations", "commands", "x"),
    ]
)
ANY_VALUE = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-1, 99)
    | st.sampled_from(["os2display", "off", "advise", "observe", "@kim", "08:00", "\u202eæ🎉", ""]),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(ANY_KEY, inner, max_size=4),
    max_leaves=10,
)


@given(st.dictionaries(ANY_KEY, ANY_VALUE), st.dictionaries(ANY_KEY, ANY_VALUE))
def test_any_two_files_make_a_policy_or_problems_each_placed_in_a_file(
    own: Mapping[str, Any], organisation: Mapping[str, Any]
) -> None:
    shared, grant = PolicyFile(json.dumps(organisation), PLACE), Grant("os2demo")
    problems = check_policy(json.dumps(own), "own", grant, shared)
    for problem in problems:
        assert (problem.path in ("own", PLACE), problem.line) == (True, 1)
        assert problem.message.da
        assert problem.message.en
    assert problems or explained(read_policy(PolicyFile(json.dumps(own)), shared, grant))

"""The presets: each a Policy to start from, that says where it has its rules from."""

import re
from importlib import resources
from typing import get_args

import pytest

from os2kb.policy import presets
from os2kb.policy.load import load_policy
from os2kb.policy.policy import Policy
from os2kb.policy.presets import PRESETS, PresetName, preset

EACH = pytest.mark.parametrize("name", PRESETS)


def text(name: str) -> str:
    return resources.files(presets).joinpath(f"{name}.yml").read_text("utf-8")


def started(name: str) -> Policy:
    return load_policy(f"version: 1\npreset: {name}\n")


def test_every_file_is_a_preset_and_every_preset_a_file() -> None:
    files = {file.name for file in resources.files(presets).iterdir()}
    assert {f"{name}.yml" for name in PRESETS} == {one for one in files if one.endswith(".yml")}
    assert get_args(PresetName) == PRESETS


@EACH
def test_one_line_starts_a_product(name: str) -> None:
    policy = started(name)
    assert policy.preset == name
    assert policy.guidelines.rules != Policy(version=1).guidelines.rules
    assert policy.mode == "observe"  # whether it acts is each repository's own choice


@EACH
def test_a_preset_builds_on_no_other_and_names_no_more_than_it_has_to(name: PresetName) -> None:
    assert set(preset(name).data) <= {"language", "labels", "guidelines"}


@EACH
def test_a_preset_cites_the_guidelines_that_its_rules_come_from(name: PresetName) -> None:
    sources = started(name).guidelines.sources
    assert sources
    for source in sources:
        assert source.repository in text(name)
        told = text(name).count(source.path.rpartition("/")[2])
        assert told > 1, "once to be cited, and once where a comment says what follows from it"


@EACH
def test_every_rule_of_a_preset_says_which_guideline_it_comes_from(name: str) -> None:
    lines = text(name).splitlines()
    rules = [number for number, line in enumerate(lines) if re.match(r"    [a-z-]+:", line)]
    assert rules
    for number in rules:
        comment = []
        while lines[number - 1].lstrip().startswith("#"):
            number -= 1
            comment.insert(0, lines[number])
        assert re.search(r"\.md|[Rr]etningslinjer|Udkast|[Ss]tandarden|[Ss]kabelonen", comment[0])


@EACH
def test_a_repository_changes_what_it_started_from(name: str) -> None:
    policy = load_policy(
        f"version: 1\npreset: {name}\nguidelines: {{rules: {{branch-name: required}}}}"
    )
    begun = started(name).guidelines.rules
    assert policy.guidelines.rules.branch_name.level == "required"
    assert policy.guidelines.rules.branch_name.patterns == begun.branch_name.patterns
    assert policy.guidelines.rules.linked_issue == begun.linked_issue

"""The sample scenarios come out as they say, and show each rule and preset passing and failing."""

from pathlib import Path

import pytest

from os2kb.governance.rules import ALARMS, REGISTRY
from os2kb.policy.load import load_policy
from os2kb.policy.presets import PRESETS
from os2kb.scenarios.play import play
from os2kb.scenarios.read import Loaded, read_scenarios, scenario_files
from os2kb.scenarios.report import mistake, told_miss

SAMPLES = Path(__file__).parents[3] / "samples" / "scenarios"
RULES = {rule.id: rule for rule in REGISTRY}
NEVER_FAIL = {"type-label", "area-label"}  # they know, or do not


def expected(file: Path, rule: str) -> set[str]:
    """The verdicts of a rule that a file's scenarios expect."""
    return {
        str(verdict)
        for one in read_scenarios(file)
        if isinstance(one, Loaded) and (verdict := one.scenario.expect.findings.get(rule))
    }


@pytest.mark.parametrize("file", scenario_files([SAMPLES]), ids=lambda file: file.stem)
def test_every_sample_scenario_comes_out_as_it_says(file: Path):
    wrong = [
        (
            one.name,
            *(told_miss(miss, "en") for miss in one.misses),
            *(mistake(problem, "en") for problem in one.problems),
        )
        for one in map(play, read_scenarios(file))
        if not one.passed
    ]
    assert wrong == []


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_is_shown_passing_and_failing(rule: str):
    """Write samples/scenarios/rules/RULE.yml together with a rule."""
    shown = expected(SAMPLES / "rules" / f"{rule}.yml", rule)
    assert shown >= {"pass", "unknown" if rule in NEVER_FAIL else "fail"}


@pytest.mark.parametrize("name", PRESETS)
def test_every_preset_shows_all_that_it_asks_for_passing_and_failing(name: str):
    asks = {
        rule.id
        for rule in REGISTRY
        if rule.level(load_policy(f"version: 1\npreset: {name}")) != "off"
    }
    file = SAMPLES / "presets" / f"{name}.yml"
    one_sided = {
        rule: shown
        for rule in asks - NEVER_FAIL - ALARMS
        if not (shown := expected(file, rule)) >= {"pass", "fail"}
    }
    assert one_sided == {}

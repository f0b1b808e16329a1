"""The sample scenarios come out as they say."""

from pathlib import Path

import pytest

from os2kb.scenarios.play import play
from os2kb.scenarios.read import read_scenarios, scenario_files
from os2kb.scenarios.report import mistake, told

SAMPLES = Path(__file__).parents[3] / "samples" / "scenarios"


@pytest.mark.parametrize("file", scenario_files([SAMPLES]), ids=lambda file: file.stem)
def test_every_sample_scenario_comes_out_as_it_says(file: Path):
    wrong = [
        (
            one.name,
            *(told(miss, "en") for miss in one.misses),
            *(mistake(p, "en") for p in one.problems),
        )
        for one in map(play, read_scenarios(file))
        if not one.passed
    ]
    assert wrong == []

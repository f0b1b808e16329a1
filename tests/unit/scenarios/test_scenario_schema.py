"""The published schema of scenario files accepts what is played, and refuses what is not."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from typer.testing import CliRunner

from os2kb.cli.commands import app
from os2kb.policy.document import read_document
from os2kb.scenarios.read import Broken, read_scenarios, scenario_files
from os2kb.scenarios.scenario import Scenario
from os2kb.scenarios.schema import scenario_schema
from tests.unit.policy.test_policy_schema import plain
from tests.unit.scenarios.written import EXAMPLE, put

SAMPLES = scenario_files([Path(__file__).parents[3] / "samples" / "scenarios"])


def fits(text: str) -> bool:
    data: Any = plain(read_document(text, "x").data)
    return jsonschema.Draft202012Validator(scenario_schema()).is_valid(data)


def test_it_is_a_schema_and_printed_for_an_editor() -> None:
    jsonschema.Draft202012Validator.check_schema(scenario_schema())
    printed = CliRunner().invoke(app, ["policy", "schema", "--scenario"]).output
    assert json.loads(printed) == scenario_schema()


@pytest.mark.parametrize("file", SAMPLES, ids=lambda file: file.name)
def test_every_sample_fits(file: Path) -> None:
    assert fits(file.read_text("utf-8"))


def test_it_names_every_key_and_what_it_means() -> None:
    described = scenario_schema()["properties"]
    assert set(described) == {*Scenario.model_fields, "cases"}
    assert described["policy"]["description"].startswith("a path from this file")


CASE = "policy: {}\nsubject: {kind: issue}\ncases:\n"


@pytest.mark.parametrize(
    "text",
    [
        EXAMPLE,
        EXAMPLE.replace("base: main", "bsae: main"),
        "policy: {}\n",
        "policy: {}\nexpect: {labels: [x]}\nlables: []\n",
        "policy: {}\nexpect: null\n",
        "policy: {}\nmoments: []\n",
        "policy: {}\nmoments: [{at: 2026-05-13, expect: {rung: 1}}]\n",
        "policy: {}\nmoments: [{at: 2026-05-13, expect: {rung: first}}]\n",
        "policy: {}\nexpect: {findings: {linked-issue: failed}}\n",
        "policy: {}\nexpect: {findings: {linked-isue: fail}}\n",
        "policy: {}\nexpect: {writes: many}\n",
        "policy: {}\npeople: {bo: {role: boss}}\nexpect: {writes: 0}\n",
        f"{CASE}  - expect: {{writes: 0}}\n",
        f"{CASE}  - {{subject: {{kind: null}}, expect: {{writes: 0}}}}\n",
        f"{CASE}  - {{subject: {{kinds: issue}}, expect: {{writes: 0}}}}\n",
        f"{CASE}  - {{name: x, expekt: {{writes: 0}}}}\n",
        "policy: {}\ncases: []\n",
        "policy: {}\ncases: {a: {expect: {writes: 0}}}\n",
    ],
)
def test_schema_and_reader_agree(text: str, tmp_path: Path) -> None:
    read = list(read_scenarios(put(tmp_path, text)))
    assert fits(text) == (not any(isinstance(one, Broken) for one in read))

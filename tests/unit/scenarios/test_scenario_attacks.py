"""Whatever stands in a scenario file, it is played, or its mistakes are told."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from os2kb.policy.schema import schema_of
from os2kb.scenarios.play import play
from os2kb.scenarios.read import Broken, read_scenarios
from os2kb.scenarios.scenario import Scenario
from tests.examples import examples

SCHEMA = schema_of(Scenario)
JUNK: st.SearchStrategy[Any] = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False),
    st.text(max_size=40),
    st.sampled_from(
        [
            "\0",
            "\ud800",
            "\u202e",
            "🌳",
            "-99999w",
            "-9999w",
            "1900-01-01",
            "9999-12-31",
            "0001-01-01",
            "%s{}",
        ]
    ),
    st.lists(st.text(max_size=5), max_size=2),
    st.dictionaries(st.text(max_size=5), st.text(max_size=5), max_size=2),
)
WHOLE = {
    "policy": {"guidelines": {"rules": {"linked-issue": "required"}}},
    "now": "2026-03-02T09:00:00+01:00",
    "subject": {"kind": "pull_request", "title": "Ret fejl", "files": ["src/app.php"]},
    "expect": {"findings": {"linked-issue": "fail"}},
}


def places(keys: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """Every key of a scenario, by its path."""
    found: list[tuple[str | int, ...]] = []
    for name in SCHEMA.allowed_keys(keys):
        found += [(*keys, name), *places((*keys, name))]
    return found


def outcome_of(file: Path, text: str | bytes) -> list[bool]:
    file.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass"))
    return [play(one).passed for one in read_scenarios(file)]


def put(data: dict[str, Any], keys: tuple[str | int, ...], value: Any) -> dict[str, Any]:
    """A copy with a value at a place, and maps on the way to it."""
    key, *rest = keys
    inside = data.get(str(key))
    if rest:
        value = put(inside if isinstance(inside, dict) else {}, tuple(rest), value)
    return {**data, str(key): value}


@examples(300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(keys=st.sampled_from(places()), value=JUNK)
def test_any_value_at_any_key_is_played_or_told(
    keys: tuple[str | int, ...], value: Any, tmp_path: Path
):
    text = yaml.safe_dump(put(WHOLE, keys, value), allow_unicode=False)
    assert len(outcome_of(tmp_path / "x.yml", text)) == 1


@examples(200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.one_of(st.text(), st.binary()))
def test_any_text_is_told_what_is_wrong_with_it(text: str | bytes, tmp_path: Path):
    assert not any(outcome_of(tmp_path / "x.yml", text))


@pytest.mark.parametrize(
    "text",
    [
        "policy: " + "[" * 10_000,
        "a: &a [x]\nb: &b [*a, *a]\n",
        "policy: {}\nsubject: {body: '" + "x" * 300_000 + "'}\nexpect: {writes: 0}\n",
        "policy: {}\r\nexpect: {writes: 0}\r\ncases:\r\n- {}\r\n- 1\r\n",
        "\ufeffpolicy: []\n",
        "policy: ../../../../../../dev/null\nexpect: {writes: 0}\ncases: 1\n",
        "policy: !!python/object/apply:os.system [id]\nexpect: {writes: 0}\n",
    ],
)
def test_hostile_files_are_told_of(text: str, tmp_path: Path):
    assert outcome_of(tmp_path / "x.yml", text) == [False]


def test_texts_of_the_largest_size_are_played(tmp_path: Path):
    data = put(WHOLE, ("subject", "body"), "Æ🌳 <b> @kim #12 " * 2_500)
    (passed,) = outcome_of(tmp_path / "x.yml", yaml.safe_dump(data, allow_unicode=True))
    assert not passed  # it names #12


@pytest.mark.parametrize("moment", ["1999-12-31", "2101-01-01", "0001-01-01", "9999-12-31T23:59Z"])
def test_a_year_that_is_not_of_our_time_is_refused_with_those_that_are(
    tmp_path: Path, moment: str
) -> None:
    file = tmp_path / "s.yml"
    file.write_text(f'policy: {{}}\nnow: "{moment}"\nexpect: {{writes: 0}}\n', "utf-8")
    (broken,) = read_scenarios(file)
    assert isinstance(broken, Broken)
    assert "Årstallet skal ligge fra 2000 til 2100." in broken.problems[0].message.da

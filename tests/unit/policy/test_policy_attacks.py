"""Policy files that mean harm, or are none: a precise message, never a crash."""

import json
import re
from itertools import islice, permutations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from os2kb.policy.document import MAX_BYTES
from os2kb.policy.load import check_policy
from os2kb.policy.validate import MOST_PROBLEMS
from tests.unit.policy.problems import told


@pytest.mark.parametrize(
    "bomb",
    [
        "[" * 30_000,
        "{" * 30_000,
        "version: 1\n" + "? " * 20_000,
        "version: 1\n" + "- " * 20_000,
        "a: &a [x, x]\n" + "".join(f"b{n}: &b{n} [*a, *a]\n" for n in range(500)),
        "version: 1\nx: '" + "\n" * 60_000,
        "version: 1\n" + "".join(f"k{n}: {n}\n" for n in range(5_000)),
        "x" * (MAX_BYTES + 1),
    ],
)
@pytest.mark.timeout(30)
def test_bombs_are_refused(bomb: str) -> None:
    assert told(bomb)


def test_a_message_stays_short_whatever_the_key() -> None:
    key = "k" * 30_000
    for text in (f"version: 1\n? {key}\n: 1\n", f"version: 1\n? {key}\n: 1\n? {key}\n: 2\n"):
        assert all(len(message) < 500 for _, message in told(text))


def test_text_that_is_not_utf8_is_named_by_its_line() -> None:
    assert told(b"version: 1\nproduct: \xe6\xf8\xe5\n")[0] == (
        2,
        "The file is not saved as UTF-8; save it again in that encoding.",
    )


def test_lone_surrogates_are_refused_like_other_bad_bytes() -> None:
    assert "UTF-8" in told("version: 1\nproduct: \ud800\n")[0][1]


@given(st.text(max_size=300))
@example("a: 1e999")
@example("version: 99999999999999999999999")
def test_any_text_is_a_policy_or_a_list_of_problems(text: str) -> None:
    for problem in check_policy(text):
        assert problem.message.da
        assert (
            problem.line is None
            or 1 <= problem.line <= len(re.split("\r\n|[\n\r\x85\u2028\u2029]", text)) + 1
        )


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=8),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(["version", "labels", "type", "rules", "guidelines", "jira", "x"]),
                inner,
                max_size=3,
            )
        ),
        max_leaves=12,
    )
)
def test_any_structure_is_a_policy_or_a_list_of_problems(data: object) -> None:
    for problem in check_policy(json.dumps({"version": 1, "labels": data, "guidelines": data})):
        assert problem.message.en


NAMES = ["".join(letters) for letters in islice(permutations("abcdefgh" * 7, 56), 50)]


@pytest.mark.parametrize(
    ("section", "said"),
    [
        ({"severities": {str(n): {"criteria": "x"} for n in range(21)}}, "1–20 keys"),
        ({"suggest": {str(n): ["x"] for n in range(21)}}, "at most 20 keys"),
        ({"ladder": [{"name": str(n), "notify": ["@bo"]} for n in range(51)]}, "1–50"),
        ({"hours": {"closed": ["12-24"] * 51}}, "at most 50"),
        ({"security": {"notify": ["mailto:a@os2.example"] * 51}}, "1–50"),
    ],
)
def test_a_model_has_an_end(section: object, said: str) -> None:
    (problem,) = check_policy(f"version: 1\nescalation:\n  {json.dumps(section)[1:-1]}\n")
    assert said in problem.message.en
    assert problem.line == 3


@pytest.mark.timeout(30)
def test_classes_that_are_much_like_one_another_do_not_hang() -> None:
    classes = "".join(f"    {name}: {{criteria: x}}\n" for name in NAMES[:20])
    row = ", ".join(f"u{at}: {name}x" for at, name in enumerate(NAMES))
    rows = "".join(f"      i{at}: {{{row}}}\n" for at in range(15))
    labels = "".join(f"    {name}y: x{at}\n" for at, name in enumerate(NAMES))
    matrix = f"  matrix:\n    impact: a\n    urgency: b\n    classes:\n{rows}"
    model = f"escalation:\n  severities:\n{classes}{matrix}"
    text = f"version: 1\n{model}labels:\n  severity:\n{labels}"
    assert len(text) < MAX_BYTES
    assert len(check_policy(text)) == MOST_PROBLEMS

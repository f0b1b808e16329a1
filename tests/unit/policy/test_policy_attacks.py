"""Policy files that mean harm, or are none: a precise message, never a crash."""

import json
import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from os2kb.policy.document import MAX_BYTES
from os2kb.policy.load import check_policy
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

"""Patterns in a Policy cannot be used to stop the bot."""

import pytest

from os2kb.policy.load import check_policy
from os2kb.policy.pattern import found


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (r"^(a+)+$", "a" * 50_000 + "b"),
        (r"^(a|a)*$", "a" * 50_000 + "b"),
        (r"(.*)(.*)(.*)(.*)x$", "a" * 50_000),
    ],
)
@pytest.mark.timeout(30)
def test_a_pattern_that_explodes_elsewhere_does_not_hang(pattern: str, text: str) -> None:
    assert not found(pattern, text)


@pytest.mark.parametrize(
    "pattern", ["(a", "(?=x)", r"(a)\\1", "a{2000}", "((a{100}){100}){100}", "[z-a]"]
)
def test_a_pattern_that_cannot_be_used_is_refused_with_the_cure(pattern: str) -> None:
    text = f'version: 1\nguidelines:\n  rules:\n    title:\n      pattern: "{pattern}"\n'
    (problem,) = check_policy(text)
    assert problem.line == 5
    assert "RE2" in problem.message.da


def test_danish_letters_emoji_and_broken_text_are_searched() -> None:
    assert found(r"^[æøå]+$", "æøå")
    assert found("🎉", "fest 🎉")
    assert found("b", "\ud800b")
    assert not found(r"^\[\d+\]: \S", "Ret fejl")
    assert found(r"^\[\d+\]: \S", "[12]: Ret fejl")

"""title: titles and commits have the product's form."""

import pytest

from os2kb.governance.facts import Account, Commit
from os2kb.governance.rules.pull_request.written.tenses import not_past
from tests.unit.governance.cases import OTHER_BOT, finding, pull, strict, verdict, with_pull


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("[12]: Ret fejl", "pass"),
        ("Ret fejl", "fail"),
        ("[12]: " + "æ" * 63, "pass"),
        ("[12]: " + "æ" * 64, "fail"),
        ("", "fail"),
    ],
)
def test_a_title_has_the_agreed_form(title: str, expected: str) -> None:
    by = strict("title", r", pattern: '^\[\d+\]: \S', max_length: 69")
    assert verdict("title", pull(title=title), by) == expected


def test_a_title_rule_without_demands_says_nothing() -> None:
    assert verdict("title", pull(), strict("title")) == "n/a"


def test_a_bots_title_is_its_own() -> None:
    by = strict("title", ", max_length: 10")
    assert verdict("title", pull(title="Bump everything", author=OTHER_BOT), by) == "n/a"


def test_a_revert_keeps_the_title_github_gives_it() -> None:
    by = strict("title", r", pattern: '^\[\d+\]: \S'")
    assert verdict("title", pull(title='Revert "[12]: Ret fejl"'), by) == "pass"


@pytest.mark.parametrize(
    ("title", "expected"), [("Rettede fejl", "pass"), ("Rettede fejl.", "fail"), ("…", "pass")]
)
def test_a_title_ends_without_a_period_where_the_policy_says_so(title: str, expected: str) -> None:
    assert verdict("title", pull(title=title), strict("title", ", final_period: false")) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Fix the calendar", ("Fix", "Fixed")),
        ("[12]: Adds a feed", ("Adds", "Added")),
        ("#12: tilføjer kalender", ("tilføjer", "tilføjede")),
        ("DISPLAY-7: Ret visning", ("Ret", "Rettede")),
        ("fix(api): update the feed", ("update", "updated")),
        ("  Remove it", ("Remove", "Removed")),
        ("Fixed the calendar", None),
        ("[12]: Rettede visning", None),
        ("Kalenderen viser datoen", None),  # no verb we know stands first
        ("Fixtures for the feed", None),
        ("🎉 Add", None),
        ("", None),
        ("[12]: ", None),
        ("\ud800 Add", None),
    ],
)
def test_a_verb_in_another_tense_is_known_with_its_past(
    line: str, expected: tuple[str, str] | None
) -> None:
    assert not_past(line) == expected


def test_what_was_done_is_told_in_the_past_tense_where_the_policy_says_so() -> None:
    found = finding("title", pull(title="Add feed"), strict("title", ", past_tense: true"))
    assert found.verdict == "fail"
    assert '"Added"' in found.remedy.en


COMMITS = strict("title", r", pattern: '^\[\d+\]: \S', max_length: 69, commits: true")
GOOD = Commit("a" * 40, "[12]: Rettede visning\n\nEn lang forklaring. " + "x" * 100, None)
BAD = Commit("bad1234" + "0" * 33, "wip", None)


@pytest.mark.parametrize(
    ("commits", "expected"),
    [
        ((GOOD,), "pass"),
        ((), "pass"),
        ((GOOD, BAD), "fail"),
        ((GOOD, Commit("c" * 40, "Merge branch 'main' into x", None, parents=2)), "pass"),
        ((GOOD, Commit("d" * 40, "Bump x", Account("renovate[bot]", is_bot=True))), "pass"),
        ((GOOD, Commit("e" * 40, 'Revert "[12]: Rettede visning"', None)), "pass"),
        ((GOOD, Commit("f" * 40, "", None)), "fail"),
        (None, "unknown"),
    ],
)
def test_commits_have_the_form_of_titles_where_the_policy_says_so(
    commits: tuple[Commit, ...] | None, expected: str
) -> None:
    facts = with_pull(pull(title="[12]: Rettede visning"), commits=commits)
    assert verdict("title", facts, COMMITS) == expected


def test_the_commit_at_fault_is_named_and_the_others_counted() -> None:
    facts = with_pull(pull(title="[12]: Ret"), commits=(BAD, GOOD, BAD))
    found = finding("title", facts, COMMITS)
    assert "bad1234 " in found.evidence.da
    assert "1 more" in found.evidence.en


def test_commits_out_of_sight_are_not_called_right() -> None:
    facts = with_pull(pull(title="[12]: Ret"), commits=(GOOD,), commits_cut=True)
    assert verdict("title", facts, COMMITS) == "unknown"

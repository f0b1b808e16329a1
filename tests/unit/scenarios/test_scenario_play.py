"""A scenario is decided by the code that governs real ones, and held against what it expects."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from os2kb.scenarios.moments import before, moment_of
from tests.unit.scenarios.written import EXAMPLE, misses, played

NAMED = "{kind: pull_request, body: 'Løser #12'}"


def test_the_example_of_the_documents_comes_out_as_it_says(tmp_path: Path):
    (outcome,) = played(tmp_path)
    assert outcome.misses == ()
    assert outcome.passed
    assert outcome.labels == ("mangler issue",)


def test_a_miss_says_what_was_expected_what_came_and_why(tmp_path: Path):
    (outcome,) = played(tmp_path, EXAMPLE.replace("linked-issue: fail", "linked-issue: pass"))
    (miss,) = outcome.misses
    assert (miss.what, miss.expected, miss.found) == ("linked-issue", "pass", "fail")
    assert miss.why.en == "Neither title, description nor branch names an issue."


def test_a_miss_of_words_shows_what_is_written_instead(tmp_path: Path):
    asked = "{comments: [/os2 help]}"
    text = f"policy: {{}}\nsubject: {asked}\nexpect: {{says: [pingvin], not_says: [/os2 why]}}\n"
    (outcome,) = played(tmp_path, text)
    lacking, unwanted = outcome.misses
    assert lacking.why.da.startswith("Du kan skrive disse kommandoer")
    assert "/os2 why" in unwanted.why.da
    assert "<!--" not in lacking.why.da


@pytest.mark.parametrize(
    ("expect", "subject", "missed"),
    [
        ("{labels: [mangler issue]}", "{kind: pull_request}", []),
        ("{labels: [needs-issue]}", "{kind: pull_request}", []),
        ("{labels: [status.needs-issue]}", "{kind: pull_request}", []),
        ("{labels: [needs-issue]}", NAMED, ["labels needs-issue –"]),
        ("{not_labels: [needs-issue]}", NAMED, []),
        (
            "{not_labels: [needs-issue]}",
            "{kind: pull_request}",
            ["not_labels not needs-issue mangler issue"],
        ),
        ("{labels: [haster]}", "{labels: [Haster]}", []),
        ("{findings: {linked-issue: 'off'}}", "{kind: issue}", []),
        ("{findings: {linked-issue: 'off'}}", NAMED, ["linked-issue off pass"]),
        ("{comments: [status]}", "{kind: pull_request}", []),
        ("{comments: [status]}", "{kind: issue}", ["comments status –"]),
        ("{not_comments: [status]}", "{kind: pull_request}", ["not_comments not status status"]),
        ("{comments: [reply]}", "{comments: [/os2 help]}", []),
        ("{says: [/os2 why]}", "{comments: [/os2 help]}", []),
        ("{says: [pingvin]}", "{comments: [/os2 help]}", ["says pingvin reply:1"]),
        ("{not_says: [pingvin]}", "{comments: [/os2 help]}", []),
        ("{writes: 0}", "{kind: issue}", []),
        ("{writes: 3}", "{kind: issue}", ["writes 3 0: –"]),
        (
            "{writes: 0}",
            "{kind: pull_request, body: 'Løser #12', files: [CHANGELOG.md]}",
            ["writes 0 1: check:os2kb / guidelines"],  # of the commit, which nobody named, nothing
        ),
        (
            "{checks: {os2kb / policy: success}}",
            "{kind: issue}",
            ["check os2kb / policy success –"],
        ),
    ],
)
def test_what_can_be_expected(expect: str, subject: str, missed: list[str], tmp_path: Path):
    assert misses(tmp_path, expect, subject) == missed


def test_a_policy_that_only_observes_is_tried_as_if_it_acted_unless_asked_otherwise(
    tmp_path: Path,
):
    observing = EXAMPLE.replace("now:", "mode: observe\nnow:")
    (outcome,) = played(tmp_path, observing)
    assert [miss.what for miss in outcome.misses] == ["labels"]


@pytest.mark.parametrize(
    ("files", "verdict"),
    [
        ("[CHANGELOG.md]", "pass"),
        ("[src/app.php]", "fail"),
        ("[{path: CHANGELOG.md, patch: '+- [#7](…)'}]", "pass"),
        ('[{path: CHANGELOG.md, patch: "@@ -9 +9,2 @@ ## [1.0.0]\\n x\\n+- y"}]', "fail"),
    ],
)
def test_a_patch_without_its_header_stands_under_unreleased(
    files: str, verdict: str, tmp_path: Path
):
    subject = f"{{kind: pull_request, files: {files}}}"
    assert misses(tmp_path, f"{{findings: {{changelog: {verdict}}}}}", subject) == []


def test_what_a_person_took_off_stays_off_and_what_is_ours_comes_off(tmp_path: Path):
    ours = (
        "policy: ../os2kb.yml\n"
        "subject: {kind: pull_request, body: 'Løser #12', labels: [mangler issue]}\n"
        "history: [{by: 'os2kb[bot]', added: mangler issue, at: -2d}]\n"
        "expect: {not_labels: [needs-issue]}\n"
    )
    theirs = (
        "policy: ../os2kb.yml\n"
        "subject: {kind: pull_request}\n"
        "history: [{by: 'os2kb[bot]', added: mangler issue, at: -2d},"
        " {by: kim, removed: mangler issue, at: -1d}]\n"
        "expect: {not_labels: [needs-issue], findings: {linked-issue: fail}}\n"
    )
    assert [one.passed for text in (ours, theirs) for one in played(tmp_path, text)] == [True, True]


@given(st.integers(1, 500), st.sampled_from(["minutes", "hours", "days", "weeks"]))
def test_a_time_before_now_is_counted_from_it(count: int, unit: str):
    now = moment_of("2026-03-02T09:00:00+01:00")
    written = before(f"-{count}{unit[0]}", now)
    seconds = {"minutes": 60, "hours": 3600, "days": 86400, "weeks": 604800}[unit] * count
    assert (now - written).total_seconds() == seconds


def test_a_moment_without_a_zone_is_danish_time():
    assert moment_of("2026-03-02T09:00") == moment_of("2026-03-02T09:00:00+01:00")
    assert moment_of("2026-07-01") == moment_of("2026-07-01T00:00:00+02:00")

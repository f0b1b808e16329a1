from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from os2kb.subjects import Subject
from webhooks.deliveries.github_hints import Hint, Ignored, read_hints

REPOSITORY = {"id": 7, "full_name": "os2display/api"}
NOBODY: frozenset[str] = frozenset()


def issue(**more: Any) -> dict[str, Any]:
    return {
        "action": "opened",
        "issue": {"number": 42, "updated_at": "2026-03-02T08:00:00Z"},
        "repository": REPOSITORY,
        "sender": {"login": "ida"},
    } | more


def test_an_issue_is_named_by_the_repositorys_number_and_its_own():
    hints = read_hints("issues", issue(), NOBODY)
    assert hints == (
        Hint(Subject(7, 42, "os2display/api"), floor=datetime(2026, 3, 2, 8, tzinfo=UTC)),
    )


def test_a_comment_is_about_its_issue():
    (hint,) = read_hints("issue_comment", issue(comment={"user": {"type": "User"}}), NOBODY)
    assert hint.subject.key == "github:7#42"


def check(
    action: str = "completed", slug: str = "ci", sender: str = "ida", **more: Any
) -> dict[str, Any]:
    pulls = [{"number": 9, "base": {"repo": {"id": 8}}}, {"number": 5, "base": {"repo": {"id": 7}}}]
    run = {"app": {"slug": slug}, "pull_requests": pulls} | more
    return {
        "action": action,
        "check_run": run,
        "check_suite": run,
        "repository": REPOSITORY,
        "sender": {"login": sender},
    }


def test_a_check_that_finished_is_about_the_pull_request_into_this_repository():
    hints = read_hints("check_run", check(), NOBODY)
    assert hints == (Hint(Subject(7, 5, "os2display/api"), floor=None),)


@pytest.mark.parametrize("event", ["check_run", "check_suite"])
def test_a_check_is_about_every_pull_request_of_its_commit_once(event: str):
    here = {"repo": {"id": 7}}
    pulls = [{"number": number, "base": here} for number in (5, 6, 5, "7", 0)]
    payload = check("rerequested", slug="os2kb", pull_requests=pulls)
    hints = read_hints(event, payload, frozenset({"os2kb[bot]"}))
    assert hints == tuple(Hint(Subject(7, number, "os2display/api"), None) for number in (5, 6))


@pytest.mark.parametrize("event", ["check_run", "check_suite"])
def test_our_own_check_is_looked_at_when_a_person_asks_for_it_again(event: str):
    hints = read_hints(event, check("rerequested", slug="os2kb"), frozenset({"os2kb[bot]"}))
    assert hints == (Hint(Subject(7, 5, "os2display/api"), floor=None),)


def test_a_review_is_about_its_pull_request():
    payload = issue(pull_request={"number": 5, "updated_at": "2026-03-02T08:00:00Z"})
    for event in ("pull_request_review", "pull_request_review_thread"):
        (hint,) = read_hints(event, payload, NOBODY)
        assert hint.subject.number == 5


@pytest.mark.parametrize(
    ("event", "payload", "why"),
    [
        ("ping", {"zen": "…"}, "depends on the event"),
        ("star", issue(), "depends on the event"),
        ("issues", issue(action="deleted"), "no longer in this repository"),
        ("issues", issue(action="transferred"), "no longer in this repository"),
        ("issues", issue(sender={"login": "OS2KB[bot]"}), "our own doing"),
        ("issue_comment", issue(comment={"user": {"type": "Bot"}}), "by a bot"),
        ("check_run", check("created"), "not finished"),
        ("check_run", check(slug="OS2KB"), "our own doing"),
        ("check_run", check("rerequested", sender="OS2KB[bot]"), "our own doing"),
        ("check_suite", check(), "check by check"),
        ("check_suite", check("requested"), "check by check"),
        ("check_run", check(pull_requests=[]), "names no"),  # of a fork's branch
        ("check_run", check(pull_requests=[None, {"number": 1}, {"base": []}]), "names no"),
        ("issues", issue(issue=None), "names no"),
        ("issues", issue(issue={"number": "42"}), "names no"),
        ("issues", issue(issue={"number": 0}), "names no"),
        ("issues", issue(issue={"number": 2**80}), "names no"),
        ("issues", issue(repository={"id": 2**70, "full_name": "a/b"}), "names no"),
        ("issues", issue(repository={"id": 7, "full_name": "../../etc"}), "names no"),
        ("issues", issue(repository={"id": 7, "full_name": "a/.."}), "names no"),
        ("issues", issue(repository={"id": 7, "full_name": "a/b\0"}), "names no"),
        ("issues", issue(repository={"id": 7, "full_name": "a/\ud800"}), "names no"),
    ],
)
def test_what_changes_nothing_we_govern_is_ignored_with_the_reason(
    event: str, payload: dict[str, Any], why: str
):
    ignored = read_hints(event, payload, frozenset({"os2kb[bot]"}))
    assert isinstance(ignored, Ignored)
    assert why in ignored.reason


@pytest.mark.parametrize("moment", [None, 12, "yesterday", "2026-03-02T08:00:00"])
def test_a_moment_that_cannot_be_read_is_no_floor(moment: object):
    (hint,) = read_hints("issues", issue(issue={"number": 42, "updated_at": moment}), NOBODY)
    assert hint.floor is None


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=4,
)


@given(
    st.sampled_from(["issues", "issue_comment", "pull_request", "check_run", "push"]),
    st.dictionaries(
        st.sampled_from(
            ["action", "issue", "pull_request", "check_run", "repository", "sender", "comment"]
        ),
        JSON,
    ),
)
def test_no_signed_body_can_make_it_fail(event: str, payload: dict[str, Any]):
    assert isinstance(read_hints(event, payload, NOBODY), tuple | Ignored)

"""Which deliveries tell of a change in a source."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.passages import Source
from os2kb.knowledge.named.named import Named
from os2kb.knowledge.sources.followed import Followed, followed, tells_of_named
from os2kb.products.remote import Remote

WEB = "https://github.com"
FAQ = Remote(Source("faq", ""), "issues", "OS2demo/os2demo", label="Spørgsmål")
TALK = Remote(Source("talk", ""), "discussions", "os2demo/snak")


def reading(address: str, branch: str = "", *remotes: Remote) -> Followed:
    return followed([Source("docs", address, branch=branch)], remotes, WEB)


def push(repository: str = "os2demo/docs", branch: str = "main") -> dict[str, Any]:
    about = {"full_name": repository, "default_branch": "main"}
    return {"ref": f"refs/heads/{branch}", "repository": about}


def issue(*labels: str, repository: str = "os2demo/os2demo", action: str = "edited") -> Any:
    about = {"labels": [{"name": label} for label in labels]}
    return {"action": action, "issue": about, "repository": {"full_name": repository}}


@pytest.mark.parametrize(
    "address",
    [
        "https://github.com/OS2demo/docs.git",
        "https://github.com/os2demo/docs",
        "https://x:token@github.com/os2demo/docs.git",
        "ssh://git@github.com/os2demo/docs.git",
        "git@github.com:os2demo/docs.git",
    ],
)
def test_a_push_is_known_by_its_repository_however_its_address_is_written(address: str):
    assert reading(address).touched_by("push", push())
    assert reading(address).touched_by("push", push("OS2DEMO/docs"))
    assert not reading(address).touched_by("push", push("os2demo/andet"))


@pytest.mark.parametrize(
    "address",
    ["https://gitlab.example.org/os2demo/docs.git", "/srv/os2demo/docs", "file:///os2demo/docs"],
)
def test_a_repository_elsewhere_is_told_of_by_nobody(address: str):
    assert not reading(address).touched_by("push", push())


def test_only_the_branch_that_is_read_counts():
    default, other = (
        reading("https://github.com/os2demo/docs"),
        reading("https://github.com/os2demo/docs", "udgave/2"),
    )
    marked = reading("https://github.com/os2demo/docs#udgave/2")
    assert not default.touched_by("push", push(branch="udgave/2"))
    assert not other.touched_by("push", push())
    assert other.touched_by("push", push(branch="udgave/2"))
    assert marked.touched_by("push", push(branch="udgave/2"))
    assert not default.touched_by("push", push() | {"ref": "refs/tags/main"})


def test_an_issue_counts_while_it_has_the_label_and_when_it_may_have_lost_it():
    follows = followed([], [FAQ], WEB)
    assert follows.touched_by("issues", issue("bug", "spørgsmål"))
    assert follows.touched_by("issue_comment", issue("Spørgsmål"))
    assert not follows.touched_by("issues", issue("bug"))
    assert follows.touched_by("issues", issue(action="unlabeled"))
    assert follows.touched_by("issues", issue(action="deleted"))
    assert not follows.touched_by("issues", issue("Spørgsmål", repository="os2demo/docs"))
    assert not follows.touched_by("push", push("os2demo/os2demo"))


def test_a_discussion_counts_and_an_issue_beside_it_does_not():
    follows = followed([], [TALK], WEB)
    about = {"repository": {"full_name": "os2demo/snak"}, "action": "answered"}
    assert follows.touched_by("discussion", about)
    assert follows.touched_by("discussion_comment", about)
    assert not follows.touched_by("issues", issue(repository="os2demo/snak"))


def test_a_repository_that_changes_itself_counts_where_it_is_read():
    about = {"repository": {"full_name": "os2demo/os2demo"}, "action": "privatized"}
    assert followed([], [FAQ], WEB).touched_by("repository", about)
    read = {"repository": {"full_name": "os2demo/docs"}, "action": "privatized"}
    assert reading("https://github.com/os2demo/docs.git").touched_by("repository", read)
    assert not reading("https://github.com/os2demo/docs.git").touched_by("repository", about)


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner),
    max_leaves=8,
)
_KEYS = st.sampled_from(["repository", "ref", "issue", "discussion", "action", "labels"])


@given(st.sampled_from(["push", "issues", "discussion", "x"]), st.dictionaries(_KEYS, _JSON))
def test_no_payload_is_too_strange(event: str, payload: dict[str, Any]):
    follows = reading("https://github.com/os2demo/docs", "", FAQ, TALK)
    assert not follows.touched_by(event, payload)
    named = payload | {"repository": {"full_name": "os2demo/os2demo"}}
    assert follows.touched_by(event, named) in (True, False)


@pytest.mark.parametrize(
    ("event", "payload", "tells"),
    [
        ("push", push(), True),
        ("push", push("OS2DEMO/Docs"), True),
        ("push", push(branch="udgave/2"), False),
        ("push", push("os2demo/andet"), False),
        ("push", push("os2demo/andet") | {"commits": [{"added": [".github/os2kb.yml"]}]}, True),
        ("push", push("os2demo/andet") | {"commits": [{"removed": ["README.md"]}]}, False),
        (
            "push",
            push("os2demo/andet") | {"commits": [None, {"added": 7}, {"modified": None}]},
            False,
        ),
        ("push", push("os2demo/andet") | {"commits": "?"}, False),
        ("repository", push(), True),
        ("issues", push(), False),
        ("push", {}, False),
    ],
)
def test_a_push_to_what_a_policy_names_and_one_to_a_policy_refresh(
    event: str, payload: dict[str, Any], *, tells: bool
):
    named = [Named("os2demo/docs", "docs", "os2demo", "public")]
    assert tells_of_named(event, payload, named) is tells

"""Comments are copied once, kept up to date, and never fought over."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from os2kb.backlog.comments import Comment, Copy, merge_comments


def come_of(*comments: Comment, copies=None, direction="both", public=True):
    done = merge_comments(comments, copies or {}, direction, public=public)
    return [(one.comment.id, one.outcome, one.text) for one in done]


HERE = Comment("github", "1", "nyt")
THERE = Comment("jira", "9", "nyt")
COPIED = {"github": (Copy("1", "9", "før"),)}


@pytest.mark.parametrize(
    ("comment", "direction", "public", "outcome"),
    [
        (HERE, "github-to-jira", False, "created"),
        (HERE, "jira-to-github", True, "not-its-way"),
        (HERE, "both", False, "created"),
        (THERE, "jira-to-github", True, "created"),
        (THERE, "both", False, "not-public"),
        (THERE, "github-to-jira", True, "not-its-way"),
        (Comment("jira", "9", "x", open=False), "both", True, "not-public"),
        (Comment("jira", "9", "x", held=True), "both", True, "held"),
        (Comment("github", "1", "x", held=True), "both", True, "held"),
        (Comment("github", "1", ""), "both", True, "same"),
    ],
)
def test_a_new_comment(comment, direction, public, outcome) -> None:
    ((_, found, text),) = come_of(comment, direction=direction, public=public)
    assert (found, text) == (outcome, comment.text if outcome == "created" else "")


@pytest.mark.parametrize(
    ("source", "copied", "outcome", "text"),
    [
        ("før", "før", "same", ""),
        ("nyt", "før", "updated", "nyt"),
        ("nyt", "nyt", "same", ""),
        ("før", "rettet", "same", ""),
        ("nyt", "rettet", "conflict", ""),
        ("", "før", "same", ""),
    ],
)
def test_a_comment_that_has_a_copy(source, copied, outcome, text) -> None:
    pair = (Comment("github", "1", source), Comment("jira", "9", copied, ours=True))
    assert come_of(*pair, copies=COPIED) == [("1", outcome, text)]


def test_a_copy_that_was_deleted_is_not_made_again() -> None:
    assert come_of(HERE, copies=COPIED) == [("1", "gone", "")]


def test_what_the_bot_wrote_is_never_copied() -> None:
    assert (
        come_of(Comment("github", "1", "x", ours=True), Comment("jira", "2", "y", ours=True)) == []
    )


TEXT = st.sampled_from(("", "a", "b"))
COMMENT = st.builds(
    Comment,
    st.sampled_from(("github", "jira")),
    st.sampled_from("123"),
    TEXT,
    st.just(False),
    st.booleans(),
    st.booleans(),
)


@given(
    st.lists(COMMENT, max_size=5, unique_by=lambda one: (one.side, one.id)).map(tuple),
    st.sampled_from(("github-to-jira", "jira-to-github", "both", "off")),
    st.booleans(),
)
def test_once_copied_nothing_more_is_written(comments, direction, public) -> None:
    done = merge_comments(comments, {}, direction, public=public)
    made = [one for one in done if one.outcome == "created"]
    assert not any(one.comment.held for one in made)
    assert not any(one.comment.side == "jira" and not (public and one.comment.open) for one in made)
    copies = {
        side: tuple(
            Copy(one.comment.id, f"copy-{one.comment.id}", one.text)
            for one in made
            if one.comment.side == side
        )
        for side in ("github", "jira")
    }
    written = tuple(
        Comment(
            "jira" if one.comment.side == "github" else "github",
            f"copy-{one.comment.id}",
            one.text,
            ours=True,
        )
        for one in made
    )
    again = merge_comments((*comments, *written), copies, direction, public=public)
    assert not [one for one in again if one.text]

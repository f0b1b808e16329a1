"""What we write of an issue on GitHub is there once, and only what is ours is changed."""

from collections.abc import Iterator

import httpx
import pytest

from os2kb.demo.github import GitHub as DemoGitHub
from os2kb.forges.github.adapter import GitHub
from os2kb.forges.port import Rejected, Unavailable
from os2kb.governance.actions import Annotation, SetCheck
from os2kb.governance.facts import Repository
from tests.contract.stage import Stage
from tests.contract.traffic import requests, trouble

API = "os2display/api"
SEED = """
people: [ida, kim]
repositories:
  os2display/api:
    id: 101
    labels: {Bug: d73a4a}
    collaborators: {kim: maintain}
    files: {README.md: "# API"}
    issues: [{title: Fejl, by: ida, body: "x"}]
"""


@pytest.fixture
def demo(stage: Stage) -> Iterator[DemoGitHub]:
    with stage.planted(SEED) as github:
        yield github


@pytest.fixture
def repository(forge: GitHub) -> Repository:
    return forge.repository(API)


def test_a_comment_whose_answer_was_lost_is_found_by_its_marker(
    demo: DemoGitHub, forge: GitHub, repository: Repository
):
    forge.conversation(repository, 1)
    trouble(demo, "502-after-write", "POST", "/comments")
    body = "<!-- os2kb:status -->\nHej"
    with pytest.raises(Unavailable):
        forge.put_comment(repository, 1, "status", body)
    found = forge.put_comment(repository, 1, "status", body)
    (only,) = forge.comments(repository, 1)
    assert str(only.id) == found
    assert requests(demo, "PATCH", found) == []


def test_a_comment_is_edited_only_where_it_differs(
    demo: DemoGitHub, forge: GitHub, repository: Repository
):
    known = forge.put_comment(repository, 1, "status", "<!-- os2kb:status -->\nEt")
    assert forge.put_comment(repository, 1, "status", "<!-- os2kb:status -->\nEt", known) == known
    assert forge.put_comment(repository, 1, "status", "<!-- os2kb:status -->\nTo", known) == known
    assert len(requests(demo, "PATCH", known)) == 1


def test_what_somebody_made_of_our_comment_is_neither_overwritten_nor_deleted(
    demo: DemoGitHub, forge: GitHub, repository: Repository
):
    before, theirs, after = (f"<!-- os2kb:copy:jira:5 -->\n{one}" for one in ("Et", "Idas", "To"))
    known = forge.put_comment(repository, 1, "copy:jira:5", before, expects="")
    with httpx.Client(base_url=demo.api, headers={"Authorization": "Bearer person-kim"}) as kim:
        path = f"/repos/{API}/issues/comments/{known}"
        kim.patch(path, json={"body": theirs}).raise_for_status()
    for remembered in (known, ""):
        put = forge.put_comment(repository, 1, "copy:jira:5", after, remembered, before)
        assert put == ""
    assert not forge.delete_comment(repository, known, before)
    (only,) = forge.comments(repository, 1)
    assert only.body == theirs
    assert requests(demo, "DELETE", known) == []
    assert forge.put_comment(repository, 1, "copy:jira:5", after, known, theirs) == known
    assert forge.delete_comment(repository, known, f"{after}\r\n"), "as a forge may store it"


def test_only_our_own_comments_are_deleted_and_only_once(
    demo: DemoGitHub, forge: GitHub, repository: Repository
):
    ours = forge.put_comment(repository, 1, "status", "<!-- os2kb:status -->\nHej")
    with httpx.Client(base_url=demo.api, headers={"Authorization": "Bearer person-kim"}) as kim:
        theirs = kim.post(f"/repos/{API}/issues/1/comments", json={"body": "Hej"}).json()["id"]
    assert forge.delete_comment(repository, ours)
    assert not forge.delete_comment(repository, ours)
    with pytest.raises(Rejected, match="not ours"):
        forge.delete_comment(repository, str(theirs))
    assert [one.id for one in forge.comments(repository, 1)] == [theirs]


def test_a_comment_has_one_reaction_of_a_kind_from_us(forge: GitHub, repository: Repository):
    ours = int(forge.put_comment(repository, 1, "status", "<!-- os2kb:status -->\nHej"))
    assert forge.react(repository, ours, "-1") == forge.react(repository, ours, "-1")
    (comment,) = forge.comments(repository, 1)
    assert comment.updated_at == comment.created_at  # or it would count as edited


def test_a_label_that_is_there_is_left_as_it_is(
    demo: DemoGitHub, forge: GitHub, repository: Repository
):
    assert forge.add_label(repository, 1, "Bug")
    assert not forge.add_label(repository, 1, "bug")
    assert forge.remove_label(repository, 1, "Bug")
    assert not forge.remove_label(repository, 1, "Bug")
    assert [event.added for event in forge.history(repository, 1).labels] == [True, False]
    assert len(requests(demo, "POST", "/labels")) == 1


def test_a_check_is_made_once_and_then_updated(
    demo: DemoGitHub, forge: GitHub, repository: Repository
):
    sha = forge.scene(API, 1).head
    check = SetCheck("os2kb / policy", sha, "success", "I orden", "Alt er godt.", because="policy")
    first = forge.set_check(repository, 1, check, "da")
    assert forge.set_check(repository, 1, check, "da") == first
    assert len(requests(demo, "POST", "/check-runs")) == 1


def test_a_checks_annotations_are_never_doubled_and_never_outdated(
    demo: DemoGitHub, forge: GitHub, repository: Repository
):
    remark = Annotation("README.md", 1, "Linjen er gal")
    sha = forge.scene(API, 1).head
    check = SetCheck("os2kb / x", sha, "failure", "En fejl", "Her.", (remark,), because="x")
    first = forge.set_check(repository, 1, check, "da")
    assert forge.set_check(repository, 1, check, "da") == first
    run = demo.repositories[repository.id].checks[int(first)]
    assert [one["message"] for one in run.annotations] == ["Linjen er gal"]
    fine = SetCheck("os2kb / x", sha, "success", "I orden", "Alt er godt.", because="x")
    mended = forge.set_check(repository, 1, fine, "da")
    assert mended != first
    assert demo.repositories[repository.id].checks[int(mended)].annotations == []

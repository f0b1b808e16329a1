"""Force-pushed, from a fork that is gone, deleted, moved, locked: how each is read."""

import pytest

from os2kb.clock import now
from os2kb.demo.github.world.git import add_commit
from os2kb.forges.port import NotFound
from os2kb.observe.observe import NotOurs, Observer
from tests.service.reads.governed import PULL, looked_at, subject
from tests.service.running import World


def test_a_force_pushed_branch_is_read_as_it_is_now(github: World, observer: Observer):
    first, _, _ = looked_at(github, observer, PULL)
    repository = github.github.repositories[101]
    base = repository.commits[repository.branches["main"]]
    author = github.github.account("bo")
    assert author is not None
    made = add_commit(
        repository, {**base.tree, "a.txt": b"a"}, "Forfra", author, now(), (base.sha,)
    )
    repository.branches["feature/1-ret"] = made.sha
    facts, _, _ = looked_at(github, observer, PULL)
    assert first.pull_request is not None
    assert facts.pull_request is not None
    assert facts.pull_request.head_sha != first.pull_request.head_sha
    assert [file.path for file in facts.pull_request.files] == ["a.txt"]
    assert facts.proposed_policy_problems is None
    assert dict(facts.changelogs) == {}


def test_a_pull_request_whose_fork_is_gone_is_read_like_any_other(
    github: World, observer: Observer
):
    pull = github.github.repositories[101].issues[PULL].pull
    assert pull is not None
    pull.from_fork = True
    facts, plan, _ = looked_at(github, observer, PULL)
    assert facts.pull_request is not None
    assert facts.pull_request.from_fork
    assert list(facts.changelogs) == ["CHANGELOG.md"]
    assert plan.findings


def test_what_is_gone_is_said_to_be_not_there(observer: Observer):
    for number in (2, 3, 99):  # deleted, transferred (to one we could read), never there
        with pytest.raises(NotFound):
            observer.observe(subject(number))


def test_what_is_locked_or_archived_is_seen_to_be(observer: Observer):
    assert observer.observe(subject(4)).facts.locked
    with pytest.raises(NotOurs, match="archived"):
        observer.observe(subject(1, "os2display/old", 102))

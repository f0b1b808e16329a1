"""Subjects that share one key: an issue, and the pull request that its decision is proposed in."""

from pathlib import Path

import pytest
from sqlalchemy import Engine

from os2kb.store.database import open_database, upgrade
from os2kb.store.names import key_of, link, subjects_of

ISSUE, OTHER, PULL = "github:101#7", "github:102#7", "github:201#3"


@pytest.fixture
def database(tmp_path: Path) -> Engine:
    made = open_database(f"sqlite:///{tmp_path}/os2kb.db")
    upgrade(made)
    return made


def test_a_subject_that_is_linked_to_nothing_is_a_group_of_its_own(database: Engine):
    assert key_of(database, ISSUE) == ISSUE
    assert subjects_of(database, ISSUE) == (ISSUE,)


def test_what_is_linked_shares_the_key_and_is_linked_once(database: Engine):
    assert link(database, ISSUE, PULL)
    assert not link(database, ISSUE, PULL)
    assert key_of(database, PULL) == key_of(database, ISSUE) == ISSUE
    assert subjects_of(database, ISSUE) == (ISSUE, PULL)


def test_what_moves_to_another_group_leaves_the_one_it_was_in(database: Engine):
    link(database, ISSUE, PULL)
    assert link(database, OTHER, PULL)
    assert subjects_of(database, ISSUE) == (ISSUE,)
    assert subjects_of(database, OTHER) == (OTHER, PULL)

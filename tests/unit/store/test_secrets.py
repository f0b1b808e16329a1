"""What an installation made at random is the same for all its processes."""

from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import Engine

from os2kb.answers.journal.key import key_of_answers
from os2kb.store.database import StoreUnavailable, open_database, upgrade
from os2kb.store.secrets import secret


@pytest.fixture
def store(tmp_path: Path) -> Engine:
    engine = open_database(f"sqlite:///{tmp_path / 'store.db'}")
    upgrade(engine)
    return engine


def test_a_secret_is_made_once_and_the_same_for_another_process(store: Engine):
    made = map(bytes, ([number] * 8 for number in count()))
    first = secret(store, "prøve", made.__next__)
    assert secret(open_database(str(store.url)), "prøve", made.__next__) == first
    assert secret(store, "en anden", made.__next__) != first


def test_of_two_that_make_it_at_once_the_first_ones_is_kept(store: Engine):
    other = open_database(str(store.url))

    def make() -> bytes:
        # Called before ours is written, and after we found none.
        made_meanwhile.append(secret(other, "prøve", lambda: b"den hurtige"))
        return b"den langsomme"

    made_meanwhile: list[bytes] = []
    assert secret(store, "prøve", make) == made_meanwhile[0] == b"den hurtige"


def test_installations_have_keys_of_their_own(store: Engine, tmp_path: Path):
    other = open_database(f"sqlite:///{tmp_path / 'anden.db'}")
    upgrade(other)
    assert key_of_answers(store) == key_of_answers(store) != key_of_answers(other)
    assert len(key_of_answers(store)) == 32


def test_a_store_that_cannot_keep_it_is_told_of(tmp_path: Path):
    without_tables = open_database(f"sqlite:///{tmp_path / 'tom.db'}")
    with pytest.raises(StoreUnavailable, match="can be written"):
        key_of_answers(without_tables)

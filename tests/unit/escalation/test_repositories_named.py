"""Which repositories a name on the command line stands for."""

from pathlib import Path

import pytest
from sqlalchemy import Engine

from os2kb.escalation.named import repositories_of
from os2kb.products.products import ProductEntry, Products, no_products
from os2kb.store.database import open_database, upgrade
from os2kb.store.names import remember_repository
from os2kb.subjects import BadSubject

PRODUCTS = Products(
    entries={
        "os2demo": ProductEntry(repositories=("os2demo/api", "os2demo/*")),
        "os2leg": ProductEntry(repositories=("os2leg/*",)),
    }
)


@pytest.fixture
def database(tmp_path: Path) -> Engine:
    made = open_database(f"sqlite:///{tmp_path / 'os2kb.db'}")
    upgrade(made)
    with made.begin() as connection:
        for identity, name in enumerate(("os2demo/klient", "OS2demo/api", "anden/api"), 1):
            remember_repository(connection, "github", identity, name)
    return made


def test_a_repository_is_itself(database: Engine):
    assert repositories_of("os2demo/api", no_products(), database) == ("os2demo/api",)


def test_a_product_is_the_repositories_it_names_and_those_heard_of_each_once(database: Engine):
    assert repositories_of("os2demo", PRODUCTS, database) == ("os2demo/api", "os2demo/klient")


@pytest.mark.parametrize(
    ("name", "said"),
    [("os2leg", "no repository that os2kb knows"), ("os2x", "there are: os2demo, os2leg")],
)
def test_what_stands_for_none_is_refused_with_the_cure(name: str, said: str, database: Engine):
    with pytest.raises(BadSubject, match=said):
        repositories_of(name, PRODUCTS, database)

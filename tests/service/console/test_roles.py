"""Who is what to which repository: the products file, GitHub, and what neither of them says."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from os2kb.products.products import ProductsError, load_products, no_products
from os2kb.store.database import open_database, upgrade
from tests.service.console.consoled import SEED, Consoled, consoled
from tests.service.people import order_fault
from tests.service.running import world
from webhooks.console.people import People, Person, Role

API, SECRET, FORMS = "os2display/api", "os2display/secret", "os2forms/forms"


@pytest.fixture(scope="module")
def console(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Consoled]:
    with world(SEED) as made, consoled(tmp_path_factory.mktemp("console"), made) as running:
        yield running


def people_of(console: Consoled, **other: object) -> People:
    installation = console.installation
    made = People(
        installation.forge, installation.settings.grants(), installation.database, installation.now
    )
    return replace(made, **other) if other else made


@pytest.mark.parametrize(
    ("login", "at_api", "at_secret", "at_forms"),
    [
        # In a team that the products file names, and GitHub shows them the private repository.
        ("ida", Role.COORDINATOR, Role.COORDINATOR, Role.READER),
        # Named by login, but GitHub does not show them the private one.
        ("bo", Role.READER, Role.NONE, Role.NONE),
        ("kim", Role.OPERATOR, Role.OPERATOR, Role.OPERATOR),
        # Where a product names nobody, the role at GitHub decides.
        ("forms-maintainer", Role.NONE, Role.NONE, Role.COORDINATOR),
        ("outsider", Role.NONE, Role.NONE, Role.NONE),
        ("nobody-at-all", Role.NONE, Role.NONE, Role.NONE),
        # The installation's own token.
        ("", Role.OPERATOR, Role.OPERATOR, Role.OPERATOR),
    ],
)
def test_everybody_has_the_role_that_was_given_them_and_no_other(
    console: Consoled, login: str, at_api: Role, at_secret: Role, at_forms: Role
):
    people, person = people_of(console), Person(login)
    found = [people.role_at(person, one) for one in (API, SECRET, FORMS)]
    assert found == [at_api, at_secret, at_forms]
    seen = [one for one, role in zip((API, SECRET, FORMS), found, strict=True) if role]
    assert list(people.repositories(person)) == seen


def test_who_is_named_gets_in_before_anything_was_heard_of(tmp_path: Path, console: Consoled):
    empty = open_database(f"sqlite:///{tmp_path / 'empty.db'}")
    upgrade(empty)
    people = people_of(console, database=empty)
    assert people.repositories(Person("bo")) == (API,)
    assert people.is_operator(Person("kim"))


def test_a_repository_of_no_product_is_for_operators_alone(console: Consoled):
    people = people_of(console)
    assert people.role_at(Person("ida"), "os2display/other") is Role.NONE
    assert people.role_at(Person("kim"), "os2display/other") is Role.OPERATOR
    assert people.role_at(Person("ida"), "") is Role.NONE


def test_without_a_products_file_the_role_at_github_decides(console: Consoled):
    people = people_of(console, products=no_products())
    found = [people.role_at(Person(login), FORMS) for login in ("ida", "forms-maintainer", "kim")]
    assert found == [Role.READER, Role.COORDINATOR, Role.NONE]


def test_without_access_to_github_only_those_named_themselves_get_in(console: Consoled):
    people = people_of(console, forge=None)
    assert people.role_at(Person("kim"), API) is Role.OPERATOR
    assert people.role_at(Person("ida"), API) is Role.NONE


def test_what_github_does_not_say_now_counts_as_no_and_is_asked_again(console: Consoled):
    people = people_of(console)
    order_fault(console.world, "/collaborators/ida/permission", "403")
    assert people.role_at(Person("ida"), API) is Role.NONE
    assert people.role_at(Person("ida"), API) is Role.COORDINATOR


def test_what_was_learned_is_remembered_for_a_while(console: Consoled):
    people = people_of(console)
    people.role_at(Person("ida"), API)
    before = len(console.world.github.traffic.exchanges)
    people.role_at(Person("IDA"), API)
    assert len(console.world.github.traffic.exchanges) == before


@pytest.mark.parametrize("name", ["kim", "@", "@a/b/c", "@a b", "zulip:x/y", "@\u202e"])
def test_a_name_that_is_nobodys_is_refused_with_the_cure(tmp_path: Path, name: str):
    file = tmp_path / "products.yml"
    file.write_text(f'products: {{}}\noperators: ["{name}"]\n', "utf-8")
    with pytest.raises(ProductsError, match="write @login, @organisation or @organisation/team"):
        load_products(file)

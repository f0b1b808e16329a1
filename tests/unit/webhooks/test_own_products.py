"""Whose questions and answers somebody sees in the console."""

import pytest

from os2kb.products.products import ProductEntry, Products
from webhooks.console.pages.knowledge import products_of

ONE = Products(entries={"os2demo": ProductEntry(repositories=("os2demo/os2demo",))})
TWO = Products(entries={**ONE.entries, "os2andet": ProductEntry()})


@pytest.mark.parametrize(
    ("products", "repositories", "about", "sees"),
    [
        (ONE, ["os2demo/os2demo"], "os2demo", True),
        (ONE, ["os2demo/os2demo"], None, True),
        (ONE, ["os2demo/andet"], None, False),
        (TWO, ["os2demo/os2demo"], "os2demo", True),
        (TWO, ["os2demo/os2demo"], "os2andet", False),
        (TWO, ["os2demo/os2demo"], None, False),
        (Products(open_to_all=True), ["os2demo/os2demo"], None, False),
    ],
)
def test_what_names_no_product_is_seen_by_those_of_the_only_one(
    products: Products, repositories: list[str], about: str | None, sees: bool
):
    assert products_of(products, repositories, is_operator=False)(about) is sees
    assert products_of(products, repositories, is_operator=True)(about)

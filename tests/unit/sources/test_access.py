"""Which git sources are read with the App's own access."""

from pathlib import Path

import pytest

from os2kb.knowledge.sources.access import with_access
from os2kb.products.products import Products, load_products

WEB = "https://github.com"
PRODUCTS = """\
products:
  os2demo:
    repositories: [os2demo/*]
    sources:
      - {{name: docs, git: "{address}", visibility: {visibility}}}
  andre:
    repositories: [andre/hemmelig]
"""


def location(tmp_path: Path, address: str, visibility: str = "internal", token: str = "t0k") -> str:
    file = tmp_path / "products.yml"
    file.write_text(PRODUCTS.format(address=address, visibility=visibility), "utf-8")
    products: Products = load_products(file)
    (source,) = with_access(products.sources, products, WEB, lambda _repository: token)
    assert "t0k" not in source.address
    return source.location


def test_an_internal_source_of_the_products_own_is_read_with_the_apps_token(tmp_path: Path):
    found = location(tmp_path, "https://github.com/os2demo/docs.git#main")
    assert found == "https://x-access-token:t0k@github.com/os2demo/docs.git#main"


def test_where_the_app_is_not_installed_there_is_none(tmp_path: Path):
    address = "https://github.com/os2demo/docs.git"
    assert location(tmp_path, address, token="") == address


@pytest.mark.parametrize(
    "address",
    [
        "https://github.com/andre/hemmelig.git",
        "https://gitlab.example.org/os2demo/docs.git",
        "https://github.com.example.org/os2demo/docs.git",
        "https://github.com:8443/os2demo/docs.git",
        "https://ida:own@github.com/os2demo/docs.git",
        "http://github.com/os2demo/docs.git",
        "git@github.com:os2demo/docs.git",
        "file:///os2demo/docs.git",
    ],
)
def test_nothing_else_is_given_it(tmp_path: Path, address: str):
    assert location(tmp_path, address) == address


def test_what_everyone_may_see_is_read_as_everyone_does(tmp_path: Path):
    address = "https://github.com/os2demo/docs.git"
    assert location(tmp_path, address, visibility="public") == address

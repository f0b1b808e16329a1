"""What the console shows of knowledge: to whom, and how fresh."""

import pytest

from index.versions import SourceStatus
from os2kb.knowledge.refresh.record import SourceState
from os2kb.products.products import ProductEntry, Products
from webhooks.console.pages.knowledge import fetched_at, products_of

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


@pytest.mark.parametrize(
    ("built", "refreshed", "told"),
    [
        ("", "", None),
        ("2026-11-01T08:00:00+00:00", "", "2026-11-01T08:00:00+00:00"),
        ("2026-11-01T08:00:00+00:00", "2026-11-02T08:00:00+00:00", "2026-11-02T08:00:00+00:00"),
        ("", "2026-11-02T08:00:00+00:00", "2026-11-02T08:00:00+00:00"),
    ],
)
def test_a_source_is_as_fresh_as_the_last_refresh_made_it(
    built: str, refreshed: str, told: str | None
):
    source = SourceStatus("docs", "docs", "docs", None, "public", "", 1, 1, fetched_at=built)
    at = fetched_at({"docs": SourceState(fetched_at=refreshed)}, source)
    assert (at.isoformat() if at else None) == told

"""The index that serves now, or the problem document that says why there is none."""

from functools import lru_cache
from typing import Any

from index.search import Index
from index.versions import Versions
from webhooks.problems import Problem, ProblemDocument

PROBLEMS: dict[int | str, dict[str, Any]] = {
    status: {"model": ProblemDocument, "description": meaning}
    for status, meaning in {
        422: "A parameter does not fit; the detail says which",
        503: "No index is built yet",
    }.items()
}


def index_in_force(versions: Versions, product: str | None) -> Index:
    """The index in force, where it knows the product."""
    index = versions.current()
    if index is None:
        raise NoIndex
    check_product(index, product)
    return index


def check_product(index: Index, product: str | None) -> None:
    """Refuse a product that the index does not know."""
    if product is not None and product not in products(index):
        known = ", ".join(sorted(products(index))) or "none"
        raise Problem(
            422,
            "Unknown product",
            f"product: no indexed source belongs to that product. Known products: {known}.",
            "Leave product out to search everything, or name one of the known.",
        )


@lru_cache(maxsize=1)
def products(index: Index) -> frozenset[str]:
    """The products that public knowledge belongs to; an internal one is not even named."""
    return frozenset(
        passage.product
        for passage in index.passages
        if passage.product is not None and passage.visibility == "public"
    )


class NoIndex(Problem):
    """What is said until the first build."""

    def __init__(self) -> None:
        super().__init__(
            503,
            "There is no index yet",
            "Nothing can be searched or answered before the documents are indexed.",
            "Run `os2kb index build`; the running service takes the index up by itself.",
            {"Retry-After": "60"},
        )

"""The repositories that a name on the command line stands for: one, or all of a product."""

from sqlalchemy import Engine

from os2kb.products.products import Products
from os2kb.store import names
from os2kb.subjects import BadSubject


def repositories_of(text: str, products: Products, database: Engine) -> tuple[str, ...]:
    """Full names, in alphabetical order.

    Raises:
        BadSubject: it names no product, or one without a repository that is known.
    """
    if "/" in text:
        return (text,)
    if text not in products.entries:
        known = ", ".join(products.entries) or "–"
        raise BadSubject(
            f"“{text}” er intet produkt i OS2KB_PRODUCTS (der er: {known}); skriv et af dem, eller "
            "ejer/repo",
            f"“{text}” is no product in OS2KB_PRODUCTS (there are: {known}); write one of them, or "
            "owner/repo",
        )
    found = of_product(text, products, database)
    if not found:
        raise BadSubject(
            f"{text} har intet repository, som os2kb kender endnu; skriv ejer/repo",
            f"{text} has no repository that os2kb knows yet; write owner/repo",
        )
    return found


def of_product(product: str, products: Products, database: Engine) -> tuple[str, ...]:
    """The repositories that a product names, and of `owner/*` those that we ever heard of."""
    named = (one for one in products.grant(product).repositories if "*" not in one)
    heard_of = (
        one for one in names.repository_names(database) if products.product_of(one) == product
    )
    return tuple(sorted({one.casefold(): one for one in (*heard_of, *named)}.values()))

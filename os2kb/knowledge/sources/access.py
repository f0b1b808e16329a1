"""The GitHub App's own access to private git sources, so that no password stands in a file.

Only an `internal` source is given it: else a private repository that is named without a thought
would be shown to everyone.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from urllib.parse import urlsplit

from index.passages import Source
from os2kb.knowledge.sources.followed import repository_at
from os2kb.products.products import Products
from os2kb.products.remote import is_safe


def with_access(
    sources: Iterable[Source], products: Products, web: str, token: Callable[[str], str]
) -> Iterator[Source]:
    """The sources, those that may have it with a token in their location.

    Args:
        products: a product's sources reach its own repositories only.
        web: where the forge is; a token is sent nowhere else.
        token: of a repository; empty where the App is not installed.
    """
    for source in sources:
        repository = letting_in(source, products, web)
        granted = token(repository) if repository else ""
        login = f"://x-access-token:{granted}@" if granted else "://"
        yield replace(source, location=source.location.replace("://", login, 1))


def letting_in(source: Source, products: Products, web: str) -> str:
    """The repository that a source may be let into; empty where there is none."""
    parts, forge = urlsplit(source.location), urlsplit(web)
    at_forge = (parts.scheme, parts.netloc) == (forge.scheme, forge.netloc)
    if source.visibility != "internal" or not at_forge or not is_safe(source.location):
        return ""
    repository = repository_at(source.address.partition("#")[0], web)
    ours = repository and products.product_of(repository) == source.product
    return repository if ours else ""

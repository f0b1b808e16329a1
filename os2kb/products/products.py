"""Products: which repositories, projects, streams and sources belong together (OS2KB_PRODUCTS)."""

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import yaml
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from index.passages import Source
from index.synonyms import SynonymsError, read_synonyms
from os2kb.policy.grants import Grant, matches
from os2kb.policy.recipient import RungName, is_recipient
from os2kb.products.console import ConsoleEntry, Named
from os2kb.products.entry import SourceEntry
from os2kb.products.remote import Remote


class ProductsError(ValueError):
    """The products file is missing or wrong. The message says where, and the cure."""


def _recipient(text: str) -> str:
    if not is_recipient(text):
        raise ValueError(
            f"{text} is nobody who can be told; write @login, @organisation/team, "
            "zulip:stream/topic or mailto:address"
        )
    return text


Recipient = Annotated[str, AfterValidator(_recipient)]


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class FaqEntry(_Entry):
    """Where a product's questions and answers are kept in git.

    Attributes:
        repository: one of the product's, `owner/name`.
        path: a folder, in which each answer gets a file, or one file that ends in `.md`.
    """

    repository: str = Field(pattern=r"^[\w.-]+/[\w.-]+$")
    path: str = Field(pattern=r"^[\w-][\w.-]*(?:/[\w-][\w.-]*)*$")


class ProductEntry(_Entry):
    """A product: everything a Policy of its repositories may name.

    A repository pattern may end in `/*` for all of an owner's repositories. `synonyms` is a file of
    words that mean the same (`index.synonyms`). `teams` says who stands on which rung of the
    default escalation ladder, as `@organisation/team`, `zulip:stream/topic` and so on. `console`
    says who gets into the console for it. `faq` says where answers of people are offered to git.
    """

    title: str = ""
    repositories: tuple[str, ...] = ()
    jira: tuple[str, ...] = ()
    chat: tuple[str, ...] = ()
    mailboxes: tuple[str, ...] = ()
    teams: dict[RungName, tuple[Recipient, ...]] = {}
    sources: tuple[SourceEntry, ...] = ()
    synonyms: Path | None = None
    console: ConsoleEntry | None = None
    faq: FaqEntry | None = None


class _File(_Entry):
    products: dict[str, ProductEntry]
    operators: tuple[Named, ...] = ()


class Products(_Entry):
    """All products of the installation, with their sources' paths resolved.

    Attributes:
        sources: folders and git repositories, in the order of the file.
        remotes: sources that are mirrored into a folder first.
        operators: who sees everything in the console.
        open_to_all: True where no products file is used: then every repository is its own
            product and may name nothing but itself.
    """

    entries: dict[str, ProductEntry] = {}
    sources: tuple[Source, ...] = ()
    remotes: tuple[Remote, ...] = ()
    operators: tuple[Named, ...] = ()
    open_to_all: bool = False

    def product_of(self, repository: str) -> str | None:
        """The product a repository belongs to; None where it belongs to none.

        Without a products file every repository is a product of its own, named after itself.
        """
        for name, entry in self.entries.items():
            if matches(repository, entry.repositories):
                return name
        return repository if self.open_to_all else None

    @property
    def only(self) -> str:
        """What a question is about that names no product: the one there is; empty for several.

        A question about none is for operators: the coordinators would not see it.
        """
        return next(iter(self.entries)) if len(self.entries) == 1 else ""

    def grant(self, product: str) -> Grant:
        """What a Policy of this product may name."""
        entry = self.entries.get(product)
        if entry is None:  # a repository that is its own product
            return Grant(product, repositories=(product,), product_is_free=True)
        return Grant(
            product,
            entry.repositories,
            entry.jira,
            entry.chat,
            entry.mailboxes,
            tuple(entry.teams.items()),
        )


def no_products() -> Products:
    """The set-up without a products file."""
    return Products(open_to_all=True)


def load_products(path: Path) -> Products:
    """Read a products file; relative source paths start at its folder.

    Raises:
        ProductsError: it cannot be read, is not YAML, or does not fit.
    """
    try:
        parsed = yaml.safe_load(path.read_text("utf-8"))
        file = _File.model_validate(parsed)
    except (OSError, UnicodeDecodeError) as error:
        raise ProductsError(f"cannot read {path}: {error}") from error
    except yaml.YAMLError as error:
        raise ProductsError(f"{path} is not YAML: {error}") from error
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise ProductsError(f"{path}, at {where or 'the top'}: {first['msg']}") from error
    entries = file.products
    for product, entry in entries.items():
        if entry.faq and not matches(entry.faq.repository, entry.repositories):
            raise ProductsError(
                f"{path}: `faq` of {product} names {entry.faq.repository}, which is none of its "
                "`repositories`; add it there"
            )
    found = [
        _placed(path, product, entry, source)
        for product, entry in entries.items()
        for source in entry.sources
    ]
    sources = tuple(one for one in found if isinstance(one, Source))
    remotes = tuple(one for one in found if isinstance(one, Remote))
    names = [source.name for source in (*sources, *(remote.source for remote in remotes))]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise ProductsError(f"{path}: the source name {twice[0]} is used twice; rename one")
    return Products(entries=entries, sources=sources, remotes=remotes, operators=file.operators)


def _placed(file: Path, product: str, entry: ProductEntry, source: SourceEntry) -> Source | Remote:
    placed = source.placed(file.parent, product)
    read = placed.repository if isinstance(placed, Remote) else ""
    if read and not matches(read, entry.repositories):
        raise ProductsError(
            f"{file}: the source {source.name} reads {read}, which is none of {product}'s "
            "`repositories`; add it there"
        )
    if entry.synonyms is None:
        return placed
    try:
        groups = read_synonyms(file.parent / entry.synonyms)
    except SynonymsError as error:
        raise ProductsError(str(error)) from error
    if isinstance(placed, Remote):
        return replace(placed, source=replace(placed.source, synonyms=groups))
    return replace(placed, synonyms=groups)

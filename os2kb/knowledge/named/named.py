"""What a Policy names as knowledge, as sources of its repository's product. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from index.passages import Language, Source, Visibility
from os2kb.governance.facts import Repository
from os2kb.policy.sections.knowledge import KnowledgeSource
from os2kb.products.remote import Remote


@dataclass(frozen=True, slots=True)
class Named:
    """A folder or a file of a repository that its Policy names.

    Attributes:
        repository: `owner/name`.
        path: relative to the repository's root; empty for all of it.
        visibility: what holds, which is never more open than the repository.
        clamped: whether the Policy says `public` of a repository that is private.
        without: paths below that are sources of their own.
    """

    repository: str
    path: str
    product: str
    visibility: Visibility
    language: Language | None = None
    clamped: bool = False
    without: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """As reports show it; no source of the products file can be called that."""
        return f"{self.repository}:{self.path or '.'}"

    def remote(self, web: str) -> Remote:
        """The source; citations lead to the files on the default branch.

        Args:
            web: where people read the forge.
        """
        source = Source(
            name=self.name,
            location="",
            product=self.product,
            visibility=self.visibility,
            language=self.language,
            url=f"{web}/{self.repository}/blob/HEAD/{{path}}#{{anchor}}",
        )
        return Remote(source, "folder", self.repository, path=self.path, without=self.without)


def named_by(
    sources: Iterable[KnowledgeSource], repository: Repository, product: str
) -> tuple[Named, ...]:
    """The sources of a repository, each path once.

    Of a folder and one below it, the inner one's word holds for what it contains; of a path that
    is named twice, the stricter.
    """
    wanted: dict[str, KnowledgeSource] = {}
    for source in sources:
        path = _normal(source.path)
        if path not in wanted or source.visibility == "internal":
            wanted[path] = source
    return tuple(
        Named(
            repository=repository.full_name,
            path=path,
            product=product,
            visibility="internal" if repository.private else source.visibility,
            language=source.language,
            clamped=repository.private and source.visibility == "public",
            without=tuple(_below(path, wanted)),
        )
        for path, source in wanted.items()
    )


def _normal(path: str) -> str:
    """Without `./`, double slashes and a slash at the end; empty for the repository's root."""
    return "/".join(PurePosixPath(path.replace("\\", "/")).parts)


def _below(path: str, others: Iterable[str]) -> Iterator[str]:
    within = f"{path}/" if path else ""
    return (other for other in others if other != path and other.startswith(within))

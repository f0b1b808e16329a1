"""`knowledge`: what in this repository the bot may answer from."""

from typing import Annotated, Literal

from pydantic import Field

from os2kb.policy.section import RepositoryPath, Section


class KnowledgeSource(Section):
    """A folder or a file of this repository.

    Of a folder and one below it, the inner one's word holds for what it contains.

    Attributes:
        path: a folder or file of this repository
        visibility: `internal` is never shown in public
        language: of documents that do not say
    """

    path: RepositoryPath
    visibility: Literal["public", "internal"] = "public"
    language: Literal["da", "en"] | None = None


class Knowledge(Section):
    """Sources inside this repository; others stand in the installation's OS2KB_PRODUCTS."""

    sources: Annotated[tuple[KnowledgeSource, ...], Field(max_length=10)] = ()

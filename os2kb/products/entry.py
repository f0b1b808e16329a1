"""One source as the products file names it."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, model_validator

from index.passages import AnchorStyle, Kind, Language, Source, Visibility
from os2kb.products.remote import Remote, RemoteKind, is_safe

Place = Literal["path", "git", "issues", "discussions", "os2loop", "webdav"]
_PLACES: tuple[Place, ...] = ("path", "git", "issues", "discussions", "os2loop", "webdav")
_REMOTE: tuple[RemoteKind, ...] = ("issues", "discussions", "os2loop", "webdav")
# What goes with which place only.
_BELONGS: dict[str, tuple[Place, ...]] = {
    "branch": ("git",),
    "folder": ("git",),
    "label": ("issues", "discussions"),
    "category": ("discussions",),
}
Repository = Annotated[str, Field(pattern=r"^(?:[\w.-]+/[\w.-]+)?$")]


class SourceEntry(BaseModel):
    """A source. Exactly one of `path`, `git`, `issues`, `discussions`, `os2loop` and `webdav`.

    Attributes:
        path: a folder, relative to the products file.
        git: the address of a repository, with `branch` and `folder` where not all of it is meant.
        issues: a repository (`owner/name`) whose answered issues with this `label` are read.
        discussions: a repository whose answered discussions are read; `category` and `label`
            narrow them down.
        os2loop: the file of an export, JSON or CSV, relative to the products file.
        webdav: the address of a folder, for example in Nextcloud.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str = Field(pattern=r"^[a-z0-9][a-z0-9._-]*$")
    path: Path | None = None
    git: str = ""
    branch: str = Field("", pattern=r"^(?:[^\s~^:?*\[\\-][^\s~^:?*\[\\]*)?$")
    folder: str = ""
    issues: Repository = ""
    discussions: Repository = ""
    label: str = ""
    category: str = ""
    os2loop: Path | None = None
    webdav: str = ""
    visibility: Visibility = "public"
    language: Language | None = None
    kind: Kind | None = None
    url: str = ""
    anchors: AnchorStyle | None = None

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        if problem := next(self._problems(), None):
            raise ValueError(problem)
        return self

    @property
    def place(self) -> Place:
        """Which of the places it names."""
        return next(name for name in _PLACES if getattr(self, name))

    def placed(self, folder: Path, product: str) -> Source | Remote:
        """The source, or the remote one that is mirrored first.

        Args:
            folder: of the products file; relative paths start there.
        """
        source = Source(
            name=self.name,
            location=self.git or str((folder / (self.path or "")).resolve()),
            product=product,
            visibility=self.visibility,
            language=self.language,
            kind=self.kind,
            url=self.url,
            branch=self.branch,
            folder=self.folder.strip("/"),
            anchors=self.anchors,
        )
        for kind in _REMOTE:
            if where := getattr(self, kind):
                where = str((folder / where).resolve()) if kind == "os2loop" else str(where)
                return Remote(self._answering(source), kind, where, self.label, self.category)
        return source

    def _answering(self, source: Source) -> Source:
        """A mirror lies nowhere yet; questions with answers are of the kind `faq`."""
        kind = self.kind or (None if self.webdav else "faq")
        return replace(source, location="", kind=kind)

    def _problems(self) -> Iterator[str]:
        named = [name for name in _PLACES if getattr(self, name)]
        if len(named) != 1:
            has = "none" if not named else " and ".join(f"`{name}`" for name in named)
            yield f"a source has exactly one of {', '.join(_PLACES)}; this one has {has}"
        for field, places in _BELONGS.items():
            if getattr(self, field) and named[0] not in places:
                yield f"`{field}` goes with {' or '.join(f'`{place}`' for place in places)} only"
        if self.issues and not self.label:
            yield "`issues` needs `label`: which issues are answered questions"
        if ".." in PurePosixPath(self.folder).parts:
            yield "`folder` stays inside the repository; leave `..` out"
        if self.webdav and not is_safe(self.webdav):
            yield "`webdav` is an address that starts with https://"
        if self.webdav and "@" in urlsplit(self.webdav).netloc:
            yield "the login of `webdav` goes into OS2KB_WEBDAV_USER and OS2KB_WEBDAV_PASSWORD"

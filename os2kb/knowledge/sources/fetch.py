"""Bringing every mirror up to date; one that cannot be read leaves the others alone."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

from os2kb.forges.port import Forge, ForgeError
from os2kb.knowledge.sources.decisions import read_decisions
from os2kb.knowledge.sources.discussions import read_discussions
from os2kb.knowledge.sources.fetched import Left, Page, Unreachable, Withdrawn
from os2kb.knowledge.sources.issues import read_issues
from os2kb.knowledge.sources.mirror import Mirrored, Read, update
from os2kb.knowledge.sources.os2loop import read_os2loop
from os2kb.knowledge.sources.repository_folder import read_folder
from os2kb.knowledge.sources.webdav import Login, read_webdav
from os2kb.products.remote import Remote


@dataclass(frozen=True, slots=True)
class Mirrors:
    """What mirrors need.

    Attributes:
        forge: None without credentials for GitHub.
        login: of WebDAV folders; None where they are open to all.
    """

    index_dir: Path
    forge: Forge | None
    login: Login | None
    now: Callable[[], datetime]

    def update(self, remotes: Iterable[Remote]) -> tuple[Mirrored, ...]:
        """Read what is new of every remote source."""
        return tuple(self._update(remote) for remote in remotes)

    def _update(self, remote: Remote) -> Mirrored:
        # Another reading of the same issues is another mirror.
        read_as = " as decisions" * (remote.source.kind == "decision")
        made_for = f"{remote.kind} {remote.where} {remote.label} {remote.category}{remote.path}"
        folder = remote.folder(self.index_dir)
        return update(
            remote.source.name, folder, made_for + read_as, self._read(remote), self.now()
        )

    def _read(self, remote: Remote) -> Read:
        match remote.kind:
            case "os2loop":
                return partial(read_os2loop, Path(remote.where))
            case "webdav":
                return partial(read_webdav, remote.where, self.login)
        return partial(_from_forge, remote, self.forge)


def _from_forge(
    remote: Remote, forge: Forge | None, known: Mapping[str, str]
) -> Iterable[Page | Left]:
    if forge is None:
        raise Unreachable("no credentials for GitHub; set OS2KB_GITHUB_APP_ID or a token")
    try:
        repository = forge.repository(remote.where)
        if repository.private and remote.source.visibility == "public":
            raise Withdrawn(
                f"{remote.where} is not public, so that its {remote.kind} must not be shown to "
                "everyone; write `visibility: internal`"
            )
        if remote.kind == "folder":
            yield from read_folder(remote, forge, known)
            return
        read = read_issues if remote.kind == "issues" else read_discussions
        if remote.kind == "issues" and remote.source.kind == "decision":
            read = read_decisions
        yield from read(remote, forge, repository, known)
    except ForgeError as error:
        raise Unreachable(str(error)) from error

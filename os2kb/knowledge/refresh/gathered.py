"""What there is to index now: the sources of products and of their Policies, mirrored."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from index.passages import Source
from os2kb.forges.port import ForgeError
from os2kb.knowledge.named.kept import kept
from os2kb.knowledge.named.reading import InForce, Reading, governed, may_name, read_named
from os2kb.knowledge.sources.access import letting_in, with_access
from os2kb.knowledge.sources.mirror import Mirrored
from os2kb.products.products import Products
from os2kb.products.remote import Remote
from os2kb.settings import BadSettings, Settings

if TYPE_CHECKING:
    from os2kb.forges.github.adapter import GitHub


@dataclass(frozen=True, slots=True)
class Gathered:
    """What there is, before it is built.

    Attributes:
        sources: all but the answers of people.
        mirrored: what was read of those that lie elsewhere.
        named: what Policies name.
    """

    sources: tuple[Source, ...]
    mirrored: tuple[Mirrored, ...]
    named: Reading

    @property
    def notes(self) -> tuple[tuple[str, str], ...]:
        """What was left out on the way, and why."""
        return (*self.named.notes, *(note for one in self.mirrored for note in one.notes))

    @property
    def withdrawn(self) -> bool:
        """Whether anything that may serve is to serve no more."""
        return self.named.dropped or any(one.withdrawn for one in self.mirrored)


def gather_sources(
    settings: Settings, now: Callable[[], datetime], in_force: InForce | None
) -> Gathered:
    """Read what is new of every source that lies elsewhere.

    Args:
        in_force: how Policies are read; None reads none, and what they named before holds.
    """
    grants = settings.grants()
    forge = _forge(settings, grants, now)
    named = _named(settings, grants, forge, in_force)
    remotes = (*grants.remotes, *(one.remote(settings.github_web) for one in named.named))
    mirrored = _mirror(settings, remotes, forge, now) if remotes else ()
    return Gathered(_with_access(settings, grants, remotes, forge), mirrored, named)


def _forge(settings: Settings, grants: Products, now: Callable[[], datetime]) -> "GitHub | None":
    """GitHub, where a source needs it and there are credentials."""
    web = settings.github_web
    private = any(letting_in(source, grants, web) for source in grants.sources)
    remote = any(one.repository for one in grants.remotes)
    if not private and not remote and not may_name(grants):
        return None
    # Imported late: it costs half a second, and most installations need nothing of it here.
    from os2kb.forges.github.connect import connect

    try:
        return connect(settings, now)
    except BadSettings:
        return None


def _named(
    settings: Settings, grants: Products, forge: "GitHub | None", in_force: InForce | None
) -> Reading:
    """What Policies name as knowledge."""
    before = kept(settings.index_dir)
    if in_force is None:
        return Reading(before)
    if not may_name(grants):
        return Reading(dropped=bool(before))
    return read_named(governed(settings, grants), grants, forge, in_force, before)


def _mirror(
    settings: Settings,
    remotes: Sequence[Remote],
    forge: "GitHub | None",
    now: Callable[[], datetime],
) -> tuple[Mirrored, ...]:
    """Read what is new of every remote source."""
    # Late, like GitHub below: most installations have no such source.
    from os2kb.knowledge.sources.fetch import Mirrors
    from os2kb.knowledge.sources.webdav import Login

    login = None
    if settings.webdav_password is not None:
        login = Login(settings.webdav_url, settings.webdav_user, settings.webdav_password)
    return Mirrors(settings.index_dir, forge, login, now).update(remotes)


def _with_access(
    settings: Settings, grants: Products, remotes: Sequence[Remote], forge: "GitHub | None"
) -> tuple[Source, ...]:
    """Every source; a repository that GitHub does not let us into now is tried without."""
    mirrors = (one.mirrored(settings.index_dir, settings.github_web) for one in remotes)
    sources = (*grants.sources, *mirrors)
    if forge is None:
        return sources

    def token(repository: str) -> str:
        try:
            return forge.git_token(repository)
        except ForgeError:
            return ""

    return tuple(with_access(sources, grants, settings.github_web, token))

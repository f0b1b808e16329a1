"""Reading the Policies of the repositories that are governed, for the sources they name.

Only an installation with a products file does: who adds to what everyone reads is for it to say.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from os2kb.forges.port import Forge, ForgeError, NotFound
from os2kb.forges.scene import Scene
from os2kb.knowledge.named.named import Named, named_by
from os2kb.policy.grants import Grant
from os2kb.policy.load import ReadPolicy
from os2kb.policy.problem import BadPolicy
from os2kb.products.products import Products
from os2kb.settings import Settings

InForce = Callable[[Scene, Grant], ReadPolicy]
"""The Policy in force in a repository as it stands; raises BadPolicy."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What the Policies name now.

    Attributes:
        notes: (name, reason) for the report: what could not be read, or does not hold as written.
        problems: repositories whose sources are those of before, and why.
        dropped: whether something is named no more that was before.
    """

    named: tuple[Named, ...] = ()
    notes: tuple[tuple[str, str], ...] = ()
    problems: tuple[tuple[str, str], ...] = ()
    dropped: bool = False


def may_name(grants: Products) -> bool:
    """Whether there are repositories whose Policies may name sources."""
    return any(entry.repositories for entry in grants.entries.values())


def governed(settings: Settings, grants: Products) -> tuple[str, ...]:
    """The repositories that products were given by name, and those heard of for `owner/*`.

    Raises:
        StoreUnavailable: a product has all of an owner's repositories, and the store is away.
    """
    patterns = [name for entry in grants.entries.values() for name in entry.repositories]
    found = [name for name in patterns if "*" not in name]
    if len(found) < len(patterns):
        found += (name for name in _heard_of(settings) if grants.product_of(name))
    return tuple({name.casefold(): name for name in reversed(found)}.values())


def read_named(
    repositories: Iterable[str],
    grants: Products,
    forge: Forge | None,
    in_force: InForce,
    before: Sequence[Named],
) -> Reading:
    """What the Policies of these repositories name.

    What a Policy named holds while it cannot be read, or has mistakes: neither must make knowledge
    vanish. That of a repository which is gone, or shut to us, is gone.

    Args:
        before: what was named when they were last read.
    """
    named: dict[str, tuple[Named, ...]] = {}
    notes: list[tuple[str, str]] = []
    problems: list[tuple[str, str]] = []
    for name in sorted(repositories):
        try:
            if forge is None:
                raise _NoForge
            found = _of_one(forge, name, grants, in_force)
        except NotFound:
            continue
        except (ForgeError, BadPolicy, _NoForge) as error:
            found = tuple(_still(before, name, grants))
            problem = (name, f"{_why(error)}; what it named before holds")
            notes.append(problem)
            problems += [problem] if found else []
        for one in found:
            named.setdefault(one.repository.casefold(), found)
            if one.clamped:
                notes.append((one.name, "internal, since its repository is private"))
    now = tuple(one for found in named.values() for one in found)
    dropped = bool({one.name for one in before} - {one.name for one in now})
    return Reading(now, tuple(dict.fromkeys(notes)), tuple(problems), dropped)


class _NoForge(Exception):
    """There are no credentials for GitHub."""


def _of_one(forge: Forge, name: str, grants: Products, in_force: InForce) -> tuple[Named, ...]:
    scene = forge.scene(name)
    repository = scene.repository
    product = grants.product_of(repository.full_name)  # it may have been renamed
    if product is None:
        return ()
    policy = in_force(scene, grants.grant(product)).policy
    return named_by(policy.knowledge.sources, repository, product) if policy.knowledge else ()


def _still(before: Iterable[Named], name: str, grants: Products) -> Iterator[Named]:
    for one in before:
        if one.repository.casefold() == name.casefold() and grants.product_of(name) == one.product:
            yield one


def _why(error: Exception) -> str:
    if isinstance(error, BadPolicy):
        first = error.problems[0]
        return f"its Policy has mistakes (line {first.line or '?'}: {first.message.en})"
    if isinstance(error, _NoForge):
        return "no credentials for GitHub; set OS2KB_GITHUB_APP_ID or a token"
    return f"its Policy cannot be read: {error}"


def _heard_of(settings: Settings) -> tuple[str, ...]:
    from os2kb.store.database import open_database, upgrade  # late: few products need it
    from os2kb.store.names import repository_names

    database = open_database(settings.store_url)
    try:
        upgrade(database)
        return repository_names(database)
    finally:
        database.dispose()

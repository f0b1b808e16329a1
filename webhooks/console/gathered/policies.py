"""The Policies in force, read at the forge and remembered for five minutes."""

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Lock

from cachetools import TTLCache

from os2kb.forges.port import Forge, ForgeError
from os2kb.forges.scene import Scene
from os2kb.observe.in_force import policy_of_scene, problems_told
from os2kb.phrases import NOTHING, Phrase
from os2kb.policy.load import ReadPolicy
from os2kb.policy.problem import BadPolicy, PolicyProblem
from os2kb.products.products import Products

REMEMBERED_SECONDS = 300
_MOST, _AT_A_TIME = 1_000, 4


@dataclass(frozen=True, slots=True)
class InForce:
    """A repository's Policy as it stands.

    Attributes:
        scene: None where the repository cannot be read.
        read: None where it has mistakes, or cannot be read.
        unread: why it cannot be.
    """

    repository: str
    scene: Scene | None = None
    read: ReadPolicy | None = None
    problems: tuple[PolicyProblem, ...] = ()
    unread: Phrase = NOTHING


@dataclass(slots=True)
class Policies:
    """Reads them."""

    forge: Forge | None
    products: Products
    _known: TTLCache[str, InForce] = field(
        default_factory=lambda: TTLCache(_MOST, REMEMBERED_SECONDS)
    )
    _lock: Lock = field(default_factory=Lock)

    def of(self, repository: str) -> InForce:
        """The Policy of one; what is wrong with it is told where everyone reads."""
        with self._lock:
            known = self._known.get(repository)
        if known is None:
            known = self._read(repository)
            with self._lock:
                self._known[repository] = known
        return known

    def each(self, repositories: Iterable[str]) -> tuple[InForce, ...]:
        """The Policies of several, some read at a time."""
        with ThreadPoolExecutor(_AT_A_TIME, thread_name_prefix="policies") as pool:
            return tuple(pool.map(self.of, repositories))

    def _read(self, repository: str) -> InForce:
        if self.forge is None:
            return InForce(repository)
        grant = self.products.grant(self.products.product_of(repository) or repository)
        try:
            scene = self.forge.scene(repository)
        except ForgeError as error:
            return InForce(repository, unread=error.phrase)
        try:
            return InForce(repository, scene, policy_of_scene(scene, grant))
        except BadPolicy as bad:
            told = problems_told(bad.problems, scene, grant)
            return InForce(repository, scene, problems=told)

"""What the overviews of a product say: its repositories, their open faults, and who is told."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime

from sqlalchemy import Engine

from os2kb.escalation.named import of_product
from os2kb.escalation.past import Past
from os2kb.forges.port import Forbidden, Forge, NotFound, Unavailable
from os2kb.forges.scene import Scene
from os2kb.forges.several import Wait
from os2kb.governance.escalation.digest import Digest, Watched, digest, sent_at
from os2kb.governance.escalation.from_facts import happenings_of
from os2kb.governance.escalation.standing import standing
from os2kb.governance.facts import Facts
from os2kb.governance.rules.text.security_report import suspected
from os2kb.logs import get_logger
from os2kb.observe.in_force import policy_of_scene
from os2kb.policy.policy import Policy
from os2kb.policy.problem import BadPolicy
from os2kb.policy.sections.escalation import Escalation
from os2kb.products.products import Products

ISSUE = "issue"
"""Where a digest is one issue of the repository, edited in place."""

log = get_logger()


@dataclass(frozen=True, slots=True)
class Follower:
    """A repository whose Policy asks for an overview.

    Attributes:
        model: the Policy's.
    """

    scene: Scene
    policy: Policy
    model: Escalation

    @property
    def full_name(self) -> str:
        """`owner/name`."""
        return self.scene.repository.full_name


@dataclass(frozen=True, slots=True)
class Place:
    """Where one overview goes.

    Attributes:
        to: `zulip:stream/topic`, `mailto:address`, or `issue:owner/name`.
        due: since when.
        of: whose faults it tells of.
    """

    to: str
    due: datetime
    of: tuple[Follower, ...]

    @property
    def is_issue(self) -> bool:
        """Whether it is an issue of the one repository that it tells of."""
        return self.to.startswith(f"{ISSUE}:")


@dataclass(slots=True)
class Gathered:
    """The overviews of a product at a moment; each repository's faults are read once.

    Args:
        wait: for the forge.
    """

    forge: Forge
    database: Engine
    products: Products
    product: str
    at: datetime
    wait: Wait
    _faults: dict[str, tuple[Watched, ...]] = field(default_factory=dict)

    def followers(self) -> tuple[Follower, ...]:
        """The product's repositories whose Policy asks for an overview; one read each.

        Raises:
            ForgeError: one cannot be read now.
        """
        return tuple(self._followers())

    def places(self, followers: tuple[Follower, ...]) -> tuple[Place, ...]:
        """Where overviews go, as of the last day on which they were due."""
        found: dict[tuple[str, datetime], list[Follower]] = {}
        for one in followers:
            due = sent_at(one.model, self.at)
            for to in one.model.digest.to if one.model.digest and due else ():
                place = f"{ISSUE}:{one.full_name}" if to == ISSUE else to
                found.setdefault((place, due or self.at), []).append(one)
        return tuple(Place(to, due, tuple(of)) for (to, due), of in found.items())

    def overview(self, place: Place) -> Digest:
        """What is told there. A private repository's titles stay in its own issue.

        Raises:
            ForgeError: the faults cannot be read now.
        """
        faults = (fault for one in place.of for fault in self._faults_of(one, place))
        return digest(faults, self.product, self.at, place.of[0].policy.language)

    def _followers(self) -> Iterator[Follower]:
        grant = self.products.grant(self.product)
        for name in of_product(self.product, self.products, self.database):
            try:
                scene = self.forge.scene(name)
                policy = policy_of_scene(scene, grant).policy
            except (NotFound, Forbidden, BadPolicy) as error:
                # It is gone, the App is not installed there, or it has no Policy that holds.
                log.warning("digest_left_out", repository=name, reason=type(error).__name__)
                continue
            model = policy.escalation
            if model and model.digest and not scene.repository.archived:
                yield Follower(scene, policy, model)

    def _faults_of(self, one: Follower, place: Place) -> Iterator[Watched]:
        if one.full_name not in self._faults:
            found = open_faults(self.forge, self.database, one, self.at, self.wait)
            self._faults[one.full_name] = tuple(found)
        hides = one.scene.repository.private and not place.is_issue
        for fault in self._faults[one.full_name]:
            yield replace(fault, title="") if hides else fault


def open_faults(
    forge: Forge, database: Engine, one: Follower, at: datetime, wait: Wait
) -> Iterator[Watched]:
    """A repository's open faults. What cannot be read, and will not be either, is left out.

    Of three thousand open issues few have a class, and the others are not read.

    Raises:
        ForgeError: they cannot be read now.
    """
    past = Past(forge, database, one.scene, one.policy, wait, at)
    try:
        for facts in past.each(past.still_open(at), with_class=True):
            if isinstance(facts, Unavailable):
                raise facts
            if isinstance(facts, Facts) and not suspected(facts, one.policy):
                yield _watched(facts, one, at)
    except (NotFound, Forbidden) as error:
        log.warning("digest_left_out", repository=one.full_name, reason=str(error))


def _watched(facts: Facts, one: Follower, at: datetime) -> Watched:
    name = f"{facts.subject.repository}#{facts.subject.number}"
    stands = standing(happenings_of(facts, one.policy), one.policy, at)
    return Watched(name, facts.url, facts.title, stands, one.model)

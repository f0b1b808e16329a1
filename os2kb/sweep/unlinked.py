"""Issues that are to have a ticket by their Policy, and have none yet: no delivery told of them."""

from collections.abc import Iterator

from sqlalchemy import Engine

from os2kb.forges.port import Forge, ForgeError, RateLimited, Unavailable
from os2kb.governance.facts import Repository
from os2kb.logs import get_logger
from os2kb.observe.in_force import policy_of_scene
from os2kb.observe.observe import Observer
from os2kb.policy.problem import BadPolicy
from os2kb.policy.sections.jira import Create
from os2kb.store import names
from os2kb.store.backlog.pairs import Pair
from os2kb.store.backlog.tickets import ticket_of
from os2kb.subjects import Subject

log = get_logger()


def unlinked(observer: Observer, database: Engine, project: str = "") -> tuple[Pair, ...]:
    """The open issues that `jira.create` gives a ticket, and that go with none.

    Args:
        observer: reads the Policies and the labels.
        database: knows the repositories, and what is linked.
        project: only of Policies with this project; empty for all.

    Raises:
        RateLimited, Unavailable: the forge gives nothing now.
    """
    found = (_of(observer, name, project) for name in names.repository_names(database))
    keys = sorted(one.key for some in found for one in some)
    return tuple(Pair(key, "", "") for key in keys if ticket_of(database, key) is None)


def _of(observer: Observer, full_name: str, project: str) -> Iterator[Subject]:
    product = observer.products.product_of(full_name)
    grant = observer.products.grant(product) if product else None
    if grant is None or not grant.jira or (project and project not in grant.jira):
        return
    try:
        scene = observer.forge.scene(full_name)
        section = policy_of_scene(scene, grant).policy.jira
        if section is None or section.create is None or project not in ("", section.project):
            return
        here = scene.repository
        for number in _numbers(observer.forge, here, section.create):
            yield Subject(here.id, number, here.full_name)
    except (RateLimited, Unavailable):
        raise
    except (ForgeError, BadPolicy) as error:
        log.warning("repository_left_out", repository=full_name, reason=str(error))


def _numbers(forge: Forge, repository: Repository, create: Create) -> set[int]:
    found = set(forge.issues_in(repository, create.column)) if create.column else set()
    if create.label:
        found |= {one.number for one in forge.labelled(repository, create.label) if one.open}
    return found

"""An issue that was moved to another repository of its product takes its ticket along."""

from os2kb.forges.port import Moved
from os2kb.logs import get_logger
from os2kb.modes import Mode, weaker
from os2kb.observe.in_force import policy_of_scene
from os2kb.observe.observe import Observer
from os2kb.policy.problem import BadPolicy
from os2kb.store import names, wakes
from os2kb.subjects import Subject

log = get_logger()


def take_ticket_along(beside: Observer, subject: Subject, moved: Moved, mode: Mode) -> None:
    """Link the ticket of a subject to the issue that it became, and have that looked at.

    In another product the ticket stays behind: what may be told of it is not for that one to say.

    Args:
        beside: reads what the subject became.
        subject: that was moved.
        moved: where to.
        mode: of the installation; the Policy there has its say, too.

    Raises:
        NotFound: we cannot see where it went.
        ForgeError, TrackerError: not now.
    """
    tickets, products = beside.tickets, beside.products
    product = products.product_of(subject.repository)
    if product is None or products.product_of(moved.full_name) != product:
        return
    scene = beside.forge.scene(moved.full_name)
    try:
        policy = policy_of_scene(scene, products.grant(product)).policy
    except BadPolicy:
        return
    if policy.jira is None or weaker(mode, policy.mode) != "act":
        return
    repository = scene.repository
    became = Subject(repository.id, moved.number, repository.full_name, subject.forge)
    if not tickets.move(subject, became, f"{repository.url}/issues/{became.number}"):
        return
    with tickets.database.begin() as connection:
        names.remember_repository(connection, became.forge, repository.id, repository.full_name)
    key = names.key_of(tickets.database, became.key)
    wakes.bring_forward(tickets.database, key, beside.now())
    log.info("ticket_moved_along", subject=str(subject), became=str(became))

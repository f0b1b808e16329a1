"""What the commands on a repository's past read of it."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from os2kb.cli.language import spoken
from os2kb.cli.reading import progress_shown, waiting
from os2kb.cli.subjects import reconciler_of

if TYPE_CHECKING:  # they import the clients, which would slow down `os2kb --help`
    from os2kb.escalation.past import Past
    from os2kb.forges.port import Conversation
    from os2kb.forges.scene import Scene
    from os2kb.governance.facts import Facts
    from os2kb.installation import Installation
    from os2kb.policy.grants import Grant
    from os2kb.policy.load import ReadPolicy


def policy_there(installation: "Installation", scene: "Scene") -> "tuple[ReadPolicy, Grant | None]":
    """The repository's own Policy, and what its product may name; it need be of no product.

    Raises:
        BadPolicy: it has mistakes.
    """
    from os2kb.observe.in_force import policy_of_scene

    products = reconciler_of(installation).observer.products
    product = products.product_of(scene.repository.full_name)
    grant = products.grant(product) if product else None
    return policy_of_scene(scene, grant), grant


def read_past(
    installation: "Installation",
    scene: "Scene",
    read: "ReadPolicy",
    chosen: "Callable[[Past], tuple[Conversation, ...]]",
) -> "tuple[list[Facts], int]":
    """What happened to the chosen issues of a repository, and how many could not be read."""
    from os2kb.escalation.past import Past
    from os2kb.governance.facts import Facts

    forge = reconciler_of(installation).observer.forge
    with progress_shown() as progress:
        wait = waiting(progress, installation.now, spoken())
        past = Past(forge, installation.database, scene, read.policy, wait)
        issues = chosen(past)
        task = progress.add_task(scene.repository.full_name, total=len(issues))
        found = []
        for one in past.each(issues):
            found.append(one)
            progress.advance(task)
    every = [one for one in found if isinstance(one, Facts)]
    return every, len(found) - len(every)

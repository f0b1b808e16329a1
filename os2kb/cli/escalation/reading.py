"""What the commands on a repository's past read of it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from os2kb.cli.language import refuse, spoken
from os2kb.cli.reading import progress_shown, waiting
from os2kb.cli.subjects import reconciler_of
from os2kb.phrases import Phrase

if TYPE_CHECKING:  # they import the clients, which would slow down `os2kb --help`
    from os2kb.escalation.kept import Kept
    from os2kb.escalation.past import Past
    from os2kb.forges.port import Conversation
    from os2kb.forges.scene import Scene
    from os2kb.governance.facts import Facts
    from os2kb.installation import Installation
    from os2kb.policy.grants import Grant
    from os2kb.policy.load import ReadPolicy


Keep = Annotated[
    Path | None,
    typer.Option(
        "--keep",
        file_okay=False,
        help="Keep in this folder who did what when, without any text, so that the next time only "
        "what changed is read.",
        metavar="FOLDER",
    ),
]


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


def made(folder: Path | None) -> Path | None:
    """The folder to keep things in, which is made where there is none."""
    try:
        if folder:
            folder.mkdir(parents=True, exist_ok=True)
    except OSError as wrong:
        why = f"{folder}: {wrong.strerror}"
        refuse(Phrase(f"{why}; angiv en anden mappe", f"{why}; name another folder"))
    return folder


@contextmanager
def _keeping(file: Path | None, kept: "Kept | None") -> Iterator[None]:
    """Write what was kept at the end, also where the reading was stopped."""
    from os2kb.escalation.kept import write_kept

    try:
        yield
    finally:
        if file and kept:
            write_kept(file, kept)


def read_past(
    installation: "Installation",
    scene: "Scene",
    read: "ReadPolicy",
    chosen: "Callable[[Past], tuple[Conversation, ...]]",
    folder: Path | None,
) -> "tuple[list[Facts], int]":
    """What happened to the chosen issues of a repository, and how many could not be read.

    Args:
        chosen: which of its past.
        folder: where what is read is kept; None for nowhere.
    """
    from os2kb.escalation.kept import read_kept
    from os2kb.escalation.past import Past
    from os2kb.governance.facts import Facts

    forge = reconciler_of(installation).observer.forge
    file = folder and folder / f"{scene.repository.id}.json"
    login = installation.forge.login if installation.forge else ""
    kept = read_kept(file, login) if file else None
    with progress_shown() as progress, _keeping(file, kept):
        wait = waiting(progress, installation.now, spoken())
        past = Past(
            forge, installation.database, scene, read.policy, wait, installation.now(), kept
        )
        issues = chosen(past)
        task = progress.add_task(scene.repository.full_name, total=len(issues))
        found = []
        for one in past.each(issues):
            found.append(one)
            progress.advance(task)
    every = [one for one in found if isinstance(one, Facts)]
    return every, len(found) - len(every)

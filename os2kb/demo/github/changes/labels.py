"""A repository's labels: what changes them, and who is told."""

import re

from os2kb.demo.github.changes.payloads import announce
from os2kb.demo.github.refusal import invalid, not_found
from os2kb.demo.github.world.state import Account, Label, Repository
from os2kb.demo.github.world.world import GitHub

DEFAULT_COLOR = "ededed"
LONGEST_NAME = 50


def find_label(repository: Repository, name: str) -> Label | None:
    """The label of that name, in any case."""
    return repository.labels.get(name.casefold())


def create_label(
    github: GitHub,
    repository: Repository,
    actor: Account,
    name: str,
    color: str = DEFAULT_COLOR,
    description: str | None = None,
) -> Label:
    """Make a new label.

    Raises:
        Refusal: the name is taken, empty or too long, or the colour is none.
    """
    _check(name, color)
    if find_label(repository, name):
        raise invalid("Label", "name", "already_exists")
    label = Label(github.new_id(), name, color.lower(), description)
    repository.labels[name.casefold()] = label
    announce(github, repository, actor, "label", "created", label=label)
    return label


def update_label(
    github: GitHub,
    repository: Repository,
    actor: Account,
    label: Label,
    *,
    name: str | None = None,
    color: str | None = None,
    description: str | None = None,
) -> None:
    """Change a label everywhere it is.

    Raises:
        Refusal: as for a new label.
    """
    _check(label.name if name is None else name, color or label.color)
    changes = {}
    if name is not None and name != label.name:
        taken = find_label(repository, name)
        if taken is not None and taken is not label:
            raise invalid("Label", "name", "already_exists")
        changes["name"] = {"from": label.name}
        del repository.labels[label.name.casefold()]
        repository.labels[name.casefold()] = label
        label.name = name
    if color and color.lower() != label.color:
        changes["color"] = {"from": label.color}
        label.color = color.lower()
    if description is not None and description != label.description:
        changes["description"] = {"from": label.description or ""}
        label.description = description
    if changes:
        announce(github, repository, actor, "label", "edited", label=label, changes=changes)


def delete_label(github: GitHub, repository: Repository, actor: Account, name: str) -> None:
    """Remove a label from the repository and from every issue.

    Raises:
        Refusal: there is none of that name.
    """
    label = repository.labels.pop(name.casefold(), None)
    if label is None:
        raise not_found()
    for issue in repository.issues.values():
        if label in issue.labels:
            issue.labels.remove(label)
    announce(github, repository, actor, "label", "deleted", label=label)


def _check(name: str, color: str) -> None:
    if not name.strip():
        raise invalid("Label", "name", "missing_field")
    if len(name) > LONGEST_NAME:
        raise invalid("Label", "name", "invalid")
    if not re.fullmatch("[0-9a-fA-F]{6}", color):
        raise invalid("Label", "color", "invalid")

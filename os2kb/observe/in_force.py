"""The Policy in force in a repository: its own file over its organisation's.

Both are read from the default branch only.
"""

from os2kb.forges.port import Forge
from os2kb.forges.scene import At, Scene, Text, Unreadable, Wanted
from os2kb.governance.facts import Repository
from os2kb.phrases import Phrase
from os2kb.policy.grants import Grant
from os2kb.policy.load import PolicyFile, ReadPolicy, read_policy
from os2kb.policy.policy import PATH, Policy
from os2kb.policy.problem import BadPolicy, PolicyProblem


def policy_in_force(forge: Forge, full_name: str, grant: Grant | None = None) -> ReadPolicy:
    """The Policy of a repository; one read.

    Args:
        forge: where it is read.
        full_name: `owner/name` of the repository.
        grant: what its product may name; None leaves that unchecked.

    Raises:
        BadPolicy: with every problem found in either file.
        ForgeError: a read failed.
    """
    return policy_of_scene(forge.scene(full_name), grant)


def policy_of_scene(scene: Scene, grant: Grant | None = None) -> ReadPolicy:
    """The Policy of a repository as it stands.

    Raises:
        BadPolicy: with every problem found in either file.
    """
    return read_policy(_file(scene.policy, PATH), _organisation_file(scene), grant)


def proposed_problems(
    scene: Scene, proposed: Text, grant: Grant
) -> tuple[PolicyProblem, ...] | None:
    """What is wrong with the Policy file a pull request would put in place; None for no change."""
    if proposed is None:
        return None
    try:
        read_policy(_file(proposed, PATH), _organisation_file(scene), grant)
    except BadPolicy as bad:
        return bad.problems
    return ()


def proposed_policy(forge: Forge, repository: Repository, number: int, head: str) -> Policy:
    """The Policy that a pull request would put in place; two reads.

    What it may name is not checked again.

    Raises:
        BadPolicy: with every problem found in either file.
        ForgeError: a read failed.
    """
    at = At(repository.full_name, head, PATH)
    found = forge.details(repository, number, Wanted(files=(at,))).files[at]
    scene = forge.scene(repository.full_name)
    return read_policy(_file(found, PATH), _organisation_file(scene)).policy


def tried_policy(forge: Forge, full_name: str, own: PolicyFile, grant: Grant) -> Policy:
    """The Policy that a repository would have with this file as its own; one read.

    Raises:
        BadPolicy: with every problem found in either file.
        ForgeError: a read failed.
    """
    return read_policy(own, _organisation_file(forge.scene(full_name)), grant).policy


def _organisation_file(scene: Scene) -> PolicyFile | None:
    """The file that holds for every repository of the organisation but its own `.github`."""
    if scene.repository.full_name.casefold() == scene.organisation.casefold():
        return None
    return _file(scene.organisation_policy, f"{scene.organisation}/{PATH}")


def _file(text: Text, shown: str) -> PolicyFile | None:
    if isinstance(text, Unreadable):
        message = Phrase(
            "Filen kan ikke læses; gør den til en tekstfil på højst 64 KB.",
            "The file cannot be read; make it a text file of at most 64 KB.",
        )
        raise BadPolicy((PolicyProblem(shown, None, message),))
    return None if text is None else PolicyFile(text.text, shown)

"""The Policy in force in a repository: its own file over its organisation's.

Both are read from the default branch only.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from os2kb.forges.port import Forge
from os2kb.forges.scene import At, Scene, Text, Unreadable, Wanted
from os2kb.governance.facts import Repository
from os2kb.phrases import Phrase
from os2kb.policy.grants import Grant
from os2kb.policy.layers import Layers
from os2kb.policy.load import PolicyFile, ReadPolicy, read_policy
from os2kb.policy.policy import PATH, Policy
from os2kb.policy.problem import BadPolicy, PolicyProblem

_WITH_ANOTHER = Phrase(
    "Der er fejl i organisationens policyfil eller i filen her sammen med den. Dens repository er "
    "privat, så her står ikke hvilke: `os2kb policy check FIL --organisation FIL` viser dem for "
    "den, der kan læse begge.",
    "There are mistakes in the organisation's Policy file, or in the file here together with it. "
    "Its repository is private, so they are not told here: `os2kb policy check FILE --organisation "
    "FILE` shows them to whoever can read both.",
)
# What stands for such a file where one is asked what is wrong without it.
_NO_OTHER = PolicyFile("version: 1\n", "")


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
        _proposed(scene, proposed, grant)
    except BadPolicy as bad:
        return bad.problems
    return ()


@dataclass(frozen=True, slots=True)
class Proposal:
    """A Policy that a pull request would put in place, and the labels it names that may be told."""

    policy: Policy
    labels: frozenset[str]


def proposed_policy(
    forge: Forge, repository: Repository, number: int, head: str, grant: Grant | None = None
) -> Proposal:
    """The Policy that a pull request would put in place; two reads.

    Raises:
        BadPolicy: with every problem found in either file.
        ForgeError: a read failed.
    """
    at = At(repository.full_name, head, PATH)
    found = forge.details(repository, number, Wanted(files=(at,))).files[at]
    scene = forge.scene(repository.full_name)
    read = _proposed(scene, found, grant)
    untold = _labels_of_organisation(read.layers) if _keeps_to_itself(scene) else frozenset()
    return Proposal(read.policy, frozenset(read.policy.labels.named()) - untold)


def _labels_of_organisation(layers: Layers) -> frozenset[str]:
    """The labels that stand in the organisation's file and in no other."""
    named = {one.name: frozenset(_leaves(one.data.get("labels"))) for one in layers.layers}
    theirs = named.pop("organisation", frozenset())
    return theirs.difference(*named.values())


def _leaves(value: object) -> Iterator[str]:
    if isinstance(value, Mapping):
        for below in value.values():
            yield from _leaves(below)
    else:
        yield str(value)


def tried_policy(forge: Forge, full_name: str, own: PolicyFile, grant: Grant) -> Policy:
    """The Policy that a repository would have with this file as its own; one read.

    Raises:
        BadPolicy: with every problem found in either file.
        ForgeError: a read failed.
    """
    return read_policy(own, _organisation_file(forge.scene(full_name)), grant).policy


def _proposed(scene: Scene, proposed: Text, grant: Grant | None) -> ReadPolicy:
    """The Policy with a file that is not in place yet; what is wrong is told where everyone reads.

    Of a private organisation's file a public repository tells only what its own alone shows.
    """
    own = _file(proposed, PATH)
    try:
        return read_policy(own, _organisation_file(scene), grant)
    except BadPolicy as bad:
        raise BadPolicy(_told(bad.problems, scene, own, grant)) from None


def problems_told(
    problems: tuple[PolicyProblem, ...], scene: Scene, grant: Grant
) -> tuple[PolicyProblem, ...]:
    """Of what is wrong with the Policy in force, what may be told where everyone reads."""
    is_text = not isinstance(scene.policy, Unreadable)
    return _told(problems, scene, _file(scene.policy, PATH) if is_text else None, grant)


def _told(
    problems: tuple[PolicyProblem, ...],
    scene: Scene,
    own: PolicyFile | None,
    grant: Grant | None,
) -> tuple[PolicyProblem, ...]:
    if not _keeps_to_itself(scene):
        return problems
    return tuple(_without_quotes(problems, own, grant))


def _keeps_to_itself(scene: Scene) -> bool:
    """Whether what the organisation's file says is not for everyone who reads in the repository."""
    return scene.organisation_private and not scene.repository.private


def _without_quotes(
    problems: tuple[PolicyProblem, ...], own: PolicyFile | None, grant: Grant | None
) -> Iterator[PolicyProblem]:
    """The problems that a file has by itself, and one line for those it has with another."""
    try:
        read_policy(own, _NO_OTHER, grant)
        alone: tuple[PolicyProblem, ...] = ()
    except BadPolicy as bad:
        alone = bad.problems
    yield from (one for one in problems if one in alone)
    if set(problems) - set(alone):
        yield PolicyProblem(PATH, None, _WITH_ANOTHER)


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

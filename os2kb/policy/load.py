"""Reading a Policy, and saying precisely what is wrong with one."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from os2kb.policy.document import read_document
from os2kb.policy.escalation.default_ladder import with_ladder
from os2kb.policy.escalation.impossible import impossible
from os2kb.policy.grants import Grant, beyond_grant
from os2kb.policy.layers import Layer, LayerName, Layers, laid_together, layer
from os2kb.policy.policy import PATH, Policy
from os2kb.policy.presets import PRESETS, preset
from os2kb.policy.problem import BadPolicy, PolicyProblem
from os2kb.policy.validate import MOST_PROBLEMS, held_against


@dataclass(frozen=True, slots=True)
class PolicyFile:
    """A Policy file as it was read, and where it stands, for the messages."""

    text: str | bytes
    path: str = PATH


@dataclass(frozen=True, slots=True)
class ReadPolicy:
    """A Policy, and the layers it was made from."""

    policy: Policy
    layers: Layers

    def from_preset(self, *keys: str) -> bool:
        """Whether what stands there is the preset's, and no file says otherwise."""
        origin = self.layers.origin(keys)
        return origin is not None and origin.layer == "preset"


def load_policy(
    source: str | bytes, path: str = PATH, organisation: PolicyFile | None = None
) -> Policy:
    """Read a repository's Policy file, over its organisation's where that is given.

    Raises:
        BadPolicy: with every problem found, each with its file, its line and its cure.
    """
    return read_policy(PolicyFile(source, path), organisation).policy


def check_policy(
    source: str | bytes,
    path: str = PATH,
    grant: Grant | None = None,
    organisation: PolicyFile | None = None,
) -> tuple[PolicyProblem, ...]:
    """Everything wrong with a repository's Policy file; empty when it may be acted on.

    Args:
        source: the file's text, or its bytes.
        path: where it stands, for the messages.
        grant: what its product may name; None leaves that unchecked.
        organisation: the organisation's file, which it is laid over.
    """
    try:
        read_policy(PolicyFile(source, path), organisation, grant)
    except BadPolicy as bad:
        return bad.problems
    return ()


@lru_cache(maxsize=128)  # a backfill asks for the same one a thousand times
def read_policy(
    repository: PolicyFile | None, organisation: PolicyFile | None, grant: Grant | None = None
) -> ReadPolicy:
    """The Policy of a repository: its own file over its organisation's over the preset they name.

    Where there is neither file, everything is as by default.

    Raises:
        BadPolicy: with every problem found, each with its file, its line and its cure.
    """
    return policy_of(_layers(repository, organisation), grant)


def policy_of(files: tuple[Layer, ...], grant: Grant | None = None) -> ReadPolicy:
    """The Policy that these files make, lowest first, over the preset they name.

    Raises:
        BadPolicy: with every problem found, each with its file, its line and its cure.
    """
    if not files:
        return ReadPolicy(Policy(version=1), laid_together(()))
    layers = _with_preset(files)
    policy, problems = held_against(Policy, layers.data, layers.place)
    alone = [
        problem
        for one in files
        for problem in held_against(Policy, one.data, one.document.place, partial=True)[1]
    ]
    if policy is not None:
        # What a preset names is left aside where the product was not given it (`observe.sought`).
        ours = {one.path for one in layers.layers if one.name == "preset"}
        beyond = beyond_grant(policy, grant, layers.place) if grant else ()
        given = (one for one in beyond if one.path not in ours)
        problems = (*impossible(policy, layers.place), *given)
    if policy is None or alone or problems:
        raise BadPolicy(_in_order((*alone, *problems), files))
    return ReadPolicy(with_ladder(policy, grant), layers)


def _layers(repository: PolicyFile | None, organisation: PolicyFile | None) -> tuple[Layer, ...]:
    """The files that there are, lowest first."""
    files: tuple[tuple[LayerName, PolicyFile | None], ...] = (
        ("organisation", organisation),
        ("repository", repository),
    )
    read: list[Layer] = []
    problems: list[PolicyProblem] = []
    for name, file in files:
        if file is None:
            continue
        try:
            read.append(layer(name, read_document(file.text, file.path)))
        except BadPolicy as bad:
            problems.extend(bad.problems)
    if problems:
        raise BadPolicy(tuple(problems))
    return tuple(read)


def _with_preset(files: tuple[Layer, ...]) -> Layers:
    """The files over the preset that they name together; an unknown name is told by the model."""
    layers = laid_together(files)
    name = layers.data.get("preset")
    if name not in PRESETS:
        return layers
    return laid_together((layer("preset", preset(name)), *files))


def _in_order(
    problems: Iterable[PolicyProblem], files: tuple[Layer, ...]
) -> tuple[PolicyProblem, ...]:
    """Each problem once, file by file, line by line."""
    place = {file.path: order for order, file in enumerate(files)}
    return tuple(
        sorted(
            dict.fromkeys(problems),
            key=lambda problem: (place.get(problem.path, -1), problem.line or 0),
        )[:MOST_PROBLEMS]
    )

"""The labelled history of a repository, as its Policy names the labels."""

from collections.abc import Iterator

from os2kb.forges.port import Forge, NotFound
from os2kb.governance.facts import Repository
from os2kb.policy.load import load_policy
from os2kb.policy.policy import PATH, Policy
from os2kb.policy.problem import BadPolicy
from os2kb.triage.issues import BadIssues, LabelledIssue


def labelled_history(forge: Forge, full_name: str) -> tuple[LabelledIssue, ...]:
    """Every issue that carries the label of exactly one type; one page of a hundred is one read.

    What carries the label of suspected vulnerabilities is left out.

    Raises:
        BadIssues: the repository's Policy names no label of a type.
        ForgeError: it cannot be read.
    """
    repository = forge.repository(full_name)
    labels = _policy(forge, repository).labels
    if not labels.type:
        raise BadIssues(f"{full_name}: name its labels under labels.type in {PATH}")
    found: dict[int, list[LabelledIssue]] = {}
    for concept, label in labels.type.items():
        for issue in forge.labelled(repository, label):
            if labels.security not in issue.labels:
                one = LabelledIssue(full_name, concept, issue.title, issue.body)
                found.setdefault(issue.number, []).append(one)
    return tuple(types[0] for _, types in sorted(found.items()) if len(types) == 1)


def _policy(forge: Forge, repository: Repository) -> Policy:
    for place in _places(repository.full_name):
        try:
            file = forge.file(place, PATH)
        except NotFound:
            continue
        if file is not None:
            try:
                return load_policy(file.text, file.path)
            except BadPolicy as wrong:
                raise BadIssues(f"{place}: mend its Policy first: os2kb policy check") from wrong
    return Policy(version=1)


def _places(full_name: str) -> Iterator[str]:
    """Its own Policy, else its organisation's."""
    yield full_name
    yield f"{full_name.partition('/')[0]}/.github"

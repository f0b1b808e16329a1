"""The labelled history of a repository, as its Policy names the labels."""

from index.masking import mask
from os2kb.forges.port import Forge
from os2kb.observe.in_force import policy_in_force
from os2kb.policy.policy import PATH
from os2kb.policy.problem import BadPolicy
from os2kb.triage.issues import BadIssues, LabelledIssue


def labelled_history(forge: Forge, full_name: str) -> tuple[LabelledIssue, ...]:
    """Every issue that carries the label of exactly one type; one page of a hundred is one read.

    What carries the label of suspected vulnerabilities is left out, and personal data is masked: a
    model keeps words.

    Raises:
        BadIssues: the repository's Policy names no label of a type.
        ForgeError: it cannot be read.
    """
    repository = forge.repository(full_name)
    try:
        labels = policy_in_force(forge, full_name).policy.labels
    except BadPolicy as bad:
        wrong = bad.problems[0].path
        raise BadIssues(f"{full_name}: mend {wrong} first: os2kb policy check") from bad
    if not labels.type:
        raise BadIssues(f"{full_name}: name its labels under labels.type in {PATH}")
    secret = (labels.security or "").casefold()
    found: dict[int, list[LabelledIssue]] = {}
    for concept, label in labels.type.items():
        for issue in forge.labelled(repository, label):
            if secret not in map(str.casefold, issue.labels):
                one = LabelledIssue(full_name, concept, mask(issue.title), mask(issue.body))
                found.setdefault(issue.number, []).append(one)
    return tuple(types[0] for _, types in sorted(found.items()) if len(types) == 1)

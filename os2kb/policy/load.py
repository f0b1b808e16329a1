"""Reading a Policy, and saying precisely what is wrong with one."""

from os2kb.policy.document import read_document
from os2kb.policy.grants import Grant, beyond_grant
from os2kb.policy.policy import PATH, Policy
from os2kb.policy.problem import BadPolicy, PolicyProblem
from os2kb.policy.validate import validated


def load_policy(source: str | bytes, path: str = PATH) -> Policy:
    """Read a Policy file.

    Raises:
        BadPolicy: with every problem found, each with its line and its cure.
    """
    return validated(read_document(source, path), Policy)


def check_policy(
    source: str | bytes, path: str = PATH, grant: Grant | None = None
) -> tuple[PolicyProblem, ...]:
    """Everything wrong with a Policy file; empty when it may be acted on.

    Args:
        source: the file's text, or its bytes.
        path: where it stands, for the messages.
        grant: what its product may name; None leaves that unchecked.
    """
    try:
        document = read_document(source, path)
        policy = validated(document, Policy)
    except BadPolicy as bad:
        return bad.problems
    return () if grant is None else beyond_grant(policy, grant, path, document.lines)

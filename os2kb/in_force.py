"""The Policy in force in a repository: its own file over its organisation's.

Both are read from the default branch only.
"""

from os2kb.forges.port import Forge, NotFound, NotText
from os2kb.phrases import Phrase
from os2kb.policy.grants import Grant
from os2kb.policy.load import PolicyFile, ReadPolicy, read_policy
from os2kb.policy.policy import PATH
from os2kb.policy.problem import BadPolicy, PolicyProblem


def policy_in_force(
    forge: Forge, full_name: str, grant: Grant | None = None, commit: str = ""
) -> ReadPolicy:
    """The Policy of a repository; two reads.

    Args:
        forge: where it is read.
        full_name: `owner/name` of the repository.
        grant: what its product may name; None leaves that unchecked.
        commit: where its default branch is, if that is known.

    Raises:
        BadPolicy: with every problem found in either file.
        ForgeError: a read failed.
    """
    repository = repository_file(forge, full_name, commit)
    return read_policy(repository, organisation_file(forge, full_name), grant)


def repository_file(forge: Forge, full_name: str, commit: str = "") -> PolicyFile | None:
    """The repository's own Policy file; None where it has none."""
    return _file(forge, full_name, PATH, commit)


def organisation_file(forge: Forge, full_name: str) -> PolicyFile | None:
    """The Policy file in the `.github` repository of its organisation, for every repository there.

    None where it has none, where we may not read it, and for that repository itself, whose own
    file it is.
    """
    place = f"{full_name.partition('/')[0]}/.github"
    if full_name.casefold() == place.casefold():
        return None
    try:
        return _file(forge, place, f"{place}/{PATH}")
    except NotFound:  # the App is not installed there
        return None


def _file(forge: Forge, full_name: str, shown: str, commit: str = "") -> PolicyFile | None:
    try:
        file = forge.file(full_name, PATH, commit)
    except NotText as error:
        message = Phrase(
            f"Filen kan ikke læses ({error}); gør den til en tekstfil på højst 64 KB.",
            f"The file cannot be read ({error}); make it a text file of at most 64 KB.",
        )
        raise BadPolicy((PolicyProblem(shown, None, message),)) from None
    return None if file is None else PolicyFile(file.text, shown)

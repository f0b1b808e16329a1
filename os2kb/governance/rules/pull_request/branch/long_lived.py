"""The branches that live on, and gather what others finished."""

from fnmatch import fnmatchcase

from os2kb.governance.facts import Facts
from os2kb.governance.rules.rule import pull_of

_NAMES = frozenset({"main", "master", "develop", "development", "dev"})
_RELEASES = "release/*"


def is_long_lived(facts: Facts) -> bool:
    """Whether the head is one of the repository's lasting branches, as git-flow has them.

    A branch of that name in a fork is a contributor's own.
    """
    pull = pull_of(facts)
    lasting = _NAMES | {facts.repository.default_branch}
    return not pull.from_fork and pull.head_branch in lasting


def gathers_finished_work(facts: Facts) -> bool:
    """Whether the pull request brings on what was accepted before: a release, a way back."""
    pull = pull_of(facts)
    is_release = not pull.from_fork and fnmatchcase(pull.head_branch, _RELEASES)
    return is_release or is_long_lived(facts)

"""Options of the rules about branches and commits."""

from collections.abc import Mapping

from os2kb.policy.rules.setting import RuleSetting
from os2kb.policy.section import Name


class BranchName(RuleSetting):
    """Options of `branch-name`.

    Attributes:
        patterns: globs, one of which the branch must match.
    """

    patterns: tuple[Name, ...] = ("feature/*", "hotfix/*", "release/*")


class TargetBranch(RuleSetting):
    """Options of `target-branch`.

    Attributes:
        allow: glob of the head branch to the base it may target, or to several.
    """

    allow: Mapping[Name, Name | tuple[Name, ...]] = {}


class MergeCommits(RuleSetting):
    """`merge-commits` has no options of its own."""


class SignOff(RuleSetting):
    """`sign-off` has no options of its own."""

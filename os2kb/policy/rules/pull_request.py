"""Options of the rules for pull requests."""

from collections.abc import Mapping
from typing import Annotated

from pydantic import Field

from os2kb.policy.pattern import Pattern
from os2kb.policy.rules.setting import RuleSetting
from os2kb.policy.section import Name


class LinkedIssue(RuleSetting):
    """`linked-issue` has no options of its own."""


class Changelog(RuleSetting):
    """Options of `changelog`.

    Attributes:
        exempt: a pull request that only touches these needs no entry; globs as in a shell, where
            `*` also crosses folders.
        link: whether the entry has to link to its pull request.
    """

    exempt: tuple[Name, ...] = (".github/*", ".gitlab-ci.yml", "docs/*", "*.md", "*.rst")
    link: bool = False


class Title(RuleSetting):
    """Options of `title`.

    Attributes:
        pattern: RE2 pattern that must be found in the title; None for any.
        max_length: characters; None for any.
        past_tense: it must not begin with a verb in another tense (`Fix`, `Tilføjer`).
        final_period: whether it may end with a period.
        commits: whether the first lines of commit messages are asked for the same.
    """

    pattern: Pattern | None = None
    max_length: Annotated[int, Field(ge=10, le=256)] | None = None
    past_tense: bool = False
    final_period: bool = True
    commits: bool = False


class BranchName(RuleSetting):
    """Options of `branch-name`: globs, one of which the branch must match."""

    patterns: tuple[Name, ...] = ("feature/*", "hotfix/*", "release/*")


class TargetBranch(RuleSetting):
    """Options of `target-branch`.

    Attributes:
        allow: glob of the head branch to the base it may target, or to several.
    """

    allow: Mapping[Name, Name | tuple[Name, ...]] = {}

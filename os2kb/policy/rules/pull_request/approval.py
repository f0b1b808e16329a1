"""Options of the rules about what others say of a pull request."""

from typing import Annotated

from pydantic import Field

from os2kb.policy.rules.setting import RuleSetting
from os2kb.policy.section import Label, Name, RepositoryPath


class Reviews(RuleSetting):
    """Options of `reviews`.

    Attributes:
        count: approvals by others than the author.
        organisations: how many organisations of `people` they must come from.
    """

    count: Annotated[int, Field(ge=1, le=10)] = 1
    organisations: Annotated[int, Field(ge=1, le=10)] = 1


class Discussions(RuleSetting):
    """`discussions` has no options of its own."""


class Checks(RuleSetting):
    """Options of `checks`.

    Attributes:
        exempt: globs of the names of checks that may fail.
    """

    exempt: tuple[Name, ...] = ()


class RightsTransfer(RuleSetting):
    """Options of `rights-transfer`.

    Attributes:
        file: a file of this repository that lists those who signed, by login.
        label: what a person puts on a pull request whose author signed.
    """

    file: RepositoryPath | None = None
    label: Label | None = None


class Takeover(RuleSetting):
    """Options of `takeover`.

    Attributes:
        label: what marks a contribution that the product takes over.
        checklist: what has to be ticked in the description, each found by the beginning of a word
            in one of its wordings, which are parted by ` / `.
    """

    label: Label | None = None
    checklist: tuple[Name, ...] = (
        "vedligeholder / vedligehold / maintainer / maintained",
        "dokumentation / documentation",
        "test",
        "rettigheder / rettighed / ophavsret / rights / copyright",
    )

"""Options of the rules for issues."""

from typing import Annotated

from pydantic import Field

from os2kb.policy.rules.setting import Level, RuleSetting
from os2kb.policy.section import Name


class TypeLabel(RuleSetting):
    """Options of `type-label`. It does nothing until `labels.type` names labels."""

    level: Level = "advise"


class AreaLabel(RuleSetting):
    """Options of `area-label`. It does nothing until `labels.area` names labels.

    Attributes:
        field: the form's question about the area.
    """

    field: Name = "Område"


class IssueForm(RuleSetting):
    """Options of `issue-form`.

    Attributes:
        headings: what must be answered; empty means the required fields of the form that was used.
    """

    headings: tuple[Name, ...] = ()


class PriorityReason(RuleSetting):
    """Options of `priority-reason`.

    Attributes:
        field: the form's question about the priority.
        values: the answers to it that need a reason.
        reason: the form's question about the reason.
    """

    field: Name = "Prioritet"
    values: tuple[Name, ...] = ("Høj", "Kritisk")
    reason: Name = "Begrundelse"


class Severity(RuleSetting):
    """`severity` has no options. It is off until there is an `escalation`."""

    level: Level = "advise"


class Duplicate(RuleSetting):
    """Options of `duplicate`.

    Attributes:
        threshold: how alike two issues are, 0 to 1, before the newer is led to the older.
    """

    threshold: Annotated[float, Field(ge=0.3, le=1)] = 0.5

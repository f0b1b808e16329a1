"""Options of the rules for issues."""

from os2kb.policy.rules.setting import Level, RuleSetting


class TypeLabel(RuleSetting):
    """Options of `type-label`. It does nothing until `labels.type` names labels."""

    level: Level = "advise"

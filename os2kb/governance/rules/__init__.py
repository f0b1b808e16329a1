"""The rules, one per file. To add one: its file, a line here, its options in the Policy."""

from collections.abc import Iterable

from os2kb.governance.facts import Facts
from os2kb.governance.findings import Finding
from os2kb.governance.rules.issue.area_label import RULE as AREA_LABEL
from os2kb.governance.rules.issue.duplicate import RULE as DUPLICATE
from os2kb.governance.rules.issue.issue_form import RULE as ISSUE_FORM
from os2kb.governance.rules.issue.priority_reason import RULE as PRIORITY_REASON
from os2kb.governance.rules.issue.severity import RULE as SEVERITY
from os2kb.governance.rules.issue.type_label import RULE as TYPE_LABEL
from os2kb.governance.rules.pull_request.approval.checks import RULE as CHECKS
from os2kb.governance.rules.pull_request.approval.discussions import RULE as DISCUSSIONS
from os2kb.governance.rules.pull_request.approval.reviews import RULE as REVIEWS
from os2kb.governance.rules.pull_request.approval.rights_transfer import (
    RULE as RIGHTS_TRANSFER,
)
from os2kb.governance.rules.pull_request.approval.takeover import RULE as TAKEOVER
from os2kb.governance.rules.pull_request.branch.branch_name import RULE as BRANCH_NAME
from os2kb.governance.rules.pull_request.branch.merge_commits import RULE as MERGE_COMMITS
from os2kb.governance.rules.pull_request.branch.sign_off import RULE as SIGN_OFF
from os2kb.governance.rules.pull_request.branch.target_branch import RULE as TARGET_BRANCH
from os2kb.governance.rules.pull_request.files.api_description import RULE as API_DESCRIPTION
from os2kb.governance.rules.pull_request.files.changelog import RULE as CHANGELOG
from os2kb.governance.rules.pull_request.files.documentation import RULE as DOCUMENTATION
from os2kb.governance.rules.pull_request.files.licence import RULE as LICENCE
from os2kb.governance.rules.pull_request.files.size import RULE as SIZE
from os2kb.governance.rules.pull_request.files.tests import RULE as TESTS
from os2kb.governance.rules.pull_request.written.approved_issue import RULE as APPROVED_ISSUE
from os2kb.governance.rules.pull_request.written.linked_issue import RULE as LINKED_ISSUE
from os2kb.governance.rules.pull_request.written.screenshot import RULE as SCREENSHOT
from os2kb.governance.rules.pull_request.written.template import RULE as TEMPLATE
from os2kb.governance.rules.pull_request.written.title import RULE as TITLE
from os2kb.governance.rules.rule import Rule, kind_of
from os2kb.governance.rules.text.description import RULE as DESCRIPTION
from os2kb.governance.rules.text.language import RULE as LANGUAGE
from os2kb.governance.rules.text.personal_data import RULE as PERSONAL_DATA
from os2kb.governance.rules.text.security_report import RULE as SECURITY_REPORT
from os2kb.phrases import NOTHING
from os2kb.policy.policy import Policy

REGISTRY: tuple[Rule, ...] = (
    SECURITY_REPORT,
    PERSONAL_DATA,
    TYPE_LABEL,
    AREA_LABEL,
    ISSUE_FORM,
    PRIORITY_REASON,
    SEVERITY,
    DUPLICATE,
    LANGUAGE,
    LINKED_ISSUE,
    APPROVED_ISSUE,
    DESCRIPTION,
    TEMPLATE,
    SCREENSHOT,
    CHANGELOG,
    TITLE,
    BRANCH_NAME,
    TARGET_BRANCH,
    MERGE_COMMITS,
    SIGN_OFF,
    SIZE,
    LICENCE,
    TESTS,
    DOCUMENTATION,
    API_DESCRIPTION,
    REVIEWS,
    DISCUSSIONS,
    CHECKS,
    RIGHTS_TRANSFER,
    TAKEOVER,
)

ALARMS = frozenset(rule.id for rule in REGISTRY if rule.asks == NOTHING)
"""Rules that say something only when something is wrong."""

KEEP_QUIET = frozenset({SECURITY_REPORT.id, PERSONAL_DATA.id})
"""Rules that fail where a text holds what must not be repeated, not even its title."""


def rules_for(facts: Facts, policy: Policy) -> tuple[Rule, ...]:
    """The rules that hold for a subject, in the order their Findings are shown."""
    kind = kind_of(facts)
    return tuple(
        rule for rule in REGISTRY if kind in rule.applies_to and rule.level(policy) != "off"
    )


def is_kept_quiet(findings: Iterable[Finding]) -> bool:
    """Whether a text holds what must not be repeated."""
    return any(one.rule in KEEP_QUIET and one.verdict == "fail" for one in findings)


__all__ = ["ALARMS", "KEEP_QUIET", "REGISTRY", "Rule", "is_kept_quiet", "rules_for"]

"""`guidelines.rules`: every rule with its default. The YAML key is the rule's id."""

from pydantic import Field

from os2kb.policy.rules.issue import (
    AreaLabel,
    Duplicate,
    IssueForm,
    PriorityReason,
    Severity,
    TypeLabel,
)
from os2kb.policy.rules.pull_request.approval import (
    Checks,
    Discussions,
    Reviews,
    RightsTransfer,
    Takeover,
)
from os2kb.policy.rules.pull_request.branch import BranchName, MergeCommits, SignOff, TargetBranch
from os2kb.policy.rules.pull_request.files import (
    ApiDescription,
    Changelog,
    Documentation,
    Licence,
    Size,
    Tests,
)
from os2kb.policy.rules.pull_request.written import (
    ApprovedIssue,
    LinkedIssue,
    Screenshot,
    Template,
    Title,
)
from os2kb.policy.rules.setting import Level, RuleSetting
from os2kb.policy.rules.text import Description, Language, PersonalData, SecurityReport
from os2kb.policy.section import Section


class Rules(Section):
    """One key a rule."""

    type_label: TypeLabel = Field(TypeLabel(), alias="type-label")
    area_label: AreaLabel = Field(AreaLabel(), alias="area-label")
    issue_form: IssueForm = Field(IssueForm(), alias="issue-form")
    priority_reason: PriorityReason = Field(PriorityReason(), alias="priority-reason")
    severity: Severity = Severity()
    duplicate: Duplicate = Duplicate()
    security_report: SecurityReport = Field(SecurityReport(), alias="security-report")
    language: Language = Language()
    personal_data: PersonalData = Field(PersonalData(), alias="personal-data")
    linked_issue: LinkedIssue = Field(LinkedIssue(), alias="linked-issue")
    approved_issue: ApprovedIssue = Field(ApprovedIssue(), alias="approved-issue")
    description: Description = Description()
    template: Template = Template()
    screenshot: Screenshot = Screenshot()
    changelog: Changelog = Changelog()
    title: Title = Title()
    branch_name: BranchName = Field(BranchName(), alias="branch-name")
    target_branch: TargetBranch = Field(TargetBranch(), alias="target-branch")
    merge_commits: MergeCommits = Field(MergeCommits(), alias="merge-commits")
    sign_off: SignOff = Field(SignOff(), alias="sign-off")
    size: Size = Size()
    licence: Licence = Licence()
    tests: Tests = Tests()
    documentation: Documentation = Documentation()
    api_description: ApiDescription = Field(ApiDescription(), alias="api-description")
    reviews: Reviews = Reviews()
    discussions: Discussions = Discussions()
    checks: Checks = Checks()
    rights_transfer: RightsTransfer = Field(RightsTransfer(), alias="rights-transfer")
    takeover: Takeover = Takeover()

    def labels(self) -> tuple[str, ...]:
        """Labels of the repository that the rules read and never set."""
        single = (self.rights_transfer.label, self.takeover.label)
        return (*self.approved_issue.labels, *(label for label in single if label))


__all__ = ["Level", "RuleSetting", "Rules"]

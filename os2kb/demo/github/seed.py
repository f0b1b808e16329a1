"""The seed: what the demo GitHub holds when it starts, as YAML or JSON.

Every key but `repositories` may be left out; an unknown key is an error that names it.

```yaml
app: {id: 4242, slug: os2kb}          # public_key: PEM; made at start where absent
people: [ida, bo, kim]                # or {ida: {name: …, email: …}}; token: person-ida
organisations:
  os2display:
    name: OS2display
    teams: {maintainers: [kim], koordination: [ida, kim]}
installations:                        # default: one per organisation, all repositories,
  - account: os2display               # DEFAULT_PERMISSIONS
    id: 71
    repositories: all                 # or names: [display-api-service]
    permissions: {issues: write, pull_requests: write, checks: write, contents: read}
repositories:
  os2display/display-api-service:
    id: 101                           # optional everywhere: ids, numbers and times
    private: false
    archived: false
    description: The API of OS2display
    default_branch: main
    renamed_from: [os2display/api]    # old names answer 301
    protected: [main]                 # change only through an approved pull request
    labels: {Bug: d73a4a, Spørgsmål: {color: cc317c, description: Et spørgsmål}}
    collaborators: {ida: admin, kim: maintain, bo: read}
    files:                            # of the default branch: text, or a file beside the seed
      README.md: "# Display"
      docs/CONTRIBUTING.md: {file: contributing.md}
    branches:
      feature/upload:
        from: main                    # default: the default branch
        commits:
          - {by: bo, message: Gem billeder, files: {src/upload.py: "…"}, delete: [old.py]}
    issues:
      - title: Kan ikke logge ind     # number: the next free one
        body: "…"
        by: bo
        at: 2026-03-02T08:15:00Z      # default: now
        labels: [Bug]
        state: closed                 # open
        state_reason: completed       # not_planned, duplicate
        locked: false
        deleted: false                # true answers 410
        moved_to: os2display/display-api-service#9    # transferred: answers 301
        comments: [{by: kim, body: "Hvilken browser?", at: 2026-03-02T09:00:00Z}]
    pulls:                            # as issues, and:
      - {title: Gem billeder, by: bo, head: feature/upload, base: main, draft: false,
         from_fork: false,            # true: the fork has been deleted since
         checks: [{name: test, conclusion: failure, app: 15368}],   # on its head; app: another's
         reviews: [{by: kim, state: APPROVED, body: Fint,
                    comments: [{path: src/app.py, body: "Hvorfor?", line: 1, resolved: false}]}]}
```

Issues are numbered before pull requests. Seeding sends no deliveries.
"""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from os2kb.demo.github.world.hooks import EVENTS

Role = Literal["read", "triage", "write", "maintain", "admin"]
Colour = Annotated[str, Field(pattern="^[0-9a-fA-F]{6}$")]
Text = Annotated[str, BeforeValidator(lambda value: "" if value is None else value)]

DEFAULT_PERMISSIONS = {
    "metadata": "read",
    "issues": "write",
    "pull_requests": "write",
    "checks": "write",
    "statuses": "read",
    "contents": "write",
    "discussions": "read",
    "members": "read",
}


class Part(BaseModel):
    """A part of the seed: unknown keys are errors."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)


class AppSeed(Part):
    """The GitHub App."""

    id: int = 4242
    slug: str = "os2kb"
    name: str = ""
    public_key: str = ""
    events: tuple[str, ...] = EVENTS


class PersonSeed(Part):
    """A person."""

    name: str = ""
    email: str = ""


class OrganisationSeed(Part):
    """An organisation and its teams."""

    name: str = ""
    teams: dict[str, list[str]] = {}


class InstallationSeed(Part):
    """The app on an organisation."""

    account: str
    id: int | None = None
    repositories: Literal["all"] | list[str] = "all"
    permissions: dict[str, Literal["read", "write"]] = DEFAULT_PERMISSIONS  # type: ignore[assignment]


class LabelSeed(Part):
    """A label."""

    color: Colour = "ededed"
    description: str | None = None


class FileSeed(Part):
    """A file kept beside the seed."""

    file: str


class CommitSeed(Part):
    """A commit on a branch."""

    by: str
    message: str
    files: dict[str, str | FileSeed] = {}
    delete: list[str] = []
    at: datetime | None = None


class BranchSeed(Part):
    """A branch and what it adds."""

    start: str | None = Field(None, alias="from")
    commits: list[CommitSeed] = []


class CommentSeed(Part):
    """A conversation comment."""

    by: str
    body: Text
    at: datetime | None = None


class RemarkSeed(Part):
    """A remark on a line."""

    path: str
    body: str
    line: int = 1
    resolved: bool = False


class ReviewSeed(Part):
    """A review of a pull request."""

    by: str
    state: Literal["APPROVED", "CHANGES_REQUESTED", "COMMENTED"]
    body: Text = ""
    comments: list[RemarkSeed] = []


class CheckSeed(Part):
    """A check on a pull request's head; without a conclusion it still runs."""

    name: str
    conclusion: str | None = None
    app: int = 0


class IssueSeed(Part):
    """An issue."""

    title: str
    by: str
    body: str | None = None
    number: int | None = None
    at: datetime | None = None
    labels: list[str] = []
    state: Literal["open", "closed"] = "open"
    state_reason: Literal["completed", "not_planned", "duplicate", "reopened"] | None = None
    locked: bool = False
    assignees: list[str] = []
    milestone: str = ""
    columns: list[str] = []
    deleted: bool = False
    moved_to: str = Field("", pattern=r"^$|^[^/]+/[^/#]+#\d+$")
    comments: list[CommentSeed] = []


class DiscussionSeed(Part):
    """A discussion; `answer` is the comment that was marked as one."""

    number: int
    title: str
    by: str
    body: Text = ""
    category: str = "Q&A"
    at: datetime | None = None
    labels: list[str] = []
    answer: CommentSeed | None = None


class PullSeed(IssueSeed):
    """A pull request."""

    head: str
    base: str | None = None
    draft: bool = False
    from_fork: bool = False
    checks: list[CheckSeed] = []
    reviews: list[ReviewSeed] = []


class RepositorySeed(Part):
    """A repository."""

    id: int | None = None
    private: bool = False
    archived: bool = False
    description: str | None = None
    default_branch: str = "main"
    renamed_from: list[str] = []
    protected: list[str] = []
    labels: dict[str, Colour | LabelSeed] = {}
    milestones: list[str] = []
    collaborators: dict[str, Role] = {}
    files: dict[str, str | FileSeed] = {}
    branches: dict[str, BranchSeed] = {}
    issues: list[IssueSeed] = []
    pulls: list[PullSeed] = []
    discussions: list[DiscussionSeed] = []


class Seed(Part):
    """The whole seed."""

    app: AppSeed = AppSeed()
    people: list[str] | dict[str, PersonSeed | None] = []
    organisations: dict[str, OrganisationSeed] = {}
    installations: list[InstallationSeed] | None = None
    repositories: dict[Annotated[str, Field(pattern="^[^/]+/[^/]+$")], RepositorySeed]

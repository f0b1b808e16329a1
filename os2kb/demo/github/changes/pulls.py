"""Pull requests: opening, reviewing, merging, and who is told."""

from os2kb.demo.github.changes.contents import move_branch
from os2kb.demo.github.changes.issues import close, note, open_issue
from os2kb.demo.github.changes.payloads import announce, announce_conversation
from os2kb.demo.github.refusal import Refusal, invalid, not_found
from os2kb.demo.github.shapes.pulls import commits_of, head_and_base, pull_of, started_from
from os2kb.demo.github.shapes.text import node_id
from os2kb.demo.github.world.git import add_commit, merged_tree
from os2kb.demo.github.world.state import (
    ROLES,
    Account,
    Issue,
    Pull,
    Repository,
    Review,
    ReviewComment,
)
from os2kb.demo.github.world.world import GitHub

STATES = {"APPROVE": "APPROVED", "REQUEST_CHANGES": "CHANGES_REQUESTED", "COMMENT": "COMMENTED"}


def open_pull(
    github: GitHub,
    repository: Repository,
    actor: Account,
    *,
    title: str,
    body: str | None,
    head: str,
    base: str,
    draft: bool = False,
) -> Issue:
    """Ask for a branch to be merged into another.

    Raises:
        Refusal: a branch is missing, there is nothing to merge, or it was asked already.
    """
    branch = head.removeprefix(f"{repository.owner.login}:")
    for field, name in (("head", branch), ("base", base)):
        if name not in repository.branches:
            raise invalid("PullRequest", field, "invalid")
    pull = Pull(github.new_id(), branch, base, draft)
    for other in repository.issues.values():
        same = other.pull and (other.pull.head, other.pull.base) == (branch, base)
        if same and other.state == "open":
            said = f"A pull request already exists for {repository.owner.login}:{branch}."
            raise invalid("PullRequest", "head", "custom", said)
    if not commits_of(repository, pull):
        said = f"No commits between {base} and {branch}"
        raise invalid("PullRequest", "head", "custom", said)
    return open_issue(github, repository, actor, title, body, pull=pull)


def set_base(
    github: GitHub, repository: Repository, actor: Account, issue: Issue, base: str
) -> None:
    """Ask for the merge into another branch.

    Raises:
        Refusal: there is no such branch.
    """
    pull = pull_of(issue)
    if base == pull.base:
        return
    if base not in repository.branches:
        raise invalid("PullRequest", "base", "invalid")
    changes = {"base": {"ref": {"from": pull.base}}}
    pull.base = base
    issue.updated_at = github.now()
    announce_conversation(github, repository, actor, issue, "edited", changes=changes)


def add_review(
    github: GitHub,
    repository: Repository,
    actor: Account,
    issue: Issue,
    *,
    event: str,
    body: str,
    commit: str | None = None,
    remarks: tuple[tuple[str, int, str], ...] = (),
) -> Review:
    """Give a verdict; `remarks` are path, line and text.

    Raises:
        Refusal: nobody approves their own work, and a closed request takes no verdict.
    """
    pull = pull_of(issue)
    state = STATES.get(event, "PENDING")
    if actor is issue.author and event in {"APPROVE", "REQUEST_CHANGES"}:
        verb = "approve" if event == "APPROVE" else "request changes on"
        said = f"Review Can not {verb} your own pull request"
        raise Refusal(422, "Unprocessable Entity", errors=[said])
    if event in {"REQUEST_CHANGES", "COMMENT"} and not body and not remarks:
        raise Refusal(422, "Unprocessable Entity", errors=["Body can't be blank"])
    head, _ = head_and_base(repository, pull)
    now = github.now()
    review = Review(github.new_id(), actor, state, body, commit or head.sha, now)
    review.comments = [
        ReviewComment(github.new_id(), actor, path, line, text, now) for path, line, text in remarks
    ]
    pull.reviews.append(review)
    if state != "PENDING":
        note(github, issue, actor, "reviewed").review = review
        announce(
            github,
            repository,
            actor,
            "pull_request_review",
            "submitted",
            pull_request=issue,
            review=review,
        )
    return review


def find_remark(repository: Repository, number: int) -> tuple[Issue, Review, ReviewComment]:
    """A remark by its id.

    Raises:
        Refusal: there is none.
    """
    for issue in repository.issues.values():
        for review in issue.pull.reviews if issue.pull else ():
            for remark in review.comments:
                if remark.id == number:
                    return issue, review, remark
    raise not_found()


def resolve_remark(
    github: GitHub, repository: Repository, actor: Account, issue: Issue, remark: ReviewComment
) -> None:
    """Call the discussion that a remark began settled."""
    remark.resolved = True
    thread = {"node_id": node_id("PullRequestReviewThread", remark.id), "comments": []}
    announce(
        github,
        repository,
        actor,
        "pull_request_review_thread",
        "resolved",
        pull_request=issue,
        thread=thread,
    )


def is_approved(repository: Repository, issue: Issue) -> bool:
    """Whether someone who may write approved it last, and nobody's objection stands."""
    last: dict[str, str] = {}
    for review in pull_of(issue).reviews:
        rank = ROLES.index(repository.collaborators.get(review.author.login, "none"))
        if rank >= ROLES.index("write") and review.state in {"APPROVED", "CHANGES_REQUESTED"}:
            last[review.author.login] = review.state
    return bool(last) and set(last.values()) == {"APPROVED"}


def merge(
    github: GitHub,
    repository: Repository,
    actor: Account,
    issue: Issue,
    *,
    message: str = "",
    expected_head: str | None = None,
    method: str = "merge",
) -> str:
    """Merge it and close it; returns the merge commit's sha.

    Raises:
        Refusal: 405 where it cannot be merged, 409 where the head has moved.
    """
    pull = pull_of(issue)
    if issue.state == "closed" or pull.draft:
        raise Refusal(405, "Pull Request is not mergeable")
    head, base = head_and_base(repository, pull)
    if expected_head and expected_head != head.sha:
        raise Refusal(409, "Head branch was modified. Review and try the merge again.")
    if pull.base in repository.protected and not is_approved(repository, issue):
        raise Refusal(
            405, "At least 1 approving review is required by reviewers with write access."
        )
    tree = merged_tree(started_from(repository, pull), base.tree, head.tree)
    if tree is None:
        raise Refusal(405, "Pull Request is not mergeable")
    said = message or f"Merge pull request #{issue.number} from {pull.head}\n\n{issue.title}"
    parents = (base.sha, head.sha) if method == "merge" else (base.sha,)
    commit = add_commit(repository, tree, said, actor, github.now(), parents)
    pull.closed_head, pull.closed_base = head.sha, base.sha
    move_branch(github, repository, actor, pull.base, commit.sha)
    pull.merged_at, pull.merged_by, pull.merge_commit = github.now(), actor, commit.sha
    note(github, issue, actor, "merged").commit = commit.sha
    close(github, repository, actor, issue)
    return commit.sha


def close_pulls_of(github: GitHub, repository: Repository, actor: Account, branch: str) -> None:
    """Close what would merge from or into a branch that is about to go."""
    for issue in repository.issues.values():
        if issue.pull and issue.state == "open" and branch in {issue.pull.head, issue.pull.base}:
            close(github, repository, actor, issue)

"""Pull requests and reviews."""

from os2kb.demo.github.shapes.accounts import user
from os2kb.demo.github.shapes.issues import (
    assigned,
    association,
    issue_html_url,
    label,
    planned,
)
from os2kb.demo.github.shapes.repositories import repository, repository_url
from os2kb.demo.github.shapes.text import Json, node_id, stamp
from os2kb.demo.github.world.git import differences, history, merge_base, merged_tree
from os2kb.demo.github.world.state import (
    Commit,
    Issue,
    Pull,
    Repository,
    Review,
    ReviewComment,
)
from os2kb.demo.github.world.world import GitHub


def pull_of(issue: Issue) -> Pull:
    """What makes an issue a pull request.

    Raises:
        ValueError: it is none.
    """
    if issue.pull is None:
        raise ValueError(f"#{issue.number} is no pull request")
    return issue.pull


def head_and_base(repository: Repository, pull: Pull) -> tuple[Commit, Commit]:
    """The tips now, or as they were when the pull request was closed."""
    head = pull.closed_head or repository.branches[pull.head]
    base = pull.closed_base or repository.branches[pull.base]
    return repository.commits[head], repository.commits[base]


def commits_of(repository: Repository, pull: Pull) -> list[Commit]:
    """The commits a pull request would bring, oldest first."""
    head, base = head_and_base(repository, pull)
    there = set(history(repository, base.sha))
    return [repository.commits[s] for s in history(repository, head.sha) if s not in there][::-1]


def started_from(repository: Repository, pull: Pull) -> dict[str, bytes]:
    """The tree a pull request's difference is taken against."""
    head, base = head_and_base(repository, pull)
    common = merge_base(repository, base.sha, head.sha)
    return common.tree if common else {}


def simple_pull_request(github: GitHub, repo: Repository, issue: Issue) -> Json:
    """A `pull-request-simple`, as lists show it."""
    pull = pull_of(issue)
    head, base = head_and_base(repo, pull)
    home = repository_url(github, repo)
    url = f"{home}/pulls/{issue.number}"
    html = issue_html_url(github, repo, issue)
    links = {
        "self": url,
        "html": html,
        "issue": f"{home}/issues/{issue.number}",
        "comments": f"{home}/issues/{issue.number}/comments",
        "review_comments": f"{url}/comments",
        "review_comment": f"{home}/pulls/comments{{/number}}",
        "commits": f"{url}/commits",
        "statuses": f"{home}/statuses/{head.sha}",
    }
    return {
        "id": pull.id,
        "node_id": node_id("PullRequest", pull.id),
        "url": url,
        "html_url": html,
        "diff_url": f"{html}.diff",
        "patch_url": f"{html}.patch",
        **{f"{name}_url": link for name, link in links.items() if name not in {"self", "html"}},
        "number": issue.number,
        "state": issue.state,
        "locked": issue.locked,
        "active_lock_reason": issue.lock_reason,
        "title": issue.title,
        "body": issue.body,
        "user": user(github, issue.author),
        "labels": [label(github, repo, one) for one in issue.labels],
        **assigned(github, issue),
        "requested_reviewers": [],
        "requested_teams": [],
        "milestone": planned(github, repo, issue),
        "created_at": stamp(issue.created_at),
        "updated_at": stamp(issue.updated_at),
        "closed_at": stamp(issue.closed_at),
        "merged_at": stamp(pull.merged_at),
        "merge_commit_sha": pull.merge_commit,
        "head": _end(github, repo, pull.head, head) | ({"repo": None} if pull.from_fork else {}),
        "base": _end(github, repo, pull.base, base),
        "_links": {name: {"href": link} for name, link in links.items()},
        "author_association": association(github, repo, issue.author, of_pull=True),
        "auto_merge": None,
        "draft": pull.draft,
    }


def pull_request(github: GitHub, repo: Repository, issue: Issue) -> Json:
    """A `pull-request`."""
    pull = pull_of(issue)
    head, base = head_and_base(repo, pull)
    start = started_from(repo, pull)
    changes = differences(start, head.tree)
    can_merge = merged_tree(start, base.tree, head.tree) is not None
    is_open = issue.state == "open"
    return {
        **simple_pull_request(github, repo, issue),
        "merged": pull.merged_at is not None,
        "mergeable": can_merge if is_open else None,
        "rebaseable": can_merge if is_open else None,
        "mergeable_state": "unknown" if not is_open else "clean" if can_merge else "dirty",
        "merged_by": user(github, pull.merged_by) if pull.merged_by else None,
        "comments": len(issue.comments),
        "review_comments": sum(len(review.comments) for review in pull.reviews),
        "maintainer_can_modify": False,
        "commits": len(commits_of(repo, pull)),
        "additions": sum(change.additions for change in changes),
        "deletions": sum(change.deletions for change in changes),
        "changed_files": len(changes),
    }


def review(github: GitHub, repo: Repository, issue: Issue, review: Review) -> Json:
    """A `pull-request-review`."""
    url = f"{repository_url(github, repo)}/pulls/{issue.number}"
    html = f"{issue_html_url(github, repo, issue)}#pullrequestreview-{review.id}"
    return {
        "id": review.id,
        "node_id": node_id("PullRequestReview", review.id),
        "user": user(github, review.author),
        "body": review.body,
        "state": review.state,
        "html_url": html,
        "pull_request_url": url,
        "_links": {"html": {"href": html}, "pull_request": {"href": url}},
        "submitted_at": stamp(review.at),
        "commit_id": review.commit,
        "author_association": association(github, repo, review.author),
    }


def review_comment(
    github: GitHub, repo: Repository, issue: Issue, review: Review, remark: ReviewComment
) -> Json:
    """A `pull-request-review-comment`."""
    home = repository_url(github, repo)
    url = f"{home}/pulls/comments/{remark.id}"
    pull = f"{home}/pulls/{issue.number}"
    html = f"{issue_html_url(github, repo, issue)}#discussion_r{remark.id}"
    return {
        "id": remark.id,
        "node_id": node_id("PullRequestReviewComment", remark.id),
        "url": url,
        "pull_request_review_id": review.id,
        "diff_hunk": "",
        "path": remark.path,
        "line": remark.line,
        "side": "RIGHT",
        "commit_id": review.commit,
        "original_commit_id": review.commit,
        "user": user(github, remark.author),
        "body": remark.body,
        "created_at": stamp(remark.at),
        "updated_at": stamp(remark.at),
        "html_url": html,
        "pull_request_url": pull,
        "author_association": association(github, repo, remark.author),
        "_links": {
            "self": {"href": url},
            "html": {"href": html},
            "pull_request": {"href": pull},
        },
    }


def _end(github: GitHub, repo: Repository, branch: str, tip: Commit) -> Json:
    return {
        "label": f"{repo.owner.login}:{branch}",
        "ref": branch,
        "sha": tip.sha,
        "user": user(github, repo.owner),
        "repo": repository(github, repo),
    }

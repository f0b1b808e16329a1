"""Repositories."""

from os2kb.demo.github.shapes.accounts import user
from os2kb.demo.github.shapes.text import Json, node_id, stamp
from os2kb.demo.github.world.state import ROLES, Repository
from os2kb.demo.github.world.world import GitHub

_BELOW_REPOSITORY = {
    "archive_url": "/{archive_format}{/ref}",
    "assignees_url": "/assignees{/user}",
    "blobs_url": "/git/blobs{/sha}",
    "branches_url": "/branches{/branch}",
    "collaborators_url": "/collaborators{/collaborator}",
    "comments_url": "/comments{/number}",
    "commits_url": "/commits{/sha}",
    "compare_url": "/compare/{base}...{head}",
    "contents_url": "/contents/{+path}",
    "contributors_url": "/contributors",
    "deployments_url": "/deployments",
    "downloads_url": "/downloads",
    "events_url": "/events",
    "forks_url": "/forks",
    "git_commits_url": "/git/commits{/sha}",
    "git_refs_url": "/git/refs{/sha}",
    "git_tags_url": "/git/tags{/sha}",
    "hooks_url": "/hooks",
    "issue_comment_url": "/issues/comments{/number}",
    "issue_events_url": "/issues/events{/number}",
    "issues_url": "/issues{/number}",
    "keys_url": "/keys{/key_id}",
    "labels_url": "/labels{/name}",
    "languages_url": "/languages",
    "merges_url": "/merges",
    "milestones_url": "/milestones{/number}",
    "notifications_url": "/notifications{?since,all,participating}",
    "pulls_url": "/pulls{/number}",
    "releases_url": "/releases{/id}",
    "stargazers_url": "/stargazers",
    "statuses_url": "/statuses/{sha}",
    "subscribers_url": "/subscribers",
    "subscription_url": "/subscription",
    "tags_url": "/tags",
    "teams_url": "/teams",
    "trees_url": "/git/trees{/sha}",
}

_ALIKE: Json = {
    "fork": False,
    "homepage": None,
    "language": None,
    "mirror_url": None,
    "license": None,
    "topics": [],
    "is_template": False,
    "has_issues": True,
    "has_projects": False,
    "has_wiki": False,
    "has_pages": False,
    "has_downloads": False,
    "has_discussions": False,
    "disabled": False,
    "allow_forking": True,
    "web_commit_signoff_required": False,
    "forks": 0,
    "forks_count": 0,
    "stargazers_count": 0,
    "watchers": 0,
    "watchers_count": 0,
}


def repository_url(github: GitHub, repository: Repository) -> str:
    """Where the API has the repository."""
    return f"{github.api}/repos/{repository.full_name}"


def repository(github: GitHub, repository: Repository, role: str | None = None) -> Json:
    """A `repository`, as it stands within other things.

    Args:
        role: of who asks; None leaves the `permissions` out, as in webhooks.
    """
    url = repository_url(github, repository)
    html = f"{github.web}/{repository.full_name}"
    open_issues = sum(
        issue.state == "open" and issue.is_here for issue in repository.issues.values()
    )
    shown: Json = {
        "id": repository.id,
        "node_id": node_id("Repository", repository.id),
        "name": repository.name,
        "full_name": repository.full_name,
        "private": repository.private,
        "archived": repository.archived,
        "visibility": "private" if repository.private else "public",
        "owner": user(github, repository.owner),
        "description": repository.description,
        "default_branch": repository.default_branch,
        "url": url,
        "html_url": html,
        "clone_url": f"{html}.git",
        "git_url": f"{html}.git",
        "ssh_url": f"{html}.git",
        "svn_url": html,
        **{key: url + below for key, below in _BELOW_REPOSITORY.items()},
        **_ALIKE,
        "size": sum(len(c) for c in _tree(repository).values()) // 1024,
        "open_issues": open_issues,
        "open_issues_count": open_issues,
        "created_at": stamp(repository.created_at),
        "updated_at": stamp(repository.updated_at),
        "pushed_at": stamp(repository.pushed_at),
    }
    if role is not None:
        shown["permissions"] = permissions(role)
    return shown


def full_repository(github: GitHub, repo: Repository, role: str) -> Json:
    """A `full-repository`, as it stands on its own."""
    shown = repository(github, repo, role)
    shown |= {"network_count": 0, "subscribers_count": 0, "custom_properties": {}}
    if repo.owner.kind == "Organization":
        shown["organization"] = user(github, repo.owner)
    return shown


def permissions(role: str) -> dict[str, bool]:
    """What a role may, in the API's older words."""
    rank = ROLES.index(role)
    words = {"pull": "read", "triage": "triage", "push": "write", "maintain": "maintain"}
    return {word: rank >= ROLES.index(least) for word, least in words.items()} | {
        "admin": role == "admin"
    }


def _tree(repository: Repository) -> dict[str, bytes]:
    tip = repository.branches.get(repository.default_branch)
    return repository.commits[tip].tree if tip else {}

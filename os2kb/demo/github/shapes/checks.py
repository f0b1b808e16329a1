"""Check runs."""

from os2kb.demo.github.shapes.accounts import user
from os2kb.demo.github.shapes.apps import integration
from os2kb.demo.github.shapes.commits import pushed_commit
from os2kb.demo.github.shapes.repositories import repository_url
from os2kb.demo.github.shapes.text import Json, in_path, node_id, stamp
from os2kb.demo.github.world.state import CheckRun, CommitStatus, Repository
from os2kb.demo.github.world.world import GitHub


def check_run(github: GitHub, repository: Repository, check: CheckRun) -> Json:
    """A `check-run`."""
    home = repository_url(github, repository)
    url = f"{home}/check-runs/{check.id}"
    html = f"{github.web}/{repository.full_name}/runs/{check.id}"
    return {
        "id": check.id,
        "node_id": node_id("CheckRun", check.id),
        "head_sha": check.head_sha,
        "external_id": check.external_id,
        "url": url,
        "html_url": html,
        "details_url": check.details_url or html,
        "status": check.status,
        "conclusion": check.conclusion,
        "started_at": stamp(check.started_at),
        "completed_at": stamp(check.completed_at),
        "name": check.name,
        "output": {
            "title": check.title,
            "summary": check.summary,
            "text": check.text,
            "annotations_count": len(check.annotations),
            "annotations_url": f"{url}/annotations",
        },
        "check_suite": {"id": check.suite},
        "app": _app(github, check),
        "pull_requests": [
            _pull_requests(github, repository, n) for n in _open_on(repository, check)
        ],
    }


def commit_status(github: GitHub, repository: Repository, said: CommitStatus) -> Json:
    """A `status`."""
    return {
        "id": said.id,
        "node_id": node_id("StatusContext", said.id),
        "url": f"{repository_url(github, repository)}/statuses/{said.sha}",
        "avatar_url": None,
        "state": said.state,
        "context": said.context,
        "description": said.description,
        "target_url": said.target_url,
        "created_at": stamp(said.at),
        "updated_at": stamp(said.at),
        "creator": user(github, said.creator),
    }


def told_check_run(github: GitHub, repository: Repository, check: CheckRun) -> Json:
    """A check run as webhooks tell it: with its whole suite."""
    suite = _suite(github, repository, check)
    return {**check_run(github, repository, check), "check_suite": suite}


def told_check_suite(github: GitHub, repository: Repository, check: CheckRun) -> Json:
    """The suite of a check as webhooks of its own tell it."""
    home = repository_url(github, repository)
    head = pushed_commit(github, repository, check.head_sha)
    shown = ("id", "tree_id", "message", "timestamp", "author", "committer")
    return {
        **_suite(github, repository, check),
        "latest_check_runs_count": sum(
            one.suite == check.suite for one in repository.checks.values()
        ),
        "check_runs_url": f"{home}/check-suites/{check.suite}/check-runs",
        "head_commit": {key: head[key] for key in shown},
    }


def _suite(github: GitHub, repository: Repository, check: CheckRun) -> Json:
    """The suite of a check as the check tells it."""
    shown = check_run(github, repository, check)
    branches = [name for name, sha in repository.branches.items() if sha == check.head_sha]
    return {
        "id": check.suite,
        "node_id": node_id("CheckSuite", check.suite),
        "head_branch": branches[0] if branches else None,
        "head_sha": check.head_sha,
        "before": None,
        "after": check.head_sha,
        "url": f"{repository_url(github, repository)}/check-suites/{check.suite}",
        "created_at": stamp(check.started_at),
        "updated_at": stamp(check.completed_at or check.started_at),
        **{key: shown[key] for key in ("status", "conclusion", "app", "pull_requests")},
    }


def annotation(github: GitHub, repository: Repository, sha: str, said: Json) -> Json:
    """A `check-annotation`."""
    path = str(said["path"])
    return {
        "path": path,
        "start_line": said["start_line"],
        "end_line": said["end_line"],
        "start_column": said.get("start_column"),
        "end_column": said.get("end_column"),
        "annotation_level": said["annotation_level"],
        "message": said["message"],
        "title": said.get("title"),
        "raw_details": said.get("raw_details"),
        "blob_href": f"{github.web}/{repository.full_name}/blob/{sha}/{in_path(path)}",
    }


def _app(github: GitHub, check: CheckRun) -> Json | None:
    if github.app is None:
        return None
    ours = integration(github, github.app)
    return ours | {"id": check.app, "slug": f"app-{check.app}"} if check.app else ours


def _open_on(repository: Repository, check: CheckRun) -> list[int]:
    branches = {name for name, sha in repository.branches.items() if sha == check.head_sha}
    return [
        issue.number
        for issue in repository.issues.values()
        if issue.pull and issue.state == "open" and issue.pull.head in branches
    ]


def _pull_requests(github: GitHub, repository: Repository, number: int) -> Json:
    issue = repository.issues[number]
    pull = issue.pull
    if pull is None:
        raise ValueError(f"#{number} is no pull request")
    home = repository_url(github, repository)
    itself = {"id": repository.id, "url": home, "name": repository.name}
    return {
        "id": pull.id,
        "number": number,
        "url": f"{home}/pulls/{number}",
        "head": {"ref": pull.head, "sha": repository.branches[pull.head], "repo": itself},
        "base": {"ref": pull.base, "sha": repository.branches[pull.base], "repo": itself},
    }

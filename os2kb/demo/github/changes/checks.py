"""Check runs: what an app says about a commit, and who is told."""

from datetime import datetime
from typing import Any

from os2kb.demo.github.changes.payloads import announce
from os2kb.demo.github.refusal import invalid
from os2kb.demo.github.world.state import Account, CheckRun, CommitStatus, Repository
from os2kb.demo.github.world.world import GitHub

MOST_ANNOTATIONS = 50
LONGEST_TEXT = 65_535
STATUSES = ("queued", "in_progress", "completed")
CONCLUSIONS = (
    "success",
    "failure",
    "neutral",
    "cancelled",
    "skipped",
    "timed_out",
    "action_required",
)


def create_check(
    github: GitHub, repository: Repository, actor: Account, said: dict[str, Any]
) -> CheckRun:
    """Start a check on a commit; `said` is the request's body.

    Raises:
        Refusal: a name or commit is missing or unknown, or see `update_check`.
    """
    for field in ("name", "head_sha"):
        if not isinstance(said.get(field), str) or not said[field]:
            raise invalid("CheckRun", field, "missing_field")
    if said["head_sha"] not in repository.commits:
        raise invalid("CheckRun", "head_sha", "custom", "No commit found for SHA")
    same = (c.suite for c in repository.checks.values() if c.head_sha == said["head_sha"])
    check = CheckRun(
        github.new_id(),
        next(same, 0) or github.new_id(),
        said["name"],
        said["head_sha"],
        "queued",
        None,
        _time(said, "started_at") or github.now(),
        None,
    )
    _apply(github, check, said)
    repository.checks[check.id] = check
    announce(github, repository, actor, "check_run", "created", check_run=check)
    if check.status == "completed":
        announce(github, repository, actor, "check_run", "completed", check_run=check)
    return check


def update_check(
    github: GitHub, repository: Repository, actor: Account, check: CheckRun, said: dict[str, Any]
) -> None:
    """Change a check. A conclusion completes it; annotations are added to those there are.

    Raises:
        Refusal: an unknown status or conclusion, a too long text, too many annotations.
    """
    was = check.status
    _apply(github, check, said)
    if check.status == "completed" and was != "completed":
        announce(github, repository, actor, "check_run", "completed", check_run=check)


def rerequest_check(
    github: GitHub, repository: Repository, actor: Account, check: CheckRun
) -> None:
    """Ask an app to make its check anew; the check itself stays as it is until the app has."""
    announce(github, repository, actor, "check_run", "rerequested", check_run=check)


def rerequest_suite(
    github: GitHub, repository: Repository, actor: Account, check: CheckRun
) -> None:
    """Ask an app to make all its checks on a commit anew; `check` is any of them."""
    announce(github, repository, actor, "check_suite", "rerequested", check_suite=check)


def set_status(
    github: GitHub, repository: Repository, actor: Account, sha: str, said: dict[str, Any]
) -> CommitStatus:
    """Say what a service found on a commit; the last word of each context holds.

    Raises:
        Refusal: an unknown commit or state.
    """
    if sha not in repository.commits:
        raise invalid("Status", "sha", "custom", f"No commit found for SHA: {sha}")
    if said.get("state") not in {"error", "failure", "pending", "success"}:
        raise invalid("Status", "state", "invalid")
    status = CommitStatus(
        github.new_id(),
        sha,
        said.get("context") or "default",
        said["state"],
        actor,
        github.now(),
        said.get("description"),
        said.get("target_url"),
    )
    repository.statuses.append(status)
    return status


def _apply(github: GitHub, check: CheckRun, said: dict[str, Any]) -> None:
    output = said.get("output") or {}
    status, conclusion = said.get("status"), said.get("conclusion")
    if status is not None and status not in STATUSES:
        raise invalid("CheckRun", "status", "invalid")
    if conclusion is not None and conclusion not in CONCLUSIONS:
        raise invalid("CheckRun", "conclusion", "invalid")
    if status == "completed" and conclusion is None and check.conclusion is None:
        raise invalid("CheckRun", "conclusion", "missing_field")
    if not isinstance(output, dict) or (output and not {"title", "summary"} <= output.keys()):
        raise invalid("CheckRun", "output", "missing_field")
    for field in ("summary", "text"):
        if len(output.get(field) or "") > LONGEST_TEXT:
            raise invalid("CheckRun", field, "custom", f"{field} exceeds {LONGEST_TEXT} characters")
    if len(output.get("annotations") or ()) > MOST_ANNOTATIONS:
        raise invalid("CheckRun", "annotations", "custom", "exceeds a maximum quantity of 50")
    check.status = "completed" if conclusion else status or check.status
    check.conclusion = conclusion or (check.conclusion if check.status == "completed" else None)
    if check.status == "completed":
        check.completed_at = _time(said, "completed_at") or check.completed_at or github.now()
    else:
        check.completed_at = None
    check.name = said.get("name") or check.name
    check.external_id = said.get("external_id") or check.external_id
    check.details_url = said.get("details_url") or check.details_url
    if output:
        check.title, check.summary = output["title"], output["summary"]
        check.text = output.get("text")
        check.annotations.extend(output.get("annotations") or ())


def _time(said: dict[str, Any], field: str) -> datetime | None:
    value = said.get(field)
    if value is None:
        return None
    try:
        return datetime.fromisoformat(value)
    except (TypeError, ValueError) as error:
        raise invalid("CheckRun", field, "invalid") from error

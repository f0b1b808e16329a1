"""Endpoints of check runs; only an app can write them.

https://docs.github.com/en/rest/checks/runs
"""

from os2kb.demo.github.api.call import Call, Endpoint, Reply
from os2kb.demo.github.changes import checks
from os2kb.demo.github.refusal import Refusal, not_found
from os2kb.demo.github.shapes.checks import annotation, check_run, commit_status
from os2kb.demo.github.world.git import find_commit
from os2kb.demo.github.world.state import CheckRun, Repository


def create_check(call: Call) -> Reply:
    """Start a check on a commit."""
    repository = call.repository()
    _require_app(call)
    check = checks.create_check(call.github, repository, call.account, call.body)
    return Reply(201, check_run(call.github, repository, check))


def update_check(call: Call) -> Reply:
    """Change a check."""
    repository, check = _found(call)
    _require_app(call)
    checks.update_check(call.github, repository, call.account, check, call.body)
    return Reply(200, check_run(call.github, repository, check))


def get_check(call: Call) -> Reply:
    """A check."""
    repository, check = _found(call)
    return Reply(200, check_run(call.github, repository, check))


def rerequest_check(call: Call) -> Reply:
    """Ask for a check of this app to be made anew."""
    repository, check = _found(call)
    _require_ours(check)
    checks.rerequest_check(call.github, repository, call.account, check)
    return Reply(201, {})


def rerequest_suite(call: Call) -> Reply:
    """Ask for all checks of a suite of this app to be made anew."""
    repository, suite = call.repository(), int(call.names["suite"])
    check = next((one for one in repository.checks.values() if one.suite == suite), None)
    if check is None:
        raise not_found()
    _require_ours(check)
    checks.rerequest_suite(call.github, repository, call.account, check)
    return Reply(201, {})


def list_annotations(call: Call) -> Reply:
    """A check's remarks on lines."""
    repository, check = _found(call)
    return call.listing(
        check.annotations, lambda said: annotation(call.github, repository, check.head_sha, said)
    )


def list_for_ref(call: Call) -> Reply:
    """The checks on a commit, newest first; by default the latest of each name."""
    repository = call.repository()
    commit = find_commit(repository, call.names["ref"])
    if commit is None:
        raise Refusal(422, f"No commit found for SHA: {call.names['ref']}", errors=[])
    query, seen, rows = call.query, set(), []
    app = call.github.app
    for check in sorted(repository.checks.values(), key=lambda one: -one.id):
        if (
            check.head_sha != commit.sha
            or query.get("check_name") not in {None, check.name}
            or query.get("status") not in {None, check.status}
            or query.get("app_id") not in {None, str(app.id) if app else ""}
            or (query.get("filter", "latest") == "latest" and check.name in seen)
        ):
            continue
        seen.add(check.name)
        rows.append(check)
    page, headers = call.page_of(rows)
    shown = [check_run(call.github, repository, check) for check in page]
    return Reply(200, {"total_count": len(rows), "check_runs": shown}, headers)


def create_status(call: Call) -> Reply:
    """Say what a service found on a commit."""
    repository = call.repository()
    sha = call.names["sha"]
    status = checks.set_status(call.github, repository, call.account, sha, call.body)
    shown = commit_status(call.github, repository, status)
    return Reply(201, shown, {"Location": shown["url"]})


def _found(call: Call) -> tuple[Repository, CheckRun]:
    repository = call.repository()
    check = repository.checks.get(int(call.names["check"]))
    if check is None:
        raise not_found()
    return repository, check


def _require_app(call: Call) -> None:
    if call.actor.kind != "installation":
        raise Refusal(403, "You must authenticate via a GitHub App.")


def _require_ours(check: CheckRun) -> None:
    if check.app:
        raise Refusal(403, "This check run is not rerequestable")


_RUNS = "/repos/{owner}/{repo}/check-runs"
_ONE = _RUNS + "/{check:int}"
_READ, _WRITE = ("checks:read",), ("checks:write",)

ENDPOINTS = (
    Endpoint("POST", _RUNS, create_check, _WRITE, "read"),
    Endpoint("GET", _ONE, get_check, _READ),
    Endpoint("PATCH", _ONE, update_check, _WRITE, "read"),
    Endpoint("POST", _ONE + "/rerequest", rerequest_check, _READ, "read"),
    Endpoint(
        "POST",
        "/repos/{owner}/{repo}/check-suites/{suite:int}/rerequest",
        rerequest_suite,
        _READ,
        "read",
    ),
    Endpoint("GET", _ONE + "/annotations", list_annotations, _READ),
    Endpoint("GET", "/repos/{owner}/{repo}/commits/{ref:path}/check-runs", list_for_ref, _READ),
    Endpoint(
        "POST",
        "/repos/{owner}/{repo}/statuses/{sha}",
        create_status,
        ("statuses:write",),
        "write",
    ),
)

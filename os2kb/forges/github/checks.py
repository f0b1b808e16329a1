"""Check runs: what we say of a commit.

https://docs.github.com/en/rest/checks/runs
"""

from typing import Any

from os2kb.forges.github.transport import Transport
from os2kb.forges.port import Rejected
from os2kb.governance.plan import SetCheck

MOST_ANNOTATIONS = 50  # that one request may carry


def set_check(github: Transport, full_name: str, check: SetCheck) -> str:
    """Create or update our check run of that name on that commit; returns its id.

    One with annotations that says something else now is replaced by a new one: GitHub shows the
    latest of a name, and lets nobody take an annotation away.

    Raises:
        Rejected: only a GitHub App may write checks.
    """
    if github.access.app_id is None:
        raise Rejected(
            "kun en GitHub App kan sætte kontroller; opret en, og sæt OS2KB_GITHUB_APP_ID",
            "only a GitHub App may write checks; register one and set OS2KB_GITHUB_APP_ID",
        )
    said, known = _body(check), _ours(github, full_name, check)
    runs = f"/repos/{full_name}/check-runs"
    annotated = bool(known and known["output"].get("annotations_count"))
    if known and annotated and _says_so(known, said):
        # GitHub adds the annotations that it is sent to those there are.
        del said["output"]["annotations"]
    elif known is None or annotated:
        said["head_sha"] = check.head_sha
        return str(github.write("POST", full_name, runs, said)["id"])
    github.write("PATCH", full_name, f"{runs}/{known['id']}", said)
    return str(known["id"])


def _says_so(known: dict[str, Any], said: dict[str, Any]) -> bool:
    """Whether a check of ours says what is to be said, so that its annotations are the same."""
    same = all(known["output"].get(part) == said["output"][part] for part in ("title", "summary"))
    return same and known["conclusion"] == said["conclusion"]


def _ours(github: Transport, full_name: str, check: SetCheck) -> dict[str, Any] | None:
    """Our latest of that name on that commit."""
    path = f"/repos/{full_name}/commits/{check.head_sha}/check-runs"
    runs = github.get(full_name, path, check_name=check.name, filter="latest")["check_runs"]
    ours = (run for run in runs if (run.get("app") or {}).get("id") == github.access.app_id)
    return next(ours, None)


def _body(check: SetCheck) -> dict[str, Any]:
    return {
        "name": check.name,
        "status": "completed",
        "conclusion": check.conclusion,
        "output": {
            "title": check.title,
            "summary": check.summary,
            "annotations": [
                {
                    "path": annotation.path,
                    "start_line": annotation.line,
                    "end_line": annotation.line,
                    "annotation_level": annotation.level,
                    "message": annotation.message,
                }
                for annotation in check.annotations[:MOST_ANNOTATIONS]
            ],
        },
    }

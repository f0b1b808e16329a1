"""Check runs: what we say of a commit.

https://docs.github.com/en/rest/checks/runs
"""

import re
from typing import Any

from index.passages import Language
from os2kb.forges.github.transport import Transport
from os2kb.forges.port import NotFound, Rejected
from os2kb.governance.actions import SetCheck
from os2kb.governance.comments.checks.held_up import held_up, holds_up

MOST_ANNOTATIONS = 50  # that one request may carry
_MOST_PULLS = 100  # of one commit
_HOLDS_UP = "holds up"
_HOLDS_NONE = "holds up none"  # an empty one would leave what was there


def set_check(
    github: Transport, full_name: str, number: int, check: SetCheck, language: Language
) -> str:
    """Create or update our check run of that name on that commit; returns its id.

    The check itself keeps which pull requests of the commit it holds up. While one of them is
    open, another's turns it no greener. Two at a time would each miss what the other says, so
    that whoever calls sees to it that one goes after the other.

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
    known = _ours(github, full_name, check)
    others = [one for one in _held(known) if one != number]
    if not holds_up(check):
        others = [one for one in others if _is_open(github, full_name, one, check.head_sha)]
    pulls = [*others, number] if holds_up(check) else others
    said = _body(held_up(check, others, language), pulls[-_MOST_PULLS:])
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


def _held(known: dict[str, Any] | None) -> list[int]:
    """The pull requests that a check of ours holds up."""
    kept = str((known or {}).get("external_id") or "")
    return [int(one) for one in re.findall(r"\d+", kept)] if kept.startswith(_HOLDS_UP) else []


def _is_open(github: Transport, full_name: str, number: int, head_sha: str) -> bool:
    """Whether a pull request is still open on that commit."""
    try:
        pull = github.get(full_name, f"/repos/{full_name}/pulls/{number}")
    except NotFound:
        return False
    return bool(pull["state"] == "open" and pull["head"]["sha"] == head_sha)


def _body(check: SetCheck, pulls: list[int]) -> dict[str, Any]:
    return {
        "name": check.name,
        "external_id": " ".join((_HOLDS_UP, *map(str, pulls))) if pulls else _HOLDS_NONE,
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

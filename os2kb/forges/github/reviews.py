"""Suggestions on lines of a pull request.

https://docs.github.com/en/rest/pulls/reviews, https://docs.github.com/en/rest/pulls/comments
"""

from os2kb.forges.github.transport import Transport
from os2kb.governance.actions import PutReview, Suggestion
from os2kb.governance.ledger.marks import carries


def put_review(
    github: Transport, full_name: str, number: int, review: PutReview, login: str
) -> str:
    """See `os2kb.forges.port.Forge.put_review`."""
    pull = f"/repos/{full_name}/pulls/{number}"
    ours = [
        one
        for one in github.pages(full_name, f"{pull}/comments")
        if (one.get("user") or {}).get("login") == login
    ]
    new: list[Suggestion] = []
    for suggestion in review.suggestions:
        found = next((one for one in ours if carries(suggestion.marker, str(one["body"]))), None)
        if found is None:
            new += [] if suggestion.known else [suggestion]
        elif found["body"] != suggestion.body:
            path = f"/repos/{full_name}/pulls/comments/{found['id']}"
            github.write("PATCH", full_name, path, {"body": suggestion.body})
    if not new:
        return ""
    body = {
        "commit_id": review.head_sha,
        "event": "COMMENT",
        "body": review.body,
        "comments": [
            {"path": one.path, "line": one.line, "side": "RIGHT", "body": one.body} for one in new
        ],
    }
    return str(github.write("POST", full_name, f"{pull}/reviews", body)["id"])

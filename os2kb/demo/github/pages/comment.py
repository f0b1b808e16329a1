"""The box in which whoever looks at a conversation writes a comment, as one of the people here."""

from collections.abc import Mapping

from starlette.responses import PlainTextResponse, RedirectResponse, Response

from os2kb.demo.github.changes.issues import LONGEST_BODY, add_comment
from os2kb.demo.github.world.state import Account, Issue, Repository
from os2kb.demo.github.world.world import GitHub

_SEE_OTHER = 303


def people(github: GitHub) -> list[Account]:
    """Those one can write as."""
    return [one for one in github.accounts.values() if one.kind == "User"]


def write_comment(
    github: GitHub, repository: Repository, issue: Issue, form: Mapping[str, str]
) -> Response:
    """Comment, and go to where the comment stands."""
    actor, text = github.account(form.get("person", "")), form.get("body", "")
    if actor not in people(github) or not text.strip() or len(text) > LONGEST_BODY:
        said = f"Vælg en person, og skriv mellem 1 og {LONGEST_BODY} tegn."
        return PlainTextResponse(said, 422)
    if issue.locked:
        return PlainTextResponse("Samtalen er låst.", 403)
    comment = add_comment(github, repository, actor, issue, text)
    kind = "issues" if issue.pull is None else "pull"
    page = f"/{repository.full_name}/{kind}/{issue.number}#issuecomment-{comment.id}"
    return RedirectResponse(page, _SEE_OTHER)

"""The two buttons of an open pull request: approve it, and merge it, as one of the people here."""

from collections.abc import Mapping

from starlette.responses import PlainTextResponse, RedirectResponse, Response

from os2kb.demo.github.changes.pulls import add_review, merge
from os2kb.demo.github.pages.comment import people
from os2kb.demo.github.refusal import Refusal
from os2kb.demo.github.world.state import ROLES, Account, Issue, Repository
from os2kb.demo.github.world.world import GitHub

_SEE_OTHER = 303
_REFUSED = {
    "approve": "Man kan ikke godkende sin egen pull request.",
    "merge": "Den kan ikke flettes: den er lukket, en kladde eller i konflikt.",
}
_UNAPPROVED = (
    "Den kan ikke flettes: grenen er beskyttet og kræver en godkendelse af en, der må skrive her.\n"
    "GitHub svarer 405: {}"
)


def give_verdict(
    github: GitHub, repository: Repository, issue: Issue, form: Mapping[str, str]
) -> Response:
    """Approve or merge, and go back to the page."""
    actor, verdict = github.account(form.get("person", "")), form.get("verdict", "")
    if actor not in people(github) or verdict not in _REFUSED or issue.pull is None:
        return PlainTextResponse("Vælg en person, og tryk på Godkend eller Flet.", 422)
    if verdict == "merge" and not _may_write(repository, actor):
        return PlainTextResponse(f"{actor.login} må ikke skrive her og derfor ikke flette.", 403)
    try:
        if verdict == "merge":
            merge(github, repository, actor, issue)
        else:
            add_review(github, repository, actor, issue, event="APPROVE", body="")
    except Refusal as refusal:
        said = _UNAPPROVED.format(refusal) if "approving" in refusal.message else _REFUSED[verdict]
        return PlainTextResponse(said, refusal.status)
    return RedirectResponse(f"/{repository.full_name}/pull/{issue.number}", _SEE_OTHER)


def _may_write(repository: Repository, actor: Account) -> bool:
    rank = ROLES.index(repository.collaborators.get(actor.login, "none"))
    return rank >= ROLES.index("write")

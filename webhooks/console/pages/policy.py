"""`/console/policy`: what holds in each repository, where it comes from, and trying an edit."""

import json
from collections.abc import Iterator
from typing import Any

from fastapi import APIRouter, Depends
from fastapi.responses import Response

from os2kb.forges.port import ForgeError
from os2kb.observe.observe import NotOurs
from os2kb.phrases import Phrase
from os2kb.policy.explain import Explained, explained
from os2kb.policy.load import PolicyFile, ReadPolicy
from os2kb.policy.policy import PATH as POLICY_PATH
from os2kb.policy.problem import BadPolicy
from webhooks.console.console import Acting, Console, Refused, Visitor, shown
from webhooks.console.gathered.policies import InForce, Policies
from webhooks.console.gathered.reach import Reach
from webhooks.console.pages.subject import Name
from webhooks.console.people import Role

PATH = "/console/policy/{owner}/{name}"
MOST_TRIED = 25
"""Subjects that an edit is tried on: each costs GitHub a few reads, and somebody waits."""
_MOST_LISTED, _LONGEST = 100, 64 * 1024
_NO_GITHUB = Phrase("Der er ingen adgang til GitHub.", "There is no access to GitHub.")
_LAYERS = {
    "preset": Phrase("forvalg", "preset"),
    "organisation": Phrase("organisation", "organisation"),
    "repository": Phrase("repository", "repository"),
}


def policy_router(console: Console, policies: Policies) -> APIRouter:
    """The list, and the page of one repository's Policy."""
    router = APIRouter(include_in_schema=False)
    database = console.installation.database

    @router.get("/console/policy")
    def every(visitor: Visitor = Depends(console.visitor)) -> Response:
        names = Reach(visitor, database).repositories
        found = policies.each(names[:_MOST_LISTED])
        left_out = max(len(names) - _MOST_LISTED, 0)
        return shown("policies", visitor.language, visitor, found=found, left_out=left_out)

    @router.get(PATH)
    def one(owner: Name, name: Name, visitor: Visitor = Depends(console.visitor)) -> Response:
        return page(visitor, f"{owner}/{name}")

    @router.post(f"{PATH}/try")
    def tried(owner: Name, name: Name, acting: Acting = Depends(console.acting)) -> Response:
        visitor, text = acting.visitor, acting.form.get("policy", "")[:_LONGEST]
        repository = Reach(visitor, database).repository(f"{owner}/{name}")
        visitor.require(repository, Role.COORDINATOR)
        previewer = console.installation.previewer
        if previewer is None:
            raise Refused(409, _NO_GITHUB)
        more: dict[str, Any] = {"text": text}
        try:
            own = PolicyFile(text, POLICY_PATH)
            more["difference"], more["after"] = previewer.tried(repository, own, MOST_TRIED)
        except BadPolicy as bad:
            more["mistakes"] = bad.problems
        except (ForgeError, NotOurs) as error:
            more["failed"] = error.phrase
        return page(visitor, repository, **more)

    def page(visitor: Visitor, asked: str, **more: Any) -> Response:
        reach = Reach(visitor, database)
        repository = reach.repository(asked)
        found = policies.of(repository)
        begun = found.scene.policy if found.scene else None
        values: dict[str, Any] = {
            "text": getattr(begun, "text", ""),
            "mistakes": (),
            "failed": None,
        }
        values |= {"difference": None, "after": None, **more}
        return shown(
            "policy",
            visitor.language,
            visitor,
            **values,
            found=found,
            rows=tuple(_rows(found.read, _hides(found, reach))) if found.read else (),
            layers=_LAYERS,
            most=MOST_TRIED,
            section="policies",
            can_try=reach.role(repository) >= Role.COORDINATOR,
        )

    return router


def _hides(found: InForce, reach: Reach) -> bool:
    """Whether the organisation's file stands where somebody may not look."""
    scene = found.scene
    return bool(scene and scene.organisation_private and not reach.role(scene.organisation))


def _rows(read: ReadPolicy, hides: bool) -> Iterator[tuple[str, str, Explained]]:
    """Key, value and where it comes from, of what a file or a preset says.

    Args:
        hides: leave out what the organisation's file says.
    """
    for one in explained(read):
        place = one.origin or one.removed_at
        if place and not (hides and place.layer == "organisation"):
            value = one.value if isinstance(one.value, str) else _written(one.value)
            yield ".".join(one.keys), value, one


def _written(value: object) -> str:
    if value in (None, [], {}):
        return "–"
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return ", ".join(value)
    return json.dumps(value, ensure_ascii=False)

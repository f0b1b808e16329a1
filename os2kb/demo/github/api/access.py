"""May they? One rule for every endpoint, by what its row in the table needs."""

from os2kb.demo.github.api.call import Call
from os2kb.demo.github.apps import covers
from os2kb.demo.github.refusal import Refusal
from os2kb.demo.github.world.state import Repository


def check_access(call: Call) -> None:
    """Refuse what the actor may not do.

    Raises:
        Refusal: 401, 403, or 404 where the actor may not know of the repository.
    """
    endpoint, actor = call.endpoint, call.actor
    if "jwt" in endpoint.needs:
        if actor.kind != "app":
            raise Refusal(401, "A JSON web token could not be decoded")
        return
    repository = call.repository() if "owner" in call.names else None
    if actor.kind == "anonymous":
        if endpoint.role:
            raise Refusal(401, "Requires authentication")
    elif actor.kind == "person":
        if repository is not None and endpoint.role:
            call.require_role(repository, endpoint.role)
    elif endpoint.needs and not _installation_may(call, repository):
        accepted = "; ".join(need.replace(":", "=") for need in endpoint.needs)
        raise Refusal(
            403,
            "Resource not accessible by integration",
            headers={"X-Accepted-GitHub-Permissions": accepted},
        )


def _installation_may(call: Call, repository: Repository | None) -> bool:
    actor, needs = call.actor, call.endpoint.needs
    if actor.kind == "app":
        return False
    if repository is not None and not covers(actor, repository):
        return not call.endpoint.writes and not repository.private
    if repository is not None and "number" in call.names and len(needs) > 1:
        issue = repository.issues.get(int(call.names["number"]))
        if issue is not None and issue.pull is None:
            # What is said on a pull request is open to both permissions, an issue only to its own.
            needs = tuple(need for need in needs if need.startswith("issues:"))
    return any(actor.may(*need.split(":")) for need in needs)

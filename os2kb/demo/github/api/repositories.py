"""Endpoints of repositories, their labels and who works on them.

https://docs.github.com/en/rest/repos
"""

import re

from os2kb.demo.github.api.call import Call, Endpoint, Reply
from os2kb.demo.github.apps import role_of
from os2kb.demo.github.changes import labels
from os2kb.demo.github.changes.payloads import announce
from os2kb.demo.github.refusal import Refusal, invalid, not_found
from os2kb.demo.github.shapes.accounts import organisation as organisation_shape
from os2kb.demo.github.shapes.accounts import user
from os2kb.demo.github.shapes.issues import label as label_shape
from os2kb.demo.github.shapes.repositories import full_repository, permissions
from os2kb.demo.github.shapes.text import Json
from os2kb.demo.github.world.state import Account, Label, Repository

_OLDER_WORD = {"triage": "read", "maintain": "write"}


def get_repository(call: Call) -> Reply:
    """A repository."""
    repository = call.repository()
    return Reply(200, full_repository(call.github, repository, call.role(repository)))


def update_repository(call: Call) -> Reply:
    """Change name, description or privacy; the old name keeps leading here."""
    repository = call.repository()
    changes: Json = {}
    name = call.body.get("name") or repository.name
    if not re.fullmatch(r"[\w.-]{1,100}", name, re.ASCII):
        raise invalid("Repository", "name", "invalid")
    if name != repository.name:
        if call.github.find(repository.owner.login, name):
            raise invalid("Repository", "name", "custom", "name already exists on this account")
        changes["repository"] = {"name": {"from": repository.name}}
        repository.former_names.append(repository.full_name)
        repository.name = name
    repository.description = call.body.get("description", repository.description)
    repository.private = bool(call.body.get("private", repository.private))
    repository.updated_at = call.github.now()
    announce(
        call.github,
        repository,
        call.account,
        "repository",
        "renamed" if changes else "edited",
        changes=changes,
    )
    return Reply(200, full_repository(call.github, repository, call.role(repository)))


def list_labels(call: Call) -> Reply:
    """The repository's labels."""
    repository = call.repository()
    return call.listing(
        list(repository.labels.values()),
        lambda label: label_shape(call.github, repository, label),
    )


def create_label(call: Call) -> Reply:
    """Make a label."""
    repository = call.repository()
    name = call.text("name", "Label")
    label = labels.create_label(
        call.github,
        repository,
        call.account,
        name,
        call.body.get("color") or labels.DEFAULT_COLOR,
        call.body.get("description"),
    )
    call.created_labels.append(name)
    shown = label_shape(call.github, repository, label)
    return Reply(201, shown, {"Location": shown["url"]})


def get_label(call: Call) -> Reply:
    """A label."""
    repository = call.repository()
    return Reply(200, label_shape(call.github, repository, _label(call, repository)))


def update_label(call: Call) -> Reply:
    """Change a label."""
    repository = call.repository()
    label = _label(call, repository)
    labels.update_label(
        call.github,
        repository,
        call.account,
        label,
        name=call.body.get("new_name"),
        color=call.body.get("color"),
        description=call.body.get("description"),
    )
    return Reply(200, label_shape(call.github, repository, label))


def delete_label(call: Call) -> Reply:
    """Remove a label."""
    labels.delete_label(call.github, call.repository(), call.account, call.names["name"])
    return Reply(204)


def get_permission(call: Call) -> Reply:
    """What a person may do here."""
    repository = call.repository()
    person = call.github.account(call.names["login"])
    if person is None or person.kind != "User":
        raise Refusal(404, f"{call.names['login']} is not a user")
    role = role_of(repository, person)
    shown = _collaborator(call, repository, person)
    return Reply(
        200,
        {"permission": _OLDER_WORD.get(role, role), "role_name": role, "user": shown},
    )


def list_collaborators(call: Call) -> Reply:
    """Who works here."""
    repository = call.repository()
    people = [a for a in map(call.github.account, repository.collaborators) if a is not None]
    return call.listing(people, lambda person: _collaborator(call, repository, person))


def list_team_members(call: Call) -> Reply:
    """Who is in a team of an organisation."""
    members = call.github.teams.get((call.names["org"], call.names["team"]))
    if members is None or call.actor.kind == "anonymous":
        raise not_found()
    people = [a for a in map(call.github.account, members) if a is not None]
    return call.listing(people, lambda person: user(call.github, person))


def get_team_membership(call: Call) -> Reply:
    """Whether a person belongs to a team."""
    team, login = (call.names["org"], call.names["team"]), call.names["login"]
    person = call.github.account(login)
    if person is None or person.login not in call.github.teams.get(team, ()):
        raise not_found()
    url = f"{call.github.api}/orgs/{team[0]}/teams/{team[1]}/memberships/{person.login}"
    return Reply(200, {"url": url, "role": "member", "state": "active"})


def get_organisation_membership(call: Call) -> Reply:
    """Whether a person is a member of an organisation: whoever is in a team of it."""
    organisation = call.github.account(call.names["org"])
    person = call.github.account(call.names["login"])
    teams = (members for (owner, _), members in call.github.teams.items() if _owns(call, owner))
    if organisation is None or person is None or not any(person.login in one for one in teams):
        raise not_found()
    url = f"{call.github.api}/orgs/{organisation.login}"
    return Reply(
        200,
        {
            "url": f"{url}/memberships/{person.login}",
            "state": "active",
            "role": "member",
            "organization_url": url,
            "organization": organisation_shape(call.github, organisation),
            "user": user(call.github, person),
        },
    )


def _owns(call: Call, owner: str) -> bool:
    return owner.casefold() == call.names["org"].casefold()


def _label(call: Call, repository: Repository) -> Label:
    label = labels.find_label(repository, call.names["name"])
    if label is None:
        raise not_found()
    return label


def _collaborator(call: Call, repository: Repository, person: Account) -> Json:
    role = role_of(repository, person)
    return {
        **user(call.github, person),
        "permissions": permissions(role),
        "role_name": role,
    }


_REPO = "/repos/{owner}/{repo}"
_LABELS = _REPO + "/labels"
_READ = ("issues:read", "pull_requests:read")
_WRITE = ("issues:write", "pull_requests:write")

ENDPOINTS = (
    Endpoint("GET", _REPO, get_repository, ("metadata:read",)),
    Endpoint("PATCH", _REPO, update_repository, ("administration:write",), "admin"),
    Endpoint("GET", _LABELS, list_labels, _READ),
    Endpoint("POST", _LABELS, create_label, _WRITE, "write"),
    Endpoint("GET", _LABELS + "/{name:path}", get_label, _READ),
    Endpoint("PATCH", _LABELS + "/{name:path}", update_label, _WRITE, "write"),
    Endpoint("DELETE", _LABELS + "/{name:path}", delete_label, _WRITE, "write"),
    Endpoint("GET", _REPO + "/collaborators", list_collaborators, ("metadata:read",), "read"),
    Endpoint(
        "GET",
        _REPO + "/collaborators/{login}/permission",
        get_permission,
        ("metadata:read",),
        "read",
    ),
    Endpoint(
        "GET", "/orgs/{org}/teams/{team}/members", list_team_members, ("members:read",), "read"
    ),
    Endpoint(
        "GET",
        "/orgs/{org}/teams/{team}/memberships/{login}",
        get_team_membership,
        ("members:read",),
        "read",
    ),
    Endpoint(
        "GET",
        "/orgs/{org}/memberships/{login}",
        get_organisation_membership,
        ("members:read",),
        "read",
    ),
)

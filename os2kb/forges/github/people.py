"""Who people are at GitHub: their roles, teams and organisations."""

from urllib.parse import quote

from os2kb.forges.github import parse
from os2kb.forges.github.transport import Transport
from os2kb.forges.port import NotFound
from os2kb.governance.facts import Repository, Role

_ADDRESSES = """\
query Addresses($owner: String!, $name: String!, $after: String) {
  repository(owner: $owner, name: $name) {
    assignableUsers(first: 100, after: $after) {
      pageInfo { hasNextPage endCursor }
      nodes { login email }
    }
  }
}
"""


def role(github: Transport, repository: Repository, login: str) -> Role:
    """A person's role on a repository; NONE for those it does not know."""
    name = repository.full_name
    try:
        found = github.get(name, f"/repos/{name}/collaborators/{_quoted(login)}/permission")
    except NotFound:
        return Role.NONE
    return parse.role(found)


def in_team(github: Transport, repository: Repository, team: str, login: str) -> bool:
    """Whether a person belongs to a team, `organisation/team`, or to a team below it."""
    organisation, _, slug = team.partition("/")
    return _belongs(github, repository, f"{_quoted(organisation)}/teams/{_quoted(slug)}", login)


def in_organisation(
    github: Transport, repository: Repository, organisation: str, login: str
) -> bool:
    """Whether a person is a member of an organisation; False where there is no such one."""
    return _belongs(github, repository, _quoted(organisation), login)


def reaches(github: Transport, repository: Repository, name: str) -> bool:
    """Whether a mention there of a person, or a team `organisation/team`, reaches anybody."""
    organisation, _, slug = (_quoted(part) for part in name.partition("/"))
    path = f"/orgs/{organisation}/teams/{slug}/members" if slug else f"/users/{organisation}"
    try:
        found = github.get(repository.full_name, path)
    except NotFound:
        return False
    if slug:
        return bool(found)
    if found.get("type") != "User":
        return False
    return not repository.private or role(github, repository, name) > Role.NONE


def _belongs(github: Transport, repository: Repository, to: str, login: str) -> bool:
    try:
        found = github.get(repository.full_name, f"/orgs/{to}/memberships/{_quoted(login)}")
    except NotFound:
        return False
    return bool(found.get("state") == "active")  # who was invited is `pending`


def _quoted(part: str) -> str:
    return quote(part, safe="")


def addresses(github: Transport, full_name: str) -> dict[str, str]:
    """Login to e-mail of those who can be given issues and show an address.

    Only one that they have verified can be shown.
    https://docs.github.com/en/account-and-profile/how-tos/email-preferences/adding-an-email-address-to-your-github-account
    """
    owner, _, name = full_name.partition("/")
    every: dict[str, str] = {}
    after: str | None = None
    while True:
        wanted = {"owner": owner, "name": name, "after": after}
        found = github.graphql(full_name, _ADDRESSES, wanted).data["repository"]["assignableUsers"]
        every |= {str(one["login"]): str(one["email"]) for one in found["nodes"] if one["email"]}
        if not found["pageInfo"]["hasNextPage"]:
            return every
        after = found["pageInfo"]["endCursor"]

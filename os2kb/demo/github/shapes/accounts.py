"""People, organisations and bots."""

from os2kb.demo.github.shapes.text import Json, node_id, stamp
from os2kb.demo.github.world.state import Account
from os2kb.demo.github.world.world import GitHub

_BELOW_USER = {
    "followers_url": "/followers",
    "following_url": "/following{/other_user}",
    "gists_url": "/gists{/gist_id}",
    "starred_url": "/starred{/owner}{/repo}",
    "subscriptions_url": "/subscriptions",
    "organizations_url": "/orgs",
    "repos_url": "/repos",
    "events_url": "/events{/privacy}",
    "received_events_url": "/received_events",
}


def user(github: GitHub, account: Account) -> Json:
    """A `simple-user`."""
    url = f"{github.api}/users/{account.login}"
    return {
        "login": account.login,
        "id": account.id,
        "node_id": node_id(account.kind, account.id),
        "avatar_url": f"{github.web}/_static/avatar.svg",
        "gravatar_id": "",
        "url": url,
        "html_url": f"{github.web}/{account.login}",
        **{key: url + below for key, below in _BELOW_USER.items()},
        "type": account.kind,
        "site_admin": False,
        "user_view_type": "public",
    }


def public_user(github: GitHub, account: Account) -> Json:
    """A `public-user`, as `/users/{login}` shows it."""
    return {
        **user(github, account),
        "name": account.name,
        "company": None,
        "blog": "",
        "location": None,
        "email": account.email or None,
        "hireable": None,
        "bio": None,
        "public_repos": sum(r.owner is account for r in github.repositories.values()),
        "public_gists": 0,
        "followers": 0,
        "following": 0,
        "created_at": stamp(account.created_at),
        "updated_at": stamp(account.created_at),
    }


def private_user(github: GitHub, account: Account) -> Json:
    """A `private-user`, as people see themselves."""
    return {
        **public_user(github, account),
        "user_view_type": "private",
        "private_gists": 0,
        "total_private_repos": 0,
        "owned_private_repos": 0,
        "disk_usage": 0,
        "collaborators": 0,
        "two_factor_authentication": True,
    }


def organisation(github: GitHub, account: Account) -> Json:
    """An `organization-simple`."""
    url = f"{github.api}/orgs/{account.login}"
    return {
        "login": account.login,
        "id": account.id,
        "node_id": node_id("Organization", account.id),
        "url": url,
        "repos_url": f"{url}/repos",
        "events_url": f"{url}/events",
        "hooks_url": f"{url}/hooks",
        "issues_url": f"{url}/issues",
        "members_url": f"{url}/members{{/member}}",
        "public_members_url": f"{url}/public_members{{/member}}",
        "avatar_url": f"{github.web}/_static/avatar.svg",
        "description": account.name,
    }

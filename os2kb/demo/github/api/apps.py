"""Endpoints of the app itself, its installations and deliveries, and of who asks.

https://docs.github.com/en/rest/apps
"""

from os2kb.demo.github import apps
from os2kb.demo.github.api.call import Call, Endpoint, Reply
from os2kb.demo.github.refusal import Refusal, not_found
from os2kb.demo.github.shapes import apps as shapes
from os2kb.demo.github.shapes.accounts import private_user, public_user
from os2kb.demo.github.shapes.repositories import repository as repository_shape
from os2kb.demo.github.shapes.text import Json, stamp
from os2kb.demo.github.world.app import App, Installation
from os2kb.demo.github.world.hooks import Delivery
from os2kb.demo.github.world.world import GitHub


def get_app(call: Call) -> Reply:
    """The app."""
    shown = shapes.integration(call.github, _app(call.github))
    return Reply(200, {**shown, "installations_count": len(call.github.installations)})


def list_installations(call: Call) -> Reply:
    """Where the app is installed."""
    app = _app(call.github)
    return call.listing(
        list(call.github.installations.values()),
        lambda one: shapes.installation(call.github, app, one),
    )


def get_installation(call: Call) -> Reply:
    """One installation."""
    return _shown(call, _installation(call))


def get_repository_installation(call: Call) -> Reply:
    """The installation that covers a repository, private or not."""
    owner, name = call.names["owner"], call.names["repo"]
    found = call.github.find(owner, name)
    if found is None and call.github.find_renamed(owner, name):
        call.repository()
    return _shown(call, call.github.installation_of(found) if found else None)


def get_account_installation(call: Call) -> Reply:
    """The installation on an organisation or person."""
    account = call.github.account(call.names["login"])
    there = (i for i in call.github.installations.values() if i.account is account)
    return _shown(call, next(there, None))


def create_token(call: Call) -> Reply:
    """Mint an installation token."""
    installation = _installation(call)
    github, wanted = call.github, None
    names, numbers = call.body.get("repositories"), call.body.get("repository_ids")
    if names is not None:
        found = [github.find(installation.account.login, str(name)) for name in names]
        wanted = frozenset(r.id if r else -1 for r in found)
    elif numbers is not None:
        wanted = frozenset(int(number) for number in numbers)
    token = apps.mint_token(github, installation, wanted, call.body.get("permissions"))
    shown: Json = {
        "token": token.text,
        "expires_at": stamp(token.expires_at),
        "permissions": token.permissions,
        "repository_selection": "all" if token.repositories is None else "selected",
    }
    if wanted is not None:
        shown["repositories"] = [
            repository_shape(github, github.repositories[number], "write") for number in wanted
        ]
    return Reply(201, shown)


def list_repositories(call: Call) -> Reply:
    """What an installation token reaches."""
    if call.actor.kind != "installation":
        raise Refusal(
            403,
            "You must authenticate with an installation access token in order to"
            " list repositories.",
        )
    rows = [r for r in call.github.repositories.values() if apps.covers(call.actor, r)]
    page, headers = call.page_of(rows)
    shown = [repository_shape(call.github, r, call.role(r)) for r in page]
    selection = "all" if call.actor.repositories is None else "selected"
    return Reply(
        200,
        {
            "total_count": len(rows),
            "repositories": shown,
            "repository_selection": selection,
        },
        headers,
    )


def get_me(call: Call) -> Reply:
    """Who asks."""
    if call.actor.kind != "person":
        raise Refusal(403, "Resource not accessible by integration")
    return Reply(200, private_user(call.github, call.account))


def get_user(call: Call) -> Reply:
    """A person, organisation or bot."""
    account = call.github.account(call.names["login"])
    if account is None:
        raise not_found()
    return Reply(200, public_user(call.github, account))


def get_rate_limit(call: Call) -> Reply:
    """How much the actor may still ask."""
    headers = call.github.limits.headers(call.actor.name)
    names = ("limit", "remaining", "reset", "used")
    core = {name: int(headers[f"X-RateLimit-{name.title()}"]) for name in names}
    return Reply(200, {"resources": {"core": core, "search": core, "graphql": core}, "rate": core})


def get_meta(_: Call) -> Reply:
    """About this GitHub."""
    return Reply(200, {"verifiable_password_authentication": False, "hooks": ["127.0.0.1/32"]})


def list_deliveries(call: Call) -> Reply:
    """The webhook's deliveries, newest first; pages by cursor."""
    size, below = call.page_size(), call.number("cursor", 0)
    rows = [d for d in reversed(call.github.hooks.deliveries) if not below or d.id < below]
    headers = {}
    if len(rows) > size:
        url = f"{call.github.api}{call.path}?per_page={size}&cursor={rows[size - 1].id}"
        headers["Link"] = f'<{url}>; rel="next"'
    return Reply(200, [shapes.delivery_item(one) for one in rows[:size]], headers)


def get_delivery(call: Call) -> Reply:
    """One delivery, with what was sent and answered."""
    return Reply(200, shapes.delivery(_delivery(call)))


def redeliver(call: Call) -> Reply:
    """Send a delivery again, under the same GUID."""
    call.github.hooks.redeliver(_delivery(call))
    return Reply(202, {})


def _app(github: GitHub) -> App:
    if github.app is None:
        raise not_found()
    return github.app


def _installation(call: Call) -> Installation:
    found = call.github.installations.get(int(call.names["installation"]))
    if found is None:
        raise not_found()
    return found


def _shown(call: Call, found: Installation | None) -> Reply:
    if found is None:
        raise not_found()
    return Reply(200, shapes.installation(call.github, _app(call.github), found))


def _delivery(call: Call) -> Delivery:
    number = int(call.names["delivery"])
    found = next((d for d in call.github.hooks.deliveries if d.id == number), None)
    if found is None:
        raise not_found()
    return found


_JWT = ("jwt",)
_INSTALLATION = "/app/installations/{installation:int}"
_DELIVERY = "/app/hook/deliveries/{delivery:int}"

ENDPOINTS = (
    Endpoint("GET", "/app", get_app, _JWT),
    Endpoint("GET", "/app/installations", list_installations, _JWT),
    Endpoint("GET", _INSTALLATION, get_installation, _JWT),
    Endpoint("POST", _INSTALLATION + "/access_tokens", create_token, _JWT),
    Endpoint("GET", "/repos/{owner}/{repo}/installation", get_repository_installation, _JWT),
    Endpoint("GET", "/orgs/{login}/installation", get_account_installation, _JWT),
    Endpoint("GET", "/users/{login}/installation", get_account_installation, _JWT),
    Endpoint("GET", "/app/hook/deliveries", list_deliveries, _JWT),
    Endpoint("GET", _DELIVERY, get_delivery, _JWT),
    Endpoint("POST", _DELIVERY + "/attempts", redeliver, _JWT),
    Endpoint("GET", "/installation/repositories", list_repositories, ("metadata:read",)),
    Endpoint("GET", "/user", get_me, ("metadata:read",), "read"),
    Endpoint("GET", "/users/{login}", get_user),
    Endpoint("GET", "/rate_limit", get_rate_limit),
    Endpoint("GET", "/meta", get_meta),
)

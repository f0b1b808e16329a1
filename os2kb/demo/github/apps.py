"""Who asks, and what they may: people's tokens, the app's JWT, installation tokens.

https://docs.github.com/en/apps/creating-github-apps/authenticating-with-a-github-app
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from types import MappingProxyType
from typing import Literal

import jwt

from os2kb.demo.github.refusal import Refusal, invalid
from os2kb.demo.github.world.app import App, Installation, Token
from os2kb.demo.github.world.state import ROLES, Account, Repository
from os2kb.demo.github.world.world import GitHub, system_clock

PERSON_TOKEN = "person-"  # noqa: S105
TOKEN_LIFE = timedelta(hours=1)
LONGEST_JWT = timedelta(minutes=10)
CLOCK_SKEW = timedelta(seconds=60)
_LEVELS = ("none", "read", "write")


@dataclass(frozen=True, slots=True)
class Actor:
    """Whoever asks.

    Attributes:
        kind: `app` knows only its own installations; `installation` acts as the bot.
        repositories: what an installation may see; None for all of its account.
    """

    kind: Literal["anonymous", "person", "installation", "app"]
    account: Account | None = None
    installation: Installation | None = None
    permissions: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    repositories: frozenset[int] | None = None

    @property
    def name(self) -> str:
        """As the log and the rate limit know them."""
        if self.account is None:
            return self.kind
        return f"app:{self.account.login}" if self.kind == "app" else self.account.login

    def may(self, permission: str, level: str) -> bool:
        """Whether an installation has a permission; everyone may read metadata."""
        held = "read" if permission == "metadata" else self.permissions.get(permission, "none")
        return _LEVELS.index(held) >= _LEVELS.index(level)


ANONYMOUS = Actor("anonymous")


def identify(github: GitHub, authorization: str) -> Actor:
    """Who an `Authorization` header belongs to.

    Raises:
        Refusal: 401, it belongs to nobody.
    """
    scheme, _, credential = authorization.partition(" ")
    credential = credential.strip()
    if not authorization:
        return ANONYMOUS
    if scheme.lower() not in {"bearer", "token"}:
        raise Refusal(401, "Bad credentials")
    if credential.startswith(PERSON_TOKEN):
        person = github.account(credential.removeprefix(PERSON_TOKEN))
        if person is not None and person.kind == "User":
            return Actor("person", person)
    token = github.tokens.get(credential)
    if token is not None and token.expires_at > system_clock() and github.app is not None:
        installation = github.installations.get(token.installation)
        if installation is not None:
            return Actor(
                "installation",
                github.app.bot,
                installation,
                MappingProxyType(token.permissions),
                token.repositories,
            )
    if credential.count(".") == 2:
        app = verify_jwt(github, credential)
        return Actor("app", app.bot)
    raise Refusal(401, "Bad credentials")


def verify_jwt(github: GitHub, text: str) -> App:
    """The app that signed a JWT.

    Raises:
        Refusal: 401, saying which claim is wrong.
    """
    if github.app is None:
        raise Refusal(401, "A JSON web token could not be decoded")
    try:
        claims = jwt.decode(
            text,
            github.app.public_key,
            algorithms=["RS256"],
            options={"verify_aud": False, "require": ["exp", "iat", "iss"], "verify_iat": False},
        )
    except jwt.ExpiredSignatureError as error:
        raise Refusal(
            401,
            "'Expiration time' claim ('exp') must be a numeric value representing the future"
            " time at which the assertion expires",
        ) from error
    except jwt.InvalidTokenError as error:
        raise Refusal(401, "A JSON web token could not be decoded") from error
    now = system_clock().timestamp()
    if claims["exp"] > now + (LONGEST_JWT + CLOCK_SKEW).total_seconds():
        raise Refusal(401, "'Expiration time' claim ('exp') is too far in the future")
    if claims["iat"] > now + CLOCK_SKEW.total_seconds():
        raise Refusal(
            401,
            "'Issued at' claim ('iat') must be an Integer representing the time that the"
            " assertion was issued",
        )
    if str(claims["iss"]) not in {str(github.app.id), github.app.client_id}:
        raise Refusal(401, "'Issuer' claim ('iss') must be an Integer")
    return github.app


def mint_token(
    github: GitHub,
    installation: Installation,
    repositories: frozenset[int] | None,
    permissions: dict[str, str] | None,
) -> Token:
    """Make an installation token, no wider than the installation.

    Raises:
        Refusal: 422, more was asked for than the installation has.
    """
    allowed = installation.repositories
    if repositories is not None:
        covered = {
            repository.id
            for repository in github.repositories.values()
            if repository.owner is installation.account
            and (allowed is None or repository.id in allowed)
        }
        if not repositories <= covered:
            raise invalid("Installation", "repositories", "invalid")
    for name, level in (permissions or {}).items():
        held = installation.permissions.get(name, "read" if name == "metadata" else "none")
        if level not in _LEVELS or _LEVELS.index(level) > _LEVELS.index(held):
            raise Refusal(
                422,
                "The permissions requested are not granted to this installation.",
                errors=[],
            )
    token = Token(
        f"ghs_{secrets.token_urlsafe(27)}",
        installation.id,
        dict(permissions or installation.permissions),
        allowed if repositories is None else repositories,
        system_clock().replace(microsecond=0) + TOKEN_LIFE,
    )
    github.tokens[token.text] = token
    return token


def role_of(repository: Repository, account: Account | None) -> str:
    """A person's role; everyone reads what is public."""
    least = "none" if repository.private else "read"
    if account is None:
        return least
    given = repository.collaborators.get(account.login, least)
    return given if ROLES.index(given) >= ROLES.index(least) else least


def can_see(actor: Actor, repository: Repository) -> bool:
    """Whether the repository exists as far as the actor may know."""
    if actor.kind == "installation":
        covered = actor.installation is not None and (
            actor.installation.account is repository.owner
            and (actor.repositories is None or repository.id in actor.repositories)
        )
        return covered or not repository.private
    return role_of(repository, actor.account) != "none"


def covers(actor: Actor, repository: Repository) -> bool:
    """Whether an installation's permissions reach the repository."""
    return (
        actor.installation is not None
        and actor.installation.account is repository.owner
        and (actor.repositories is None or repository.id in actor.repositories)
    )

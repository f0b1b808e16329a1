"""Who may give a command, and what must be looked up to know."""

from collections.abc import Iterator

from os2kb.governance.commands.given.command import Command
from os2kb.governance.facts import Facts, Role
from os2kb.phrases import Phrase
from os2kb.policy.policy import Policy

_ROLES = {
    "triage": Role.TRIAGE,
    "write": Role.WRITE,
    "maintain": Role.MAINTAIN,
    "admin": Role.ADMIN,
}
_WHO = {
    "anyone": Phrase("alle", "everyone"),
    "author": Phrase("forfatteren", "the author"),
    "coordinator": Phrase("produktets koordinatorer", "the product's coordinators"),
    "admin": Phrase("dem med rollen `admin`", "those with the role `admin`"),
} | {
    role: Phrase(
        f"dem med rollen `{role}` eller en højere", f"those with the role `{role}` or a higher one"
    )
    for role in ("triage", "write", "maintain")
}


def permitted(command: Command, facts: Facts, policy: Policy) -> bool:
    """Whether who wrote a known command may give it here.

    A role that is not in the Facts is no role, and a team that is not in them is nobody's.
    """
    login = command.by.casefold()
    return any(_is(who, login, facts, policy) for who in _who(command, policy))


def who_may(command: Command, policy: Policy) -> Phrase:
    """Who may give a known command that is for somebody.

    Without names: its Policy may stand where few can read it.
    """
    told = [_WHO[who] for who in _who(command, policy) if who in _WHO]
    if any(who not in _WHO for who in _who(command, policy)):
        told.append(Phrase("dem, som policyen nævner", "those whom the Policy names"))
    return Phrase(" og ".join(one.da for one in told), " and ".join(one.en for one in told))


def is_anybodys(command: Command, policy: Policy) -> bool:
    """Whether a known command is for anybody at all; some the Policy has to give away first."""
    return bool(_who(command, policy))


def needs_role(command: Command, facts: Facts, policy: Policy) -> bool:
    """Whether a known command can only be permitted by knowing the writer's role."""
    asks = any(who in _ROLES for who in _who(command, policy))
    return asks and not permitted(command, facts, policy)


def teams_needed(command: Command, facts: Facts, policy: Policy) -> Iterator[str]:
    """The teams, `organisation/team`, that a known command can only be permitted by knowing."""
    if not permitted(command, facts, policy):
        yield from (who.removeprefix("@").casefold() for who in _who(command, policy) if "/" in who)


def _who(command: Command, policy: Policy) -> tuple[str, ...]:
    named: tuple[str, ...] = getattr(policy.commands, command.word)
    return named


def _is(who: str, login: str, facts: Facts, policy: Policy) -> bool:
    if who == "anyone":
        return True
    if who == "author":
        return login == facts.author.login.casefold()
    if who == "coordinator":
        return login in {one.casefold() for one in policy.people.coordinators}
    if who in _ROLES:
        role = next((have for name, have in facts.roles.items() if name.casefold() == login), None)
        return role is not None and role >= _ROLES[who]
    if "/" in who:
        theirs = (teams for name, teams in facts.teams.items() if name.casefold() == login)
        return any(who.removeprefix("@").casefold() in teams for teams in theirs)
    return who.casefold() == f"@{login}"

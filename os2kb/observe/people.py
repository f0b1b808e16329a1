"""What people who give commands are here: their roles, and the teams they belong to."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType

from os2kb.forges.port import Forbidden, Forge
from os2kb.governance.commands.broken_policy import who_asks_for_help
from os2kb.governance.commands.given.pending import accounts_to_look_up, memberships_to_look_up
from os2kb.governance.facts import Facts, Role
from os2kb.logs import get_logger
from os2kb.policy.policy import Policy

log = get_logger()


def roles_of(forge: Forge, facts: Facts, policy: Policy, now: datetime) -> Mapping[str, Role]:
    """Login to role, of those whose commands depend on it."""
    if facts.policy_problems:
        logins = who_asks_for_help(facts, now)
    else:
        logins = accounts_to_look_up(facts, policy, now)
    return MappingProxyType({login: forge.role(facts.repository, login) for login in logins})


def teams_of(
    forge: Forge, facts: Facts, policy: Policy, now: datetime
) -> Mapping[str, frozenset[str]]:
    """The teams that decide whether a command may be given; one we cannot see is nobody's."""
    if facts.policy_problems:
        return MappingProxyType({})
    found: dict[str, frozenset[str]] = {}
    for login, team in memberships_to_look_up(facts, policy, now):
        try:
            belongs = forge.in_team(facts.repository, team, login)
        except Forbidden as error:
            log.warning("team_not_visible", team=team, reason=str(error))
            belongs = False
        if belongs:
            found[login] = found.get(login, frozenset()) | {team}
    return MappingProxyType(found)

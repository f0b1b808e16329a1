"""Which side somebody is on."""

from collections.abc import Mapping

from os2kb.governance.escalation.happenings import Side
from os2kb.governance.facts import Account, Role
from os2kb.policy.policy import Policy

# https://docs.github.com/en/graphql/reference/enums#commentauthorassociation
_OURS = frozenset({"OWNER", "MEMBER", "COLLABORATOR"})


def side_of(account: Account, reporter: str, policy: Policy, roles: Mapping[str, Role]) -> Side:
    """Which side somebody is on, of a subject that the reporter opened.

    Ours are whom the Policy names as coordinators or puts in a supplier's organisation. Where it
    names suppliers, those it puts in other organisations only are not. Of everybody else, ours are
    those who may triage here, and whom the forge calls an owner, member or collaborator.

    Args:
        account: who.
        reporter: the login of who opened the subject.
        policy: says who belongs to whom.
        roles: login in lower case to role, as far as it is known.
    """
    login = account.login.casefold()
    if account.is_bot or account.is_self:
        return "bot"
    if login == reporter.casefold():
        return "reporter"
    belongs_to = {
        name
        for name, members in policy.people.organisations.items()
        if login in {one.casefold() for one in members}
    }
    coordinates = login in {one.casefold() for one in policy.people.coordinators}
    if coordinates or belongs_to & set(policy.people.suppliers):
        return "us"
    if belongs_to and policy.people.suppliers:
        return "outside"
    works_here = roles.get(login, Role.NONE) >= Role.TRIAGE or account.association in _OURS
    return "us" if works_here else "outside"

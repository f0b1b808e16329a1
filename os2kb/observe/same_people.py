"""Who is who on both sides, beyond the Policy's table: by an address that both of them show.

Nobody's address in Jira is sent to GitHub: GitHub is asked for the addresses of those who work in
the repository, and they are compared here.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from types import MappingProxyType

from os2kb.forges.port import Forbidden, Forge, NotFound, Rejected
from os2kb.governance.facts import Facts, Repository
from os2kb.governance.tickets.ticket import LinkedTicket
from os2kb.logs import get_logger
from os2kb.policy.sections.jira import Jira
from os2kb.trackers.port import Tracker, TrackerError

HOLDS = timedelta(hours=1)
"""For so long nobody is asked again for anybody's address."""

log = get_logger()


@dataclass(frozen=True, slots=True)
class SamePeople:
    """Finds who an assignee is on the other side.

    Args:
        tracker: None where there is none.
    """

    forge: Forge
    tracker: Tracker | None
    now: Callable[[], datetime]
    _shown: dict[int, tuple[datetime, Mapping[str, str]]] = field(default_factory=dict)
    _accounts: dict[str, tuple[datetime, str]] = field(default_factory=dict)

    def of(self, facts: Facts, section: Jira, linked: LinkedTicket) -> Mapping[str, str]:
        """Account to login of the assignees whom the Policy's table does not name.

        Whoever it names is whom it says; of two with one address, neither is.
        """
        if section.direction("assignee") == "off" or linked.read is None:
            return MappingProxyType({})
        named = {login.casefold() for login in section.users.values()}
        found: dict[str, str] = {}
        account, email = linked.read.assignee, linked.read.assignee_email
        if account and email and account not in section.users:
            login = self._login(facts.repository, email)
            if login and login.casefold() not in named:
                found[account] = login
        for login in facts.assignees:
            if login.casefold() not in named and login not in found.values():
                account = self._account(facts.repository, login)
                if account and account not in section.users and account not in found:
                    found[account] = login
        return MappingProxyType(found)

    def _login(self, repository: Repository, email: str) -> str:
        shown = self._addresses(repository)
        same = [login for login, one in shown.items() if one.casefold() == email.casefold()]
        return same[0] if len(same) == 1 else ""

    def _account(self, repository: Repository, login: str) -> str:
        """Also an address that is shown by several is nobody's."""
        folded = {one.casefold(): email for one, email in self._addresses(repository).items()}
        email = folded.get(login.casefold(), "")
        if not email or not self._login(repository, email) or self.tracker is None:
            return ""
        at, account = self._accounts.get(email, (None, ""))
        if at is None or self.now() - at >= HOLDS:
            try:
                account = self.tracker.account_of(email)
            except TrackerError as error:
                log.info("account_not_looked_up", reason=str(error))
                return ""
            self._accounts[email] = self.now(), account
        return account

    def _addresses(self, repository: Repository) -> Mapping[str, str]:
        at, shown = self._shown.get(repository.id, (None, MappingProxyType({})))
        if at is None or self.now() - at >= HOLDS:
            try:
                shown = self.forge.addresses(repository)
            except (Forbidden, NotFound, Rejected) as error:
                log.info("addresses_not_shown", reason=str(error))
                shown = MappingProxyType({})
            self._shown[repository.id] = self.now(), shown
        return shown

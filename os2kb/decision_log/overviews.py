"""Keeping the overview of a log up, in step with what is on its default branch."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine

from os2kb.decision_log.kept import KeptLog
from os2kb.decision_log.proposing import withdraw, write_proposal
from os2kb.decisions.proposal.seen import Home
from os2kb.forges.port import Forbidden, Forge, NotFound, Rejected
from os2kb.governance.actions import Propose, Withdraw
from os2kb.governance.decision_log.overview import (
    BRANCH,
    Overview,
    overview_actions,
    overview_of,
    page_of,
)
from os2kb.governance.plan import numbered
from os2kb.governance.receipts import next_plan
from os2kb.logs import get_logger
from os2kb.modes import Mode, weaker
from os2kb.policy.policy import Policy
from os2kb.store import ledger

log = get_logger()


@dataclass(frozen=True, slots=True)
class Overviews:
    """Proposes overviews, within the modes.

    Args:
        mode: the installation's bound on every Policy.
    """

    forge: Forge
    database: Engine
    now: Callable[[], datetime]
    mode: Mode

    def may_write(self, home: Home, policy: Policy) -> bool:
        """Whether the modes let anything be written where a log lives."""
        return not home.archived and weaker(self.mode, policy.mode) == "act"

    def planned(self, kept: KeptLog) -> tuple[Propose | Withdraw, ...]:
        """What is to be done about the overview of a log; nothing is written.

        Raises:
            ForgeError: it cannot be read now.
        """
        policy = kept.policy
        if policy is None or not self.may_write(kept.home, policy):
            return ()
        overview, receipts = self._seen(kept), ledger.receipts_of(self.database, _key(kept))
        if overview is None or (overview.is_up_to_date and not receipts):
            return ()
        proposal = self.forge.logs.proposal(kept.home, BRANCH)
        return overview_actions(overview, proposal, receipts, policy.language)

    def keep_up(self, kept: KeptLog) -> None:
        """Do what is to be done about the overview of a log. Called for one log at a time.

        Raises:
            ForgeError: it cannot be read or written now; what is refused is noted, and left.
        """
        key = _key(kept)
        plan = numbered(self.planned(kept), next_plan(ledger.receipts_of(self.database, key)))
        for receipt, action in ledger.plan(self.database, key, plan, self.now()):
            try:
                reference = self._write(action)
            except (Forbidden, NotFound, Rejected) as error:
                ledger.settle(self.database, receipt, "skipped", note=str(error))
                log.warning("overview_not_kept_up", log=kept.home.full_name, reason=str(error))
            else:
                ledger.settle(self.database, receipt, "applied", reference=reference)

    def _seen(self, kept: KeptLog) -> Overview | None:
        section = kept.policy.decisions if kept.policy else None
        path = page_of(section, kept.files) if section else ""
        if section is None or not path:
            return None
        there = None
        if known := kept.files.get(path):
            there = self.forge.logs.texts(kept.home.full_name, [known])[known]
            if there is None:  # no text: somebody's own
                return None
        return overview_of(section, kept.home, path, there, kept.entries)

    def _write(self, action: object) -> str:
        match action:
            case Propose():
                return write_proposal(self.forge.logs, action)
            case Withdraw():
                return withdraw(self.forge, action) or ""
        return ""


def _key(kept: KeptLog) -> str:
    return f"overview:{kept.home.id}:{kept.path}"

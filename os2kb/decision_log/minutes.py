"""Proposing the decisions in minutes, which stand in files of whoever runs the command."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Engine

from os2kb.decision_log.numbers import COUNTED, NumberTaken, numbers_given
from os2kb.decision_log.proposing import write_proposal
from os2kb.decision_log.see import EntryShelf
from os2kb.decisions.entry import Entry
from os2kb.decisions.minutes.extract import Minutes
from os2kb.decisions.proposal.seen import Home, Log, Proposal
from os2kb.forges.logs import LogFiles, Logs
from os2kb.forges.port import Forbidden, NotFound, Rejected
from os2kb.governance.actions import Propose
from os2kb.governance.decision_log.minutes import (
    FromMinutes,
    branch_of_minutes,
    from_minutes,
    noted_paths,
)
from os2kb.governance.ledger.marks import NOT_CALLED_FOR
from os2kb.governance.plan import numbered
from os2kb.governance.receipts import Receipt, next_plan
from os2kb.policy.policy import Policy
from os2kb.policy.sections.decisions import Decisions
from os2kb.store import ledger
from os2kb.store.locks import key_lock, turn


@dataclass(frozen=True, slots=True)
class MinutesProposer:
    """Sees what minutes would add to a log, and proposes it."""

    logs: Logs
    database: Engine
    now: Callable[[], datetime]
    shelf: EntryShelf

    def seen(
        self, minutes: Sequence[Minutes], least: float, section: Decisions, policy: Policy
    ) -> tuple[FromMinutes, ...]:
        """What is to be done about each; no two get one number or file, or one decision twice.

        Raises:
            ForgeError: the log cannot be read.
        """
        files = self.logs.files(section.repository, section.path)
        entries, paths = self.shelf.entries(self.logs, files), set(files.files)
        made: list[FromMinutes] = []
        for one in minutes:
            receipts = ledger.receipts_of(self.database, subject_of(files.home, one))
            log = self._log(one, section, files, entries, receipts)
            said = from_minutes(one, least, log, paths, receipts, policy.language)
            made.append(said)
            paths |= {path for path, _ in said.entries}
            entries += tuple(Entry(decision, log.format, path) for path, decision in said.entries)
        return tuple(made)

    def _log(
        self,
        minutes: Minutes,
        section: Decisions,
        files: LogFiles,
        entries: tuple[Entry, ...],
        receipts: Sequence[Receipt],
    ) -> Log:
        home = files.home
        return Log(
            home=home,
            path=section.path.strip("/"),
            format=section.format,
            entries=entries,
            proposal=self._proposal(home, branch_of_minutes(minutes), receipts),
            taken=numbers_given(self.database, home.id, subject_of(home, minutes)),
        )

    def _proposal(self, home: Home, branch: str, receipts: Sequence[Receipt]) -> Proposal:
        """The proposal; of a branch without a pull request, the files that we put there."""
        found = self.logs.proposal(home, branch)
        ours = sorted(noted_paths(receipts, home.id))
        if found.number or not found.head or not ours:
            return found
        return replace(found, files=self.logs.at(home.full_name, found.head, ours))

    def propose(self, one: FromMinutes) -> int:
        """Propose what is to be proposed; the number of the pull request, 0 for none written.

        Raises:
            KeyBusy: the same minutes are being proposed by another process.
            NumberTaken: another decision was given a number since; see them again.
            ForgeError: it could not be written; calling again carries it on.
        """
        key = subject_of(one.log.home, one.minutes)
        with key_lock(self.database, key):
            receipts = ledger.receipts_of(self.database, key)
            plan = tuple(numbered(one.actions, next_plan(receipts)))
            with turn(self.database, COUNTED):
                self._check_numbers(one, key)
                noted = ledger.plan(self.database, key, plan, self.now())
            number = 0
            for receipt, action in noted:
                reference = ""
                if isinstance(action, Propose):
                    reference = self._written(receipt, action)
                    number = int(reference.partition(" ")[0])
                ledger.settle(self.database, receipt, "applied", reference=reference)
            self._end_cut_off(key, one)
            return number

    def _check_numbers(self, one: FromMinutes, key: str) -> None:
        """Nothing where no other decision has one of its numbers."""
        given = numbers_given(self.database, one.log.home.id, key)
        own = {int(decision.id) for _, decision in one.entries if decision.id}
        if one.actions and (taken := sorted(own & given)):
            raise NumberTaken(
                f"en anden beslutning har fået nr. {taken[0]} imens; kør kommandoen igen",
                f"another decision was given no. {taken[0]} meanwhile; run the command again",
            )

    def _written(self, receipt: int, action: Propose) -> str:
        try:
            return write_proposal(self.logs, action)
        except (Forbidden, NotFound, Rejected) as error:
            ledger.settle(self.database, receipt, "skipped", note=str(error))
            raise

    def _end_cut_off(self, key: str, one: FromMinutes) -> None:
        """Settle what was cut off: the last write came to be where the proposal says just that."""
        receipts = ledger.receipts_of(self.database, key)
        last = {receipt.action: receipt for receipt in receipts}
        for receipt in receipts:
            if receipt.state != "planned":
                continue
            there = one.stage == "there" and receipt is last[receipt.action]
            ledger.settle_planned(
                self.database,
                key,
                receipt,
                state="applied" if there else "skipped",
                reference=f"{one.log.proposal.number} {one.log.proposal.head}" if there else "",
                note="" if there else NOT_CALLED_FOR,
            )


def subject_of(home: Home, minutes: Minutes) -> str:
    """The key of some minutes in our ledger; no work is ever queued under it."""
    return f"minutes:{home.id}:{branch_of_minutes(minutes)}"

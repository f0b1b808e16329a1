"""Apply: each action once, guarded, into the ledger.

All are planned before the first is made: what a comment's commands come to is decided once, also
where we are cut off in the middle of it. Nothing but a Plan that carries it on ends that.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine

from os2kb.carrying import Carrier
from os2kb.chats.port import Chat, Refused, Unreachable
from os2kb.decision_log.proposing import withdraw, write_proposal
from os2kb.forges.port import Forbidden, Forge, NotFound, Rejected
from os2kb.governance.actions import (
    DONE,
    Action,
    AddLabel,
    Carry,
    CopyComment,
    CreateTicket,
    LinkTicket,
    Propose,
    PutComment,
    PutReview,
    React,
    Remember,
    RemoveLabel,
    RetractCopy,
    SetCheck,
    SetField,
    ShowDecision,
    ShowSync,
    Tell,
    TellOfDecision,
    Undo,
    Withdraw,
)
from os2kb.governance.commands.given.unanswered import askers, begun
from os2kb.governance.facts import Facts, Repository
from os2kb.governance.ledger.marks import ALREADY_SO, NOT_CALLED_FOR
from os2kb.governance.ledger.traces import trace
from os2kb.governance.plan import numbered
from os2kb.governance.receipts import Receipt, next_plan
from os2kb.governance.tickets.in_step import InStep
from os2kb.logs import get_logger
from os2kb.store import ledger
from os2kb.store.backlog import in_step
from os2kb.store.locks import turn
from os2kb.trackers.port import Denied, NoTicket, TrackerUnavailable, Unacceptable
from os2kb.trackers.tickets import Tickets

Noted = tuple[tuple[int, Action], ...]
"""Actions, each with its receipt's id."""
Left = Forbidden | Denied | Unreachable | TrackerUnavailable
"""Why an action was left undone though all else is done."""

log = get_logger()


@dataclass(frozen=True, slots=True)
class Applier:
    """Writes what a Plan calls for.

    Args:
        chat: what the product of a repository, by name, may tell somebody through.
        tickets: of subjects, in the product's tracker.
    """

    forge: Forge
    database: Engine
    now: Callable[[], datetime]
    chat: Callable[[str], Chat]
    tickets: Tickets

    def apply(self, facts: Facts, actions: Sequence[Action]) -> int:
        """Apply actions in order; returns how many were carried out.

        What is refused is skipped with its reason. A missing permission stops that action alone,
        and so does a chat or a tracker that is down; the rest is applied before it is raised.

        Raises:
            Forbidden, Denied: at least one action lacks a permission.
            Unreachable: at least one message could not be sent now; it stays planned.
            TrackerUnavailable: at least one ticket could not be written now; that stays planned.
            ForgeError: the forge cannot be written now; what is left stays planned.
        """
        return self.carry_out(facts, self.note(facts, actions))

    def agree(self, facts: Facts, step: InStep) -> None:
        """Note what an issue and its ticket agree on as they are now."""
        if facts.ticket is not None and dict(step.agreed) != dict(facts.ticket.agreed):
            in_step.agree(self.database, facts.subject.key, step.agreed)
        for side, copies in step.found.items():
            for copy in copies:
                in_step.keep_copy(self.database, facts.subject.key, side, copy)

    def note(self, facts: Facts, actions: Sequence[Action], run: int = 0) -> Noted:
        """Note down that actions are about to be applied; nothing is written to the forge yet.

        Args:
            facts: of the subject.
            actions: in the order in which they are applied.
            run: the run over many pairs that they belong to; 0 for none.
        """
        self.tickets.keep_name(facts)
        plan = numbered(actions, next_plan(facts.receipts))
        return ledger.plan(self.database, facts.subject.key, plan, self.now(), askers(facts), run)

    def carry_out(self, facts: Facts, noted: Noted) -> int:
        """Apply what was noted down; see `apply`."""
        done = 0
        lacking: Left | None = None
        put_off = False
        for receipt, action in noted:
            if put_off and action.key.startswith("command:"):
                continue  # not done yet, so that it is carried on with
            try:
                reference = self._write(facts, action)
            except (Forbidden, Denied) as error:
                ledger.settle(self.database, receipt, "skipped", note=str(error))
                log.warning("not_permitted", subject=str(facts.subject), reason=str(error))
                lacking = error
            except (Unreachable, TrackerUnavailable) as error:
                lacking = lacking or error
                put_off = put_off or isinstance(action, LinkTicket | CreateTicket | Undo)
                log.warning("not_done_yet", subject=str(facts.subject), reason=str(error))
            except (NoTicket, Unacceptable) as error:
                ledger.settle(self.database, receipt, "skipped", note=str(error))
                log.warning("ticket_refused", subject=str(facts.subject), reason=str(error))
            except (NotFound, Rejected, Refused) as error:
                ledger.settle(self.database, receipt, "skipped", note=str(error))
                log.info("action_skipped", subject=str(facts.subject), action=action.key)
            else:
                if reference is None:
                    ledger.settle(self.database, receipt, "skipped", note=ALREADY_SO)
                    continue
                ledger.settle(self.database, receipt, "applied", reference=reference)
                log.info("action_applied", subject=str(facts.subject), action=action.key)
                done += 1
        if lacking:
            raise lacking
        return done

    def settle_cut_off(self, facts: Facts, actions: Sequence[Action]) -> None:
        """Settle receipts whose write was cut off, by what the forge shows now.

        A write that is called for again takes its planned receipt up by itself. What a comment's
        commands were decided to come to waits, as long as it may, for a Plan that carries it on.

        Args:
            facts: of the subject, as they were before.
            actions: all that is written now; a caller that writes less settles nothing.
        """
        called_for = {(one.key, one.content, one.because) for one in actions}
        carried_on = {one.key for one in actions if one.content == DONE}
        waiting = {
            note.plan for note in begun(facts, self.now()).values() if note.action not in carried_on
        }
        for receipt in facts.receipts:
            again = (receipt.action, receipt.content, receipt.because) in called_for
            if receipt.state != "planned" or receipt.plan in waiting or again:
                continue
            found = trace(facts, receipt)
            ledger.settle_planned(
                self.database,
                facts.subject.key,
                receipt,
                state="skipped" if found is None else "applied",
                reference=found or "",
                note="" if found is not None else NOT_CALLED_FOR,
            )
            if found is not None:
                self.tickets.settle(facts, receipt)

    def _write(self, facts: Facts, action: Action) -> str | None:
        """The forge's id of what was written, empty for a label; None where it was already so."""
        repository, number = facts.repository, facts.subject.number
        match action:
            case AddLabel():
                return "" if self.forge.add_label(repository, number, action.label) else None
            case RemoveLabel():
                return "" if self.forge.remove_label(repository, number, action.label) else None
            case PutComment():
                known = _reference(facts.receipts, action)
                return self.forge.put_comment(repository, number, action.marker, action.body, known)
            case SetCheck():
                return self._check(facts, action)
            case PutReview():
                return self.forge.put_review(repository, number, action)
            case React():
                return self.forge.react(repository, action.comment_id, action.content)
            case Remember():
                return ""
            case Tell():
                return self._tell(facts, action)
            case LinkTicket() | CreateTicket() | SetField() | ShowDecision() | TellOfDecision():
                return self.tickets.write(facts, action)
            case Carry() | CopyComment() | ShowSync() | RetractCopy():
                return self._carrier.write(facts, action)
            case Propose():
                return write_proposal(self.forge.logs, action)
            case Withdraw():
                return withdraw(self.forge, action)
            case Undo():
                self._take_back(facts, action.receipt)
                return ""

    @property
    def _carrier(self) -> Carrier:
        return Carrier(self.forge, self.tickets.required, self.database)

    def _check(self, facts: Facts, check: SetCheck) -> str:
        repository, number = facts.repository, facts.subject.number
        if check.on:
            there = check.on
            repository = Repository(there.repository_id, there.full_name, "", True, "", ())
            number = there.number
        with turn(self.database, f"checks:{repository.id}:{check.head_sha}"):
            return self.forge.set_check(repository, number, check, facts.language)

    def _tell(self, facts: Facts, action: Tell) -> str:
        """The id of the comment or message; what was sent under its name is not sent again."""
        repository, (to, *_) = facts.repository, action.to
        if to.startswith("@"):
            return self.forge.put_comment(repository, facts.subject.number, action.key, action.body)
        once = f"{facts.subject.key} {action.once}"
        chat = self.chat(repository.full_name)
        return chat.tell(to, action.subject, action.body, once)

    def _take_back(self, facts: Facts, receipt: Receipt) -> None:
        """The inverse of what was done; what is so already was done before we were cut off."""
        repository, number = facts.repository, facts.subject.number
        match receipt.action.split(":", 2):
            case ["label", "add", label]:
                self.forge.remove_label(repository, number, label)
            case ["label", "remove", label]:
                self.forge.add_label(repository, number, label)
            case ["ticket", *_]:
                self.tickets.take_back(facts, receipt)
            case ["carry" | "copy", *_]:
                self._carrier.take_back(facts, receipt)
            case ["comment", _]:
                self.forge.delete_comment(repository, receipt.reference)
        ledger.mark_undone(self.database, facts.subject.key, receipt)


def _reference(receipts: Sequence[Receipt], action: Action) -> str:
    """The forge's id of what this action wrote before; empty where it never did."""
    return next(
        (one.reference for one in reversed(receipts) if one.action == action.key and one.reference),
        "",
    )

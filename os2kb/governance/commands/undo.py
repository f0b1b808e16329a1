"""`/os2 undo`: take back the last Plan, where nothing has changed since.

What is taken back leaves a hold: its receipt says `undone`, so that nothing does it again.
"""

from collections.abc import Iterable, Sequence

from os2kb.governance.actions import Undo
from os2kb.governance.actions.carry import Carried, place_of
from os2kb.governance.actions.decisions import BECAUSE
from os2kb.governance.actions.tickets import same, values_of
from os2kb.governance.commands.given.command import Command
from os2kb.governance.commands.outcome import Outcome, say
from os2kb.governance.comments.render import text
from os2kb.governance.comments.told import named
from os2kb.governance.decision_log.ticket import shown
from os2kb.governance.facts import Facts
from os2kb.governance.harmless.neutralise import Markdown, code_span
from os2kb.governance.ledger.holds import EVERY_RULE
from os2kb.governance.ledger.labels import (
    existing,
    last_change_is_ours,
    put_on_by_us,
    taken_off_by_us,
)
from os2kb.governance.ledger.marks import edited_by_a_person, latest, own_comment
from os2kb.governance.receipts import Receipt
from os2kb.governance.tickets.shows import copy_stands, shows, stands, way_back
from os2kb.phrases import Phrase
from os2kb.policy.policy import Policy

_NOTHING = Phrase(
    "Der er ikke noget, jeg kan tage tilbage her.", "There is nothing here that I can take back."
)
_TAKEN = {
    "label:add": Phrase("etiketten {} er taget af igen", "the label {} is off again"),
    "label:remove": Phrase("etiketten {} er sat på igen", "the label {} is on again"),
    "comment": Phrase("min kommentar er slettet", "my comment is deleted"),
    "ticket:link": Phrase("{} følger ikke issuet mere", "{} no longer goes with the issue"),
    "ticket:create": Phrase(
        "{} følger ikke issuet mere; ticketen selv er der stadig",
        "{} no longer goes with the issue; the ticket itself is still there",
    ),
    "ticket:set": Phrase(
        "feltet {} i Jira er, som det var før", "the field {} in Jira is as it was before"
    ),
    "carry": Phrase(
        "feltet {} er, som det var, før jeg førte det over",
        "the field {} is as it was before I carried it over",
    ),
    "copy": Phrase("kopien af kommentar {} er slettet", "the copy of comment {} is deleted"),
    "hold:release on": Phrase("teksten er ikke frigivet længere", "the text is no longer released"),
    "hold:pause on": Phrase("pausen er slut", "the pause is over"),
    "hold:pause off": Phrase("jeg holder pause her igen", "I pause here again"),
    "hold:ignore on": Phrase("reglen {} gælder her igen", "the rule {} holds here again"),
    "hold:ignore off": Phrase("jeg ser bort fra reglen {} igen", "I leave out the rule {} again"),
    "hold:label on": Phrase(
        "valget af etiketten {} gælder ikke mere", "the choice of the label {} holds no more"
    ),
    "hold:label off": Phrase(
        "valget af etiketten {} gælder igen", "the choice of the label {} holds again"
    ),
    "decision": Phrase("beslutningen gælder ikke længere", "the decision no longer holds"),
}
_TAKEN_OF_ALL = {
    "on": Phrase("jeg ser ikke mere bort fra alle regler", "I no longer leave out all rules"),
    "off": Phrase(
        "jeg ser igen bort fra alle regler, undtagen dem, der slår alarm",
        "I leave out all rules again but the alarms",
    ),
}
_LEFT = {
    "label:add": Phrase("etiketten {}", "the label {}"),
    "label:remove": Phrase("etiketten {}, som jeg tog af", "the label {}, which I took off"),
    "comment": Phrase("min kommentar", "my comment"),
    "ticket:link": Phrase("ticketen {}", "the ticket {}"),
    "ticket:create": Phrase("ticketen {}", "the ticket {}"),
    "ticket:set": Phrase("feltet {} i Jira", "the field {} in Jira"),
    "carry": Phrase("feltet {}, som jeg førte over", "the field {}, which I carried over"),
    "copy": Phrase("kopien af kommentar {}", "the copy of comment {}"),
    "hold:release": Phrase("teksten, som blev frigivet", "the text that was released"),
    "hold:pause": Phrase("pausen", "the pause"),
    "hold:ignore": Phrase("valget om reglen {}", "the choice about the rule {}"),
    "hold:label": Phrase("valget af etiketten {}", "the choice of the label {}"),
    "check": Phrase("kontrollen på committet", "the check on the commit"),
    "hold:escalate": Phrase("eskaleringen", "the escalation"),
    "tell": Phrase("beskeden til {}", "the message to {}"),
    "decision": Phrase("beslutningen", "the decision"),
}
_LEFT_OF_ALL = Phrase("valget om alle regler", "the choice about all rules")
_CHANGED = Phrase("nogen har ændret det siden", "someone has changed it since")
_GONE = Phrase("den er her ikke mere", "it is no longer here")
_EDIT = Phrase(
    "jeg rettede i den, og teksten fra før er ikke gemt",
    "I edited it, and the text from before is not kept",
)
_CHECK = Phrase(
    "GitHub lader ingen slette den; en ny vurdering kan ændre den",
    "GitHub lets nobody delete it; judging anew can change it",
)
_NO_WAY_BACK = Phrase(
    "arbejdsgangen i Jira har ingen vej tilbage, som jeg må og kan gå",
    "the workflow in Jira has no way back that I may and can go",
)
_UNREAD = Phrase("ticketen kan ikke læses nu", "the ticket cannot be read now")
_TOLD = Phrase("en besked kan ikke tages tilbage", "a message cannot be taken back")
_LOGGED = Phrase(
    "den står i beslutningsloggen; ret den dér", "it is in the decision log; change it there"
)
_NEVER = (
    *("comment:reply:", "reaction:", "command:", "undo:", "review:"),
    *("jira:choice:", "ticket:sync:", "retract:"),
)


def undo(command: Command, facts: Facts, policy: Policy) -> Outcome:  # noqa: ARG001
    """Each write of the last Plan is taken back, or left with the reason.

    Asked a second time, it is as it was the first: nothing earlier is taken back.
    """
    last, language = last_plan(facts.receipts), facts.language
    if not last:
        return Outcome(say(_NOTHING, language))
    taken, left, actions, kinds = [], [], [], set()
    for receipt in last:
        reason = None if receipt.state == "undone" else in_the_way(facts, receipt)
        if reason is not None:
            left.append(Markdown(f"{_left(receipt, facts)}: {reason.in_language(language)}"))
            continue
        taken.append(_taken(receipt, facts))
        kinds.add(_kind(receipt))
        if receipt.state != "undone":
            if _is_link(receipt):  # or nobody would mend what that ticket shows
                actions += [Undo(one, because=command.because) for one in shown(facts)]
            actions.append(Undo(receipt, because=command.because))
    for_good = not kinds.isdisjoint({"label:add", "label:remove", "comment"})
    said = text("undo", language, taken=taken, left=left, for_good=for_good)
    return Outcome(said, tuple(actions))


def last_plan(receipts: Sequence[Receipt]) -> tuple[Receipt, ...]:
    """The writes of the last Plan that changed something, taken back or not.

    What the rules make of an undo is no Plan to undo: `/os2 undo` twice is once.
    """
    undoing: set[int] = set()
    done = []
    for one in receipts:
        if one.action.startswith("undo:"):
            undoing.add(one.plan)
        changed = one.state in ("applied", "undone") and not one.action.startswith(_NEVER)
        of_an_undo = one.plan in undoing and not one.because.startswith("/os2")
        # What follows of a decision goes with it, by itself.
        if one.plan and changed and not of_an_undo and one.because != BECAUSE:
            done.append(one)
    last = max((one.plan for one in done if _kind(one) != "check"), default=0)
    return _net(one for one in done if last and one.plan == last)


def newest_first(receipts: Sequence[Receipt]) -> tuple[Receipt, ...]:
    """Of many Plans' writes, those that `undo` knows how to take back, the last one first."""
    done = [one for one in receipts if not one.action.startswith(_NEVER)]
    return _net(done)[::-1]


def _is_link(receipt: Receipt) -> bool:
    return receipt.action.startswith(("ticket:link:", "ticket:create:"))


def _net(receipts: Iterable[Receipt]) -> tuple[Receipt, ...]:
    """The newest write of each thing; none of a label that was put on and taken off again."""
    newest: dict[str, Receipt] = {}
    back_and_forth: set[str] = set()
    for one in receipts:
        thing = f"label:{_name(one)}" if one.action.startswith("label:") else one.action
        if thing in newest and newest[thing].action != one.action:
            back_and_forth.add(thing)
        newest[thing] = one
    kept = (one for thing, one in newest.items() if thing not in back_and_forth)
    # A ticket's fields can be set for as long as it is linked.
    return tuple(sorted(kept, key=_is_link))


def _kind(receipt: Receipt) -> str:
    first, _, rest = receipt.action.partition(":")
    return f"{first}:{rest.partition(':')[0]}" if first in ("label", "hold", "ticket") else first


def _name(receipt: Receipt) -> str:
    parts = receipt.action.split(":", 2)
    return parts[2] if len(parts) == 3 else ""


def _taken(receipt: Receipt, facts: Facts) -> Markdown:
    """How it stands, now that the write is taken back; of a choice, the one before holds."""
    kind = _kind(receipt)
    if kind.startswith("hold:"):
        if _name(receipt) == EVERY_RULE:
            return say(_TAKEN_OF_ALL[receipt.content], facts.language)
        kind = f"{kind} {receipt.content}"
    return say(_TAKEN[kind], facts.language, _shown(receipt, facts))


def _left(receipt: Receipt, facts: Facts) -> Markdown:
    said = _LEFT_OF_ALL if _name(receipt) == EVERY_RULE else _LEFT[_kind(receipt)]
    return say(said, facts.language, _shown(receipt, facts))


def _shown(receipt: Receipt, facts: Facts) -> Markdown:
    """The name, of a label as the repository spells it."""
    name = _name(receipt)
    if _kind(receipt) == "ticket:create":
        return code_span(receipt.reference)
    if _kind(receipt) == "tell":
        return named(receipt.content.split("\n"), facts.language)
    return code_span((existing(facts, name) or name) if "label" in _kind(receipt) else name)


def in_the_way(facts: Facts, receipt: Receipt) -> Phrase | None:
    """Why a write stays as it is; None where it can be taken back, or was when we were cut off."""
    label = _name(receipt)
    match _kind(receipt):
        case "label:add":
            back = put_on_by_us(facts, label) or last_change_is_ours(facts, label, added=False)
            return None if back else _CHANGED
        case "label:remove":
            if existing(facts, label) is None:
                return _GONE
            back = taken_off_by_us(facts, label) or last_change_is_ours(facts, label, added=True)
            return None if back else _CHANGED
        case "comment":
            return _comment_in_the_way(facts, receipt)
        case "check":
            return _CHECK
        case "ticket:link" | "ticket:create":
            is_there = facts.ticket is not None and facts.ticket.key == receipt.reference
            return None if is_there else _GONE
        case "ticket:set":
            return _field_in_the_way(facts, receipt)
        case "carry":
            return _carry_in_the_way(facts, receipt)
        case "copy":
            return _copy_in_the_way(facts, receipt)
        case "tell" | "hold:escalate":
            return _TOLD
        case "decision" if any(one.action == "decision:logged" for one in facts.receipts):
            return _LOGGED
    return None if latest(facts.receipts, receipt.action) == receipt else _CHANGED


def _comment_in_the_way(facts: Facts, receipt: Receipt) -> Phrase | None:
    present = own_comment(facts, receipt.action.removeprefix("comment:"))
    if present is None:
        return _GONE
    if edited_by_a_person(facts, present, receipt.action):
        return _CHANGED
    first = next(
        one
        for one in facts.receipts
        if one.action == receipt.action and one.reference == receipt.reference
    )
    return None if first.plan == receipt.plan else _EDIT


def _field_in_the_way(facts: Facts, receipt: Receipt) -> Phrase | None:
    ticket = facts.ticket.ticket if facts.ticket else None
    if ticket is None:
        return _UNREAD
    field, there = _name(receipt), ticket.value(_name(receipt))
    # The value before is there where we were cut off in taking it back.
    ours = any(same(there, one) for one in values_of(receipt.content))
    return None if ours and field not in ticket.chosen else _CHANGED


def _carry_in_the_way(facts: Facts, receipt: Receipt) -> Phrase | None:
    """Where we were cut off in taking it back, what was there before is there again."""
    side, _ = place_of(receipt.action)
    if side == "jira" and (facts.ticket is None or facts.ticket.read is None):
        return _UNREAD
    done = Carried.read(receipt.content)
    ours = stands(facts, receipt, done.put, done.expects)
    if not (ours or stands(facts, receipt, done.expects, done.put)):
        return _CHANGED
    return _NO_WAY_BACK if way_back(facts, receipt).obstacles else None


def _copy_in_the_way(facts: Facts, receipt: Receipt) -> Phrase | None:
    same = [
        one
        for one in facts.receipts
        if one.action == receipt.action and one.reference == receipt.reference
    ]
    if shows(facts, receipt) is None:
        return _GONE
    if same[0].plan != receipt.plan:
        return _EDIT
    return None if copy_stands(facts, receipt) else _CHANGED

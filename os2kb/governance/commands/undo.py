"""`/os2 undo`: take back the last Plan, where nothing has changed since.

What is taken back leaves a hold: its receipt says `undone`, so that nothing does it again.
"""

from collections.abc import Iterable, Sequence

from os2kb.governance.actions import Undo
from os2kb.governance.actions.decisions import BECAUSE
from os2kb.governance.commands.given.command import Command
from os2kb.governance.commands.in_the_way import in_the_way, kind_of, name_of
from os2kb.governance.commands.outcome import Outcome, say
from os2kb.governance.comments.render import text
from os2kb.governance.comments.told import named
from os2kb.governance.decision_log.ticket import shown
from os2kb.governance.facts import Facts
from os2kb.governance.harmless.neutralise import Markdown, code_span
from os2kb.governance.ledger.holds import EVERY_RULE
from os2kb.governance.ledger.labels import (
    existing,
)
from os2kb.governance.receipts import Receipt
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
        kinds.add(kind_of(receipt))
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
    last = max((one.plan for one in done if kind_of(one) != "check"), default=0)
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
        thing = f"label:{name_of(one)}" if one.action.startswith("label:") else one.action
        if thing in newest and newest[thing].action != one.action:
            back_and_forth.add(thing)
        newest[thing] = one
    kept = (one for thing, one in newest.items() if thing not in back_and_forth)
    # A ticket's fields can be set for as long as it is linked.
    return tuple(sorted(kept, key=_is_link))


def _taken(receipt: Receipt, facts: Facts) -> Markdown:
    """How it stands, now that the write is taken back; of a choice, the one before holds."""
    kind = kind_of(receipt)
    if kind.startswith("hold:"):
        if name_of(receipt) == EVERY_RULE:
            return say(_TAKEN_OF_ALL[receipt.content], facts.language)
        kind = f"{kind} {receipt.content}"
    return say(_TAKEN[kind], facts.language, _shown(receipt, facts))


def _left(receipt: Receipt, facts: Facts) -> Markdown:
    said = _LEFT_OF_ALL if name_of(receipt) == EVERY_RULE else _LEFT[kind_of(receipt)]
    return say(said, facts.language, _shown(receipt, facts))


def _shown(receipt: Receipt, facts: Facts) -> Markdown:
    """The name, of a label as the repository spells it."""
    name = name_of(receipt)
    if kind_of(receipt) == "ticket:create":
        return code_span(receipt.reference)
    if kind_of(receipt) == "tell":
        return named(receipt.content.split("\n"), facts.language)
    return code_span((existing(facts, name) or name) if "label" in kind_of(receipt) else name)

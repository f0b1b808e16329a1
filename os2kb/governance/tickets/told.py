"""What is said of the ticket: which it is, and why its fields are as they are.

Values come from the Policy alone: nothing that stands in the tracker is repeated here.
"""

from collections.abc import Iterator
from datetime import datetime

from index.passages import Language
from os2kb.governance.actions.tickets import SHOWN, TOLD
from os2kb.governance.commands.outcome import say
from os2kb.governance.decision_log.ticket import BECAME, How, how_it_stands
from os2kb.governance.escalation.standing import Standing
from os2kb.governance.facts import Facts
from os2kb.governance.harmless.neutralise import Markdown, code_span, link, neutralise
from os2kb.governance.ledger.marks import NOT_CALLED_FOR, latest
from os2kb.governance.tickets.creation import creation_stands
from os2kb.governance.tickets.fields import Stands, fields_wanted
from os2kb.governance.tickets.keep import kept_in_step
from os2kb.governance.tickets.pair import goes_anywhere, moved_away
from os2kb.governance.tickets.told_in_step import why_in_step
from os2kb.phrases import Phrase
from os2kb.policy.policy import Policy

_ASKED = ("ticket:create:", "ticket:link:")
_GOES_WITH = Phrase("Issuet følges med {} i Jira.", "This issue goes with {} in Jira.")
_UNREAD = Phrase("Ticketen kan ikke læses nu: {}.", "The ticket cannot be read now: {}.")
_MOVED = Phrase(
    "Ticketen er flyttet til et andet projekt end policyens, så intet føres over.",
    "The ticket was moved to another project than the Policy's, so nothing is carried over.",
)
_REFUSED = Phrase(
    "Jira afviste at oprette eller knytte en ticket; grunden står i loggen hos den, der driver "
    "mig.",
    "Jira refused to create or link a ticket; the reason is in the log of whoever runs me.",
)
_NOT_CREATED: dict[str | None, Phrase] = {
    "undone": Phrase(
        "Issuet har den etiket, der giver en ticket, men ticketen blev taget tilbage med "
        "`/os2 undo`, så det får ingen.",
        "The issue has the label that gives a ticket, but the ticket was taken back by "
        "`/os2 undo`, so it gets none.",
    ),
    "secret": Phrase(
        "Issuet har den etiket, der giver en ticket, men titlen ser ud til at rumme "
        "personoplysninger eller en hemmelighed, så den sender jeg ikke til Jira.",
        "The issue has the label that gives a ticket, but the title seems to hold personal data or "
        "a secret, so I do not send it to Jira.",
    ),
}
_FIELD: dict[Stands, Phrase] = {
    "so": Phrase("Feltet {} er {}, som det skal være.", "The field {} is {}, as it should be."),
    "due": Phrase("Feltet {} skal være {}.", "The field {} should be {}."),
    "theirs": Phrase(
        "Feltet {} skulle være {}, men nogen har valgt noget andet i Jira, så det lader jeg være.",
        "The field {} should be {}, but somebody chose something else in Jira, so I leave it.",
    ),
    "held": Phrase(
        "Feltet {} skulle være {}, men det blev taget tilbage med `/os2 undo`, så det lader jeg "
        "være.",
        "The field {} should be {}, but that was taken back by `/os2 undo`, so I leave it.",
    ),
    "refused": Phrase(
        "Feltet {} skulle være {}, men Jira afviste det; grunden står i loggen hos den, der driver "
        "mig, og jeg prøver igen i morgen.",
        "The field {} should be {}, but Jira refused it; the reason is in the log of whoever runs "
        "me, and I try again tomorrow.",
    ),
    "elsewhere": Phrase(
        "Feltet {} skulle være {}, men ticketen er flyttet til et andet projekt end policyens.",
        "The field {} should be {}, but the ticket was moved to another project than the Policy's.",
    ),
}
_SHOWN: dict[How, Phrase] = {
    "so": Phrase(
        "Ticketen har et link til beslutningen i loggen.",
        "The ticket has a link to the decision in the log.",
    ),
    "due": Phrase(
        "Ticketen skal have et link til beslutningen i loggen.",
        "The ticket is to get a link to the decision in the log.",
    ),
    "theirs": Phrase(
        "Nogen har taget linket til beslutningen af ticketen, så det lader jeg være.",
        "Somebody took the link to the decision off the ticket, so I leave it.",
    ),
    "refused": Phrase(
        "Jira afviste linket til beslutningen; grunden står i loggen hos den, der driver mig, og "
        "jeg prøver igen i morgen.",
        "Jira refused the link to the decision; the reason is in the log of whoever runs me, and I "
        "try again tomorrow.",
    ),
}
_TOLD = Phrase(
    "Ticketen har fået at vide, at beslutningen {}.", "The ticket was told that the decision {}."
)


def ticket_line(facts: Facts, language: Language) -> Markdown:
    """Which ticket it is; empty for none."""
    if facts.ticket is None:
        return Markdown("")
    return say(_GOES_WITH, language, link(facts.ticket.key, facts.ticket.url))


def why_ticket(facts: Facts, policy: Policy, stands: Standing, at: datetime) -> Iterator[Markdown]:
    """Which ticket it is, and how its fields came about."""
    linked, language = facts.ticket, facts.language
    if linked is None:
        how = creation_stands(facts, policy, at)
        if how in _NOT_CREATED:
            yield say(_NOT_CREATED[how], language)
        elif _was_refused(facts):
            yield say(_REFUSED, language)
        return
    yield ticket_line(facts, language)
    if linked.unread is not None:
        yield say(_UNREAD, language, neutralise(linked.unread.in_language(language)))
    for one in fields_wanted(facts, policy, stands, at):
        yield say(_FIELD[one.stands], language, code_span(one.field), code_span(one.value))
    if moved_away(facts, policy) and goes_anywhere(policy.jira):
        yield say(_MOVED, language)
    step = kept_in_step(facts, policy, at)
    yield from why_in_step(step, language) if step else ()
    yield from _of_decision(facts, linked.id, at)


def _of_decision(facts: Facts, ticket: str, at: datetime) -> Iterator[Markdown]:
    """What the ticket shows of a decision, and was last told of it."""
    shown, told = f"{SHOWN}{ticket}", f"{TOLD}{ticket}:"
    last = latest(facts.receipts, shown)
    if last is not None and last.state != "undone":
        yield say(_SHOWN[how_it_stands(facts, shown, last.content, at)], facts.language)
    heard = [one for one in facts.receipts if one.action.startswith(told)]
    became = [one.content for one in heard if one.state == "applied"]
    for status, phrase in BECAME.items():
        if became[-1:] == [status]:
            yield say(_TOLD, facts.language, Markdown(phrase.in_language(facts.language)))


def _was_refused(facts: Facts) -> bool:
    """Whether the last that became of a ticket was to be refused; why, may be for few to know."""
    asked = [one for one in facts.receipts if one.action.startswith(_ASKED)]
    return bool(asked) and asked[-1].state == "skipped" and asked[-1].note != NOT_CALLED_FOR

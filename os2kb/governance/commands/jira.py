"""`/os2 jira …`: the ticket that this issue goes with, and what goes along."""

import re

from index.masking import mask
from os2kb.governance.actions import CreateTicket, LinkTicket
from os2kb.governance.commands.given.command import Command
from os2kb.governance.commands.in_step import RELEASE, SYNC, release, sync
from os2kb.governance.commands.outcome import Outcome, say
from os2kb.governance.facts import Facts
from os2kb.governance.harmless.neutralise import Markdown, code_span, link, neutralise, scrub
from os2kb.governance.rules.text.security_report import suspected
from os2kb.governance.tickets.ticket import project_of
from os2kb.phrases import Phrase
from os2kb.policy.policy import Policy
from os2kb.policy.sections.jira import Jira

_KEY = re.compile(r"(?:\S{1,300}/browse/)?(?P<key>[A-Za-z][A-Za-z0-9_]{1,29}-[1-9]\d{0,9})[.,]?")
_LINKS, _CREATES = ("link", "knyt"), ("create", "opret")

_USAGE = Phrase(
    "Skriv `/os2 jira link` og ticketens nøgle, for eksempel `/os2 jira link {}-7`, eller "
    "`/os2 jira create`, `sync` eller `release`.",
    "Write `/os2 jira link` and the ticket's key, for example `/os2 jira link {}-7`, or "
    "`/os2 jira create`, `sync` or `release`.",
)
_NO_SECTION = Phrase(
    "Policyen har intet afsnit `jira`, så jeg ved ikke, hvilket projekt der er jeres.",
    "The Policy has no section `jira`, so I do not know which project is yours.",
)
_NO_ISSUE = Phrase(
    "Kun et issue kan følges med en ticket i Jira.", "Only an issue can go with a ticket in Jira."
)
_PRIVATE = Phrase(
    "Det her knytter jeg ikke til Jira, fordi teksten ligner en anmeldelse af en sårbarhed.",
    "I do not link this to Jira, because the text looks like a report of a vulnerability.",
)
_LINKED = Phrase("Issuet følges nu med {} i Jira.", "The issue now goes with {} in Jira.")
_HAS_ONE = Phrase(
    "Issuet følges allerede med {} i Jira, og det kan kun have én ticket.",
    "The issue goes with {} in Jira already, and can have only one ticket.",
)
_CREATES_ONE = Phrase(
    "Jeg opretter en ticket i {} og skriver dens nøgle i min statuskommentar.",
    "I create a ticket in {} and write its key in my status comment.",
)
_HOLDS_SECRET = Phrase(
    "Titlen ser ud til at rumme personoplysninger eller en hemmelighed, så den sender jeg ikke til "
    "Jira. Ret den, og skriv kommandoen igen.",
    "The title seems to hold personal data or a secret, so I do not send it to Jira. Mend it, and "
    "write the command again.",
)
_NOT_THERE = Phrase(
    "Jira har ingen ticket {}, som jeg må se. Er nøglen rigtig, og har min konto adgang?",
    "Jira has no ticket {} that I may see. Is the key right, and has my account access?",
)
_NOT_NOW = Phrase(
    "Jeg kan ikke læse {} nu ({}). Skriv kommandoen igen om lidt.",
    "I cannot read {} now ({}). Write the command again in a while.",
)
_ELSEWHERE = Phrase(
    "{} hører ikke til projektet {}, som policyen nævner.",
    "{} does not belong to the project {}, which the Policy names.",
)
_TAKEN = Phrase("{} følges allerede med et andet issue.", "{} goes with another issue already.")


def ticket_key(text: str) -> str:
    """The key that a command wants to link, from itself or an address; empty for none."""
    word, _, rest = text.strip().partition(" ")
    named = _KEY.fullmatch(next(iter(rest.split()), ""))
    return named["key"].upper() if named and word.casefold() in _LINKS else ""


def jira(command: Command, facts: Facts, policy: Policy) -> Outcome:
    """The ticket is linked, or one is created; or it is said why not."""
    if policy.jira is None:
        return Outcome(say(_NO_SECTION, facts.language))
    if facts.pull_request is not None:
        return Outcome(say(_NO_ISSUE, facts.language))
    if suspected(facts, policy):
        return Outcome(say(_PRIVATE, facts.language))
    key = ticket_key(command.text)
    if key:
        return _link(key, command, facts, policy.jira)
    word = next(iter(command.text.split()), "").casefold()
    if word in _CREATES:
        return _create(command, facts, policy.jira)
    if word in SYNC:
        return sync(command, facts, policy)
    if word in RELEASE:
        return release(command, facts, policy)
    return Outcome(say(_USAGE, facts.language, Markdown(policy.jira.project)))


def _link(key: str, command: Command, facts: Facts, section: Jira) -> Outcome:
    language, shown = facts.language, code_span(key)
    if facts.ticket is not None and not (facts.ticket.is_gone and facts.ticket.key != key):
        here = link(facts.ticket.key, facts.ticket.url)
        same = facts.ticket.key == key
        return Outcome(say(_LINKED if same else _HAS_ONE, language, here))
    elsewhere = say(_ELSEWHERE, language, shown, code_span(section.project))
    if project_of(key) != section.project:
        return Outcome(elsewhere)
    named = facts.named_tickets.get(key)
    if named is None or named.ticket is None:
        unread = named.unread if named else None
        if unread is None:
            return Outcome(say(_NOT_THERE, language, shown))
        why = neutralise(unread.in_language(language))
        return Outcome(say(_NOT_NOW, language, shown, why))
    ticket = named.ticket
    if ticket.project != section.project:
        return Outcome(elsewhere)
    if named.linked_to not in ("", facts.subject.key):
        return Outcome(say(_TAKEN, language, shown))
    said = say(_LINKED, language, link(ticket.key, ticket.url))
    return Outcome(said, (LinkTicket(ticket.key, because=command.because),))


def _create(command: Command, facts: Facts, section: Jira) -> Outcome:
    """What is sent of the issue is its title and its address, and nothing else."""
    language = facts.language
    if facts.ticket is not None and not facts.ticket.is_gone:
        return Outcome(say(_HAS_ONE, language, link(facts.ticket.key, facts.ticket.url)))
    if mask(facts.title) != facts.title:
        return Outcome(say(_HOLDS_SECRET, language))
    said = say(_CREATES_ONE, language, code_span(section.project))
    summary = " ".join(scrub(facts.title).split())
    given = tuple(section.required.items())
    made = CreateTicket(section.project, section.type, summary, given, because=command.because)
    return Outcome(said, (made,))

"""What a Plan would do, in the words of the command line and the console."""

from os2kb.backlog.sides import Value
from os2kb.governance import actions
from os2kb.governance.ledger.holds import ESCALATED, EVERY_RULE
from os2kb.governance.tickets.agreed import CHOICE
from os2kb.phrases import Phrase

_LABEL_ON = Phrase("sæt etiketten “{}” på", "put on the label “{}”")
_LABEL_OFF = Phrase("tag etiketten “{}” af", "take off the label “{}”")
_CHECK = Phrase("sæt kontrollen “{}: {}”", "set the check “{}: {}”")
_REVIEW = Phrase("foreslå {} linjer rettet", "suggest that {} lines be mended")
_REACT = Phrase("giv kommentar {} en tommelfinger ned", "give comment {} a thumb down")
_REPLY = Phrase("svar på kommentar {}", "reply to comment {}")
_COMMENT = Phrase("skriv {}", "write {}")
COMMENTS = {
    "status": Phrase("statuskommentaren", "the status comment"),
    "security": Phrase("om den private kanal", "of the private channel"),
    "question": Phrase("svaret på spørgsmålet", "the answer to the question"),
    "conflict": Phrase("om det, begge sider har ændret", "of what both sides have changed"),
    "decision": Phrase("hvor beslutningen står", "where the decision stands"),
}
_TELL = Phrase("giv besked til {}", "tell {}")
_LINK_TICKET = Phrase("knyt det til {} i Jira", "link it to {} in Jira")
_CREATE_TICKET = Phrase("opret en ticket i {}: “{}”", "create a ticket in {}: “{}”")
_SET_FIELD = Phrase("sæt feltet {} i Jira til “{}”", "set the field {} in Jira to “{}”")
_SHOW = Phrase("sæt et link til “{}” på ticketen", "put a link to “{}” on the ticket")
_TELL_OF = Phrase("skriv på ticketen: “{}”", "write on the ticket: “{}”")
_CARRY: dict[str, Phrase] = {
    "github": Phrase("sæt {} på GitHub til “{}”", "set {} on GitHub to “{}”"),
    "jira": Phrase("sæt {} i Jira til “{}”", "set {} in Jira to “{}”"),
}
_COPY: dict[str, Phrase] = {
    "github": Phrase("kopiér kommentar {} fra Jira", "copy comment {} from Jira"),
    "jira": Phrase("kopiér kommentar {} til Jira", "copy comment {} to Jira"),
}
_RETRACT = Phrase(
    "slet kopien af Jiras kommentar {}, som ikke er for alle længere",
    "delete the copy of Jira's comment {}, which is not for everybody any more",
)
_SHOW_SYNC = Phrase("skriv på ticketens link: “{}”", "write on the ticket's link: “{}”")
_TAKE_BACK = Phrase("tag tilbage: {}", "take back: {}")
_NOTED_DONE = Phrase(
    "notér, at kommandoerne i kommentar {} er udført",
    "note that the commands of comment {} were carried out",
)
_LEFT_ALONE = Phrase(
    "lad kommandoerne i kommentar {} ligge", "leave the commands of comment {} alone"
)
_ESCALATED = Phrase("notér, at nogen har eskaleret", "note that somebody escalated")
_HOLDS = {
    ("pause", "on"): Phrase("begynd en pause her", "begin a pause here"),
    ("pause", "off"): Phrase("slut pausen her", "end the pause here"),
    ("release", "on"): Phrase("frigiv en tekst", "release a text"),
    ("ignore", "on"): Phrase("se bort fra reglen {} her", "leave out the rule {} here"),
    ("ignore", "off"): Phrase("tag reglen {} i brug her igen", "take up the rule {} here again"),
    ("label", "on"): Phrase("lad etiketten “{}” være", "leave the label “{}” to people"),
    ("label", "off"): Phrase(
        "lad reglerne om etiketten “{}” igen", "leave the label “{}” to the rules again"
    ),
}
_CHOICE = Phrase("notér, hvilken side {} gælder fra", "note which side is right about {}")
_PROPOSE = Phrase("foreslå “{}” til beslutningsloggen i {}", "propose “{}” to the log in {}")
_WITHDRAW = Phrase("træk forslaget {} tilbage", "withdraw the proposal {}")
_DECISIONS = {
    "decided": Phrase("notér beslutningen", "note the decision"),
    "number": Phrase("notér, at beslutningen har nr. {}", "note that the decision is no. {}"),
    "logged": Phrase(
        "notér, hvem der besluttede, hvem der godkendte, og hvilket commit det blev",
        "note who decided, who approved and which commit it became",
    ),
}
_EVERY = {
    "on": Phrase("se bort fra alle regler her", "leave out all rules here"),
    "off": Phrase("tag alle regler i brug her igen", "take up all rules here again"),
}


def told_action(action: actions.Action) -> Phrase:
    """One action, as an order. What it names may be anybody's text: whoever shows it scrubs it."""
    match action:
        case actions.AddLabel():
            return _LABEL_ON.filled(action.label)
        case actions.RemoveLabel():
            return _LABEL_OFF.filled(action.label)
        case actions.PutComment():
            return _told_comment(action.marker)
        case actions.SetCheck():
            return _CHECK.filled(action.name, action.title)
        case actions.PutReview():
            return _REVIEW.filled(str(len(action.suggestions)))
        case actions.React():
            return _REACT.filled(str(action.comment_id))
        case actions.Remember():
            return _told_note(action)
        case actions.Tell():
            return _TELL.filled(", ".join(action.to))
        case actions.LinkTicket():
            return _LINK_TICKET.filled(action.ticket)
        case actions.CreateTicket():
            return _CREATE_TICKET.filled(action.project, action.summary)
        case actions.SetField():
            return _SET_FIELD.filled(action.field, action.value)
        case actions.ShowDecision():
            return _SHOW.filled(action.title)
        case actions.TellOfDecision():
            return _TELL_OF.filled(action.body)
        case actions.Carry():
            return _CARRY[action.side].filled(action.field, _shown(action.value))
        case actions.CopyComment():
            return _COPY[action.side].filled(action.source)
        case actions.RetractCopy():
            return _RETRACT.filled(action.source)
        case actions.ShowSync():
            return _SHOW_SYNC.filled(action.said)
        case actions.Undo():
            return _TAKE_BACK.filled(action.receipt.action)
        case actions.Propose():
            return _PROPOSE.filled(action.title, action.home.full_name)
        case actions.Withdraw():
            return _WITHDRAW.filled(action.content)


def _shown(value: Value) -> str:
    return value if isinstance(value, str) else ", ".join(sorted(value))


def _told_comment(marker: str) -> Phrase:
    name, _, comment = marker.partition(":")
    if name == "reply":
        return _REPLY.filled(comment)
    return _COMMENT.filled(COMMENTS.get(name, name))


def _told_note(note: actions.Remember) -> Phrase:
    kind, _, named = note.name.partition(":")
    if kind == "command":
        return (_NOTED_DONE if note.value == actions.DONE else _LEFT_ALONE).filled(named)
    if note.name == ESCALATED:
        return _ESCALATED
    if kind == "decision":
        return _DECISIONS[named.partition(":")[0]].filled(note.value)
    if note.name.startswith(CHOICE):
        return _CHOICE.filled(note.name.removeprefix(CHOICE))
    hold, _, what = named.partition(":")
    if (hold, what) == ("ignore", EVERY_RULE):
        return _EVERY[note.value]
    return _HOLDS[hold, note.value].filled(what)

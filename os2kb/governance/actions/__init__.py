"""Actions: one write each, with the state it expects and its inverse."""

from os2kb.governance.actions.carry import Carry, CopyComment, RetractCopy, ShowSync, SyncAction
from os2kb.governance.actions.checks import Annotation, Elsewhere, SetCheck
from os2kb.governance.actions.comments import PutComment, React
from os2kb.governance.actions.decisions import Propose, Withdraw
from os2kb.governance.actions.labels import AddLabel, RemoveLabel
from os2kb.governance.actions.messages import Tell
from os2kb.governance.actions.notes import DONE, Remember, Undo
from os2kb.governance.actions.reviews import PutReview, Suggestion
from os2kb.governance.actions.tickets import (
    CreateTicket,
    LinkTicket,
    SetField,
    ShowDecision,
    TellOfDecision,
    TicketAction,
)

Action = (
    AddLabel
    | RemoveLabel
    | PutComment
    | SetCheck
    | PutReview
    | React
    | Remember
    | Tell
    | Undo
    | Propose
    | Withdraw
    | TicketAction
    | SyncAction
)

__all__ = [
    "DONE",
    "Action",
    "AddLabel",
    "Annotation",
    "Carry",
    "CopyComment",
    "CreateTicket",
    "Elsewhere",
    "LinkTicket",
    "Propose",
    "PutComment",
    "PutReview",
    "React",
    "Remember",
    "RemoveLabel",
    "RetractCopy",
    "SetCheck",
    "SetField",
    "ShowDecision",
    "ShowSync",
    "Suggestion",
    "SyncAction",
    "Tell",
    "TellOfDecision",
    "TicketAction",
    "Undo",
    "Withdraw",
]

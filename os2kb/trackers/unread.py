"""Why a ticket cannot be read, as everybody may know it: what Jira says is for the log."""

from os2kb.logs import get_logger
from os2kb.phrases import Phrase
from os2kb.trackers.port import Denied, NoTicket, NotLetIn, TrackerError, TrackerUnavailable

_UNREAD: tuple[tuple[type[TrackerError], Phrase], ...] = (
    (NotLetIn, Phrase("Jira godtager ikke min nøgle", "Jira does not accept my credentials")),
    (TrackerUnavailable, Phrase("Jira svarer ikke nu", "Jira does not answer now")),
    (
        NoTicket,
        Phrase(
            "den er der ikke, eller min konto i Jira må ikke se den",
            "it is not there, or my account in Jira may not see it",
        ),
    ),
    (
        Denied,
        Phrase("min konto i Jira mangler en tilladelse", "my account in Jira lacks a permission"),
    ),
    (TrackerError, Phrase("Jira afviste det", "Jira refused it")),
)

log = get_logger()


def why_unread(key: str, error: TrackerError) -> Phrase:
    """Why it cannot, and a line in the log."""
    if not isinstance(error, NotLetIn):  # which is told once, for all tickets
        log.warning("ticket_not_read", ticket=key, reason=str(error))
    return next(phrase for kind, phrase in _UNREAD if isinstance(error, kind))

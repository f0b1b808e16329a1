"""Who is told on a day: whoever stands in for those who are away."""

from datetime import date

from os2kb.policy.sections.escalation import Escalation, days_in


def told_on(day: date, recipients: tuple[str, ...], model: Escalation) -> tuple[str, ...]:
    """The recipients, each person who is away that day replaced by who stands in; each once.

    Teams, streams, mailboxes and fields stay as they are.
    """
    return tuple(dict.fromkeys(_present(one, f"{day:%m-%d}", model) for one in recipients))


def _present(recipient: str, day: str, model: Escalation) -> str:
    """Follows those who stand in for one another; a model that was accepted has no circle."""
    away = {login.casefold(): one for login, one in model.substitutes.items()}
    for _ in away:
        absence = away.get(recipient.removeprefix("@").casefold())
        if absence is None or not _is_away(day, absence.days):
            break
        recipient = f"@{absence.to}"
    return recipient


def _is_away(day: str, spans: tuple[str, ...]) -> bool:
    return not spans or any(day in days_in(span) for span in spans)

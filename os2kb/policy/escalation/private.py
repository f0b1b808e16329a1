"""The path of a suspected vulnerability: mailboxes alone, and the shortest times of the model."""

from collections.abc import Mapping

from os2kb.policy.escalation.lengths import length
from os2kb.policy.sections.escalation import MOMENTS, Escalation, Moment


def private_times(model: Escalation) -> Mapping[Moment, str | None]:
    """How soon what must happen: as `security` says, else as soon as in any class.

    Nothing comes later than what follows it, whichever of the two they are from.
    """
    found: dict[Moment, str | None] = {}
    after: str | None = None
    for moment in reversed(MOMENTS):
        said: str | None = getattr(model.security, moment, None)
        after = shortest([said or quickest(model, moment), after], model)
        found[moment] = after if said or quickest(model, moment) else None
    return {moment: found[moment] for moment in MOMENTS}


def quickest(model: Escalation, moment: Moment) -> str | None:
    """The shortest time that any class has for a moment; None where none has one."""
    return shortest([getattr(one, moment) for one in model.severities.values()], model)


def shortest(durations: list[str | None], model: Escalation) -> str | None:
    """The shortest of those that there are."""
    known = [one for one in durations if one is not None]
    return min(known, key=lambda one: length(one, model.hours), default=None)


def private_mailboxes(model: Escalation | None) -> tuple[str, ...]:
    """Whom a vulnerability may be told, as addresses: nobody where the model names no mailbox."""
    if model is None or model.security is None:
        return ()
    return tuple(one.removeprefix("mailto:") for one in model.security.notify)

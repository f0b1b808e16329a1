"""Faults that were closed for a while and opened again: whoever was told at once hears of it anew.

Nothing else of the ladder begins again: what was answered and planned is, and the time to mend goes
on where it stopped.
"""

from datetime import datetime, timedelta

from os2kb.governance.escalation.ladder import Told
from os2kb.governance.escalation.sides import side_of
from os2kb.governance.escalation.standing import Standing
from os2kb.governance.facts import Facts
from os2kb.policy.policy import Policy

_A_SLIP = timedelta(hours=1)
"""Whoever closes by mistake opens it again sooner, and nobody needs to hear of that."""


def told_anew(facts: Facts, policy: Policy, stands: Standing) -> tuple[Told, ...]:
    """The rungs that are told at once, as of the last reopening; none once one of ours answered it.

    None is where it is not ours to move, or of no class.
    """
    at, model = _reopened_at(facts), policy.escalation
    if at is None or model is None or stands.severity is None or stands.holder != "us":
        return ()
    roles = {login.casefold(): role for login, role in facts.roles.items()}
    answered = any(
        one.created_at >= at and side_of(one.author, "", policy, roles) == "us"
        for one in facts.comments
    )
    if answered:
        return ()
    told = (one for one in stands.told if model.ladder[one.rung - 1].when is None)
    return tuple(Told(one.rung, one.name, at, one.to, anew=True) for one in told if one.at < at)


def _reopened_at(facts: Facts) -> datetime | None:
    """When it was last opened again, after having been closed for a while."""
    closed: datetime | None = None
    found: datetime | None = None
    for one in facts.turns:
        if one.turn == "closed":
            closed = one.at
        elif one.turn == "reopened" and closed and one.at - closed >= _A_SLIP:
            found = one.at
    moved = facts.moved_at
    return found if facts.open and found and not (moved and found <= moved) else None

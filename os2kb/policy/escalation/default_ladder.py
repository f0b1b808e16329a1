"""The ladder of a model that writes none: as OS2 works, with the rungs whose people are known.

The supplier is told at once; then those who coordinate the product, those who steer it, and the
secretariat, for advice. The board and the public are never on it.
"""

from collections.abc import Iterable, Mapping

from os2kb.policy.grants import Grant
from os2kb.policy.policy import Policy
from os2kb.policy.recipient import RungName
from os2kb.policy.sections.escalation import Moment, Rung

_LADDER: tuple[tuple[RungName, Moment | None, bool], ...] = (
    ("leverandør", None, False),
    ("produktkoordinator", "respond", False),
    ("koordinationsgruppe", "plan", False),
    ("styregruppe", "fix", True),
    ("sekretariat", "fix", True),
)


def with_ladder(policy: Policy, grant: Grant | None) -> Policy:
    """The Policy, its escalation model with the default ladder where it names none.

    A rung takes its people from the Policy's `people`, else from the product's `teams`. A rung
    without any is not there, and where no rung is, nobody is told.
    """
    model = policy.escalation
    if model is None or model.ladder:
        return policy
    teams = {name: who for name, who in (grant.teams if grant else ()) if who}
    known = teams | _in_people(policy)
    ladder = tuple(
        Rung(name=name, notify=known[name], when=when, confirm=confirm)
        for name, when, confirm in _LADDER
        if name in known
    )
    changed = model.model_copy(update={"ladder": ladder})
    return policy.model_copy(update={"escalation": changed})


def left_out(policy: Policy) -> tuple[RungName, ...]:
    """The rungs of the default ladder that a Policy, which writes no other, has no people for."""
    there = {rung.name for rung in policy.escalation.ladder} if policy.escalation else set()
    return tuple(name for name, _, _ in _LADDER if name not in there)


def _in_people(policy: Policy) -> dict[RungName, tuple[str, ...]]:
    people = policy.people
    suppliers = (login for name in people.suppliers for login in people.organisations.get(name, ()))
    found: Mapping[RungName, tuple[str, ...]] = {
        "leverandør": _logins(suppliers),
        "produktkoordinator": _logins(people.coordinators),
    }
    return {name: who for name, who in found.items() if who}


def _logins(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(f"@{name}" for name in names))

"""`history`: what happened to the subject of a scenario."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from pydantic import Field, model_validator

from os2kb.governance.escalation.happenings import Happening, Kind
from os2kb.governance.escalation.sides import side_of
from os2kb.governance.facts import Account, Role
from os2kb.governance.reading.severity_answer import given_by
from os2kb.policy.policy import Policy
from os2kb.policy.problem import Unacceptable
from os2kb.policy.section import Name
from os2kb.policy.sections.people import Login
from os2kb.scenarios.moments import Before, before
from os2kb.scenarios.part import Part
from os2kb.scenarios.subject import Person

SELF = "os2kb[bot]"
_NEEDS: Mapping[str, str] = {
    "labeled": "label",
    "unlabeled": "label",
    "assigned": "assignee",
    "unassigned": "assignee",
    "severity": "severity",
}


class Event(Part):
    """Something happened. A label that `os2kb[bot]` put on is in its ledger, too."""

    by: Person = Field(description="who; of `os2kb[bot]` the ledger knows, too")
    added: Name | None = Field(None, description="the label put on: short for `labeled`")
    removed: Name | None = Field(None, description="the label taken off: short for `unlabeled`")
    event: Kind | None = Field(
        None, description="what happened; `pause` to `escalate` are commands that were carried out"
    )
    label: Name | None = Field(None, description="of `labeled` and `unlabeled`")
    assignee: Login | None = Field(None, description="of `assigned` and `unassigned`")
    severity: Name | None = Field(None, description="of the command `severity`: the class")
    form: Mapping[Name, str] = Field(
        {}, description="of `opened` and `edited`: answers in the issue form, by the field's id"
    )
    at: Before = Field("-20m", description="when")

    @model_validator(mode="after")
    def _one_thing(self) -> "Event":
        if sum(said is not None for said in (self.added, self.removed, self.event)) != 1:
            raise Unacceptable(
                "Skriv enten `added`, `removed` eller `event`.",
                "Write either `added`, `removed` or `event`.",
            )
        needed = _NEEDS.get(self.event or "")
        if needed and getattr(self, needed) is None:
            raise Unacceptable(
                f"Skriv også `{needed}`, når `event` er {self.event}.",
                f"Write `{needed}`, too, where `event` is {self.event}.",
            )
        return self

    @property
    def label_put_on(self) -> str | None:
        """The label that it put on."""
        return self.label if self.event == "labeled" else self.added

    @property
    def label_taken_off(self) -> str | None:
        """The label that it took off."""
        return self.label if self.event == "unlabeled" else self.removed


def account(person: Person) -> Account:
    """Somebody, as the forge would show them."""
    return Account(
        person.login,
        is_bot=person.login.endswith("[bot]"),
        is_self=person.login == SELF,
        association=person.association or "",
    )


def happenings(
    history: Sequence[Event],
    reporter: str,
    policy: Policy,
    roles: Mapping[str, Role],
    now: datetime,
) -> Iterator[Happening]:
    """What happened, each with the side that did it.

    Args:
        history: of the scenario.
        reporter: who opened the subject, where no event says so.
        policy: says who belongs to whom, and which field of the form names the class.
        roles: login in lower case to role.
        now: what moments are counted back from.
    """
    opened = (one.by.login for one in history if one.event == "opened")
    reporter = next(opened, reporter)
    for one in history:
        assignee = one.assignee or ""
        yield Happening(
            at=before(one.at, now),
            kind=one.event or ("labeled" if one.added else "unlabeled"),
            by=one.by.login,
            side=side_of(account(one.by), reporter, policy, roles),
            what=one.label_put_on
            or one.label_taken_off
            or assignee
            or one.severity
            or _class_in(one.form, policy),
            to_person=not assignee.endswith("[bot]"),
        )


def _class_in(form: Mapping[str, str], policy: Policy) -> str:
    return (given_by(form.get, policy.escalation) or "") if policy.escalation else ""

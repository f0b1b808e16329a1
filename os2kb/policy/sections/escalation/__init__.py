"""`escalation`: classes of faults, working hours, the ladder, and what goes with them.

What cannot hold across keys is told by `os2kb.policy.escalation.impossible`, once all layers are
together; here stands only what is wrong in one place.
"""

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field

from os2kb.policy.section import Name, Section
from os2kb.policy.sections.escalation.classes import (
    Matrix,
    Severity,
    default_severities,
    default_suggestions,
)
from os2kb.policy.sections.escalation.hours import Hours, QuietHours
from os2kb.policy.sections.escalation.ladder import Digest, PrivatePath, Rung, Substitute
from os2kb.policy.sections.escalation.words import (
    MOMENTS,
    Amount,
    Date,
    Duration,
    Moment,
    Recipient,
    amount,
    days_in,
)
from os2kb.policy.sections.people import Login


class Escalation(Section):
    """The escalation model. `escalation: {}` is the default one, a proposal.

    Attributes:
        status: whether the model is proposed or adopted; a proposal tells nobody
        since: the day, `YYYY-MM-DD`, from which it holds: nobody is told of what was due before
        field: the form's question whose answer names the class, by its id or its label
        suggest: class to words in a text that speak for it, so that a person is asked; they never
            set one
        ladder: lowest rung first; left out, it is the default ladder with the rungs whose people
            are known
        substitutes: login of who is away to who stands in
        quiet_hours: when only the worst class is told of; left out: outside the working hours
        budget: messages that anybody gets in a day at most, half of them of what only an outsider
            says; what is beyond waits for the next day
    """

    status: Literal["forslag", "vedtaget"] = "forslag"
    since: Date | None = Field(None, alias="from")
    hours: Hours = Hours()
    severities: Annotated[Mapping[Name, Severity], Field(min_length=1, max_length=20)] = Field(
        default_factory=default_severities
    )
    field: Name = "severity"
    matrix: Matrix | None = None
    suggest: Annotated[
        Mapping[Name, Annotated[tuple[Name, ...], Field(max_length=100)]], Field(max_length=20)
    ] = Field(default_factory=default_suggestions)
    ladder: Annotated[tuple[Rung, ...], Field(min_length=1, max_length=50)] = ()
    substitutes: Annotated[Mapping[Login, Substitute], Field(max_length=100)] = {}
    quiet_hours: QuietHours | None = None
    budget: Annotated[int, Field(ge=1, le=100)] = 10
    digest: Digest | None = None
    security: PrivatePath | None = None

    @property
    def share_of_claims(self) -> int:
        """How many of the messages of a day may be of what only an outsider says; at least one."""
        return max(self.budget // 2, 1)

    @property
    def is_adopted(self) -> bool:
        """Whether it holds: a proposal is shown, and tells nobody."""
        return self.status == "vedtaget"


__all__ = [
    "MOMENTS",
    "Amount",
    "Date",
    "Digest",
    "Duration",
    "Escalation",
    "Hours",
    "Matrix",
    "Moment",
    "PrivatePath",
    "QuietHours",
    "Recipient",
    "Rung",
    "Severity",
    "Substitute",
    "amount",
    "days_in",
]

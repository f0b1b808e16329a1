"""`commands`: who may give which command."""

import re
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema

from os2kb.policy.problem import Unacceptable
from os2kb.policy.section import Section

LEVELS = ("anyone", "author", "coordinator", "triage", "write", "maintain", "admin")


def _one_or_many(value: object) -> object:
    return (value,) if isinstance(value, str) else value


def _who(text: str) -> str:
    if text not in LEVELS and not re.fullmatch(r"@[\w-]+(/[\w.-]+)?", text, re.ASCII):
        known = ", ".join(LEVELS)
        raise Unacceptable(
            f"Skriv en af: {known}, eller @login eller @organisation/team.",
            f"Write one of: {known}, or @login or @organisation/team.",
        )
    return text


_WHO_SCHEMA = {
    "type": "string",
    "anyOf": [{"enum": list(LEVELS)}, {"pattern": r"^@[\w-]+(/[\w.-]+)?$"}],
}
Who = Annotated[
    tuple[Annotated[str, AfterValidator(_who)], ...],
    Field(min_length=1, max_length=50),
    BeforeValidator(_one_or_many),
    WithJsonSchema(
        {"anyOf": [_WHO_SCHEMA, {"type": "array", "items": _WHO_SCHEMA, "minItems": 1}]}
    ),
]
"""Any of these may: a level, a login or a team. A role includes every stronger one; `coordinator`
is whom `people.coordinators` names."""


class Commands(Section):
    """Who may give each command; nobody may `decide` or `escalate` until the Policy names them."""

    help: Who = ("anyone",)
    ask: Who = ("anyone",)
    why: Who = ("anyone",)
    recheck: Who = ("author", "triage")
    label: Who = ("triage",)
    severity: Who = ("triage",)
    pause: Who = ("triage",)
    resume: Who = ("triage",)
    ignore: Who = ("triage",)
    undo: Who = ("maintain",)
    jira: Who = ("maintain",)
    decide: Who = ()
    escalate: Who = ()

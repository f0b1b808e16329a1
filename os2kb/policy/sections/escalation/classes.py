"""`escalation.severities`, `matrix` and `suggest`: the classes of faults, and what gives one."""

from collections.abc import Mapping
from typing import Annotated, TypeVar

from pydantic import Field

from os2kb.policy.section import Name, Section
from os2kb.policy.sections.escalation.words import Duration

Value = TypeVar("Value")


class Severity(Section):
    """One class of faults: what belongs in it, and how soon what must happen.

    Attributes:
        criteria: what belongs in the class; classes stand worst first
        respond: `2h` working hours, `1d` working days, `36ch` on the clock
        plan: the same, until there is a plan
        fix: the same, until it is mended
    """

    criteria: Name
    respond: Duration | None = None
    plan: Duration | None = None
    fix: Duration | None = None


class Matrix(Section):
    """The class that two answers in an issue form give together.

    Attributes:
        impact: the form's question about how many it affects, by its id or its label
        urgency: the form's question about how much it matters, by its id or its label
        classes: answer about impact to answer about urgency to class
    """

    impact: Name
    urgency: Name
    classes: Annotated[
        Mapping[Name, Annotated[Mapping[Name, Name], Field(min_length=1, max_length=50)]],
        Field(min_length=1, max_length=50),
    ]

    def gives(self, impact: str, urgency: str) -> str | None:
        """The class of two answers, in any case; None where the matrix has no such answer."""
        row = _entry(self.classes, impact)
        return _entry(row, urgency) if row is not None else None


def _entry(entries: Mapping[str, Value], answer: str) -> Value | None:
    wanted = _folded(answer)
    return next((value for name, value in entries.items() if _folded(name) == wanted), None)


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def default_severities() -> Mapping[str, Severity]:
    """The classes of a model that names none."""
    return {
        "kritisk": Severity(
            criteria="Ingen kan bruge løsningen, eller data går tabt.",
            respond="2h",
            plan="1d",
            fix="3d",
        ),
        "alvorlig": Severity(
            criteria="En vigtig funktion virker ikke, og der er ingen vej udenom.",
            respond="4h",
            plan="3d",
            fix="10d",
        ),
        "betydende": Severity(
            criteria="En funktion virker forkert, men der er en vej udenom.",
            respond="2d",
            plan="10d",
            fix="60d",
        ),
        "mindre": Severity(
            criteria="Skønhedsfejl og små gener, som ingen bliver forsinket af.",
            respond="5d",
            plan="20d",
            fix="120d",
        ),
    }


def default_suggestions() -> Mapping[str, tuple[str, ...]]:
    """Words that speak for a class, of a model that names none."""
    return {
        "kritisk": (
            *("login nede", "systemet nede", "løsningen nede", "alt nede", "siden nede"),
            *("alle skærme", "ingen kan", "data væk", "data tabt", "mistet data"),
            *("login is down", "system is down", "site is down", "all screens", "nobody can"),
            *("data lost", "data loss"),
        ),
        "alvorlig": (
            *("går ned", "virker slet ikke", "kan slet ikke", "mange brugere"),
            *("crashes", "does not work at all", "many users"),
        ),
        "mindre": ("stavefejl", "slåfejl", "skønhedsfejl", "typo", "cosmetic"),
    }

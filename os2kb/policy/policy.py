"""The Policy: a repository's governance configuration, `.github/os2kb.yml`."""

from typing import Annotated, Literal

from pydantic import AfterValidator, WithJsonSchema

from os2kb.policy.presets import PresetName
from os2kb.policy.problem import Unacceptable
from os2kb.policy.section import Name, Section
from os2kb.policy.sections.commands import Commands
from os2kb.policy.sections.decisions import Decisions
from os2kb.policy.sections.escalation import Escalation
from os2kb.policy.sections.guidelines import Guidelines
from os2kb.policy.sections.jira import Jira
from os2kb.policy.sections.knowledge import Knowledge
from os2kb.policy.sections.labels import Labels
from os2kb.policy.sections.people import People

PATH = ".github/os2kb.yml"
"""Where a repository keeps its Policy."""


def _supported(version: int) -> int:
    if version != 1:
        raise Unacceptable(
            f"Version {version} kendes ikke; skriv `version: 1`.",
            f"Version {version} is not known; write `version: 1`.",
        )
    return version


class Policy(Section):
    """A product's own rules. Everything but `version` has a default; an absent feature is off.

    Attributes:
        version: of this format
        mode: `observe` writes nothing unasked; `act` sets labels and writes comments
        preset: the guidelines to start from; see [Layers](#layers)
        product: the product's name in `OS2KB_PRODUCTS`
        language: where the language of an issue cannot be told
        quiet: no comment where everything passes, but on a fault of an adopted model
        questions: the most that is offered unasked to a new issue that asks something
    """

    version: Annotated[
        int, AfterValidator(_supported), WithJsonSchema({"const": 1, "type": "integer"})
    ]
    mode: Literal["observe", "act"] = "observe"
    preset: PresetName | None = None
    product: Name | None = None
    language: Literal["da", "en"] = "da"
    labels: Labels = Labels()
    guidelines: Guidelines = Guidelines()
    escalation: Escalation | None = None
    decisions: Decisions | None = None
    jira: Jira | None = None
    knowledge: Knowledge = Knowledge()
    people: People = People()
    quiet: bool = True
    questions: Literal["off", "links", "answer"] = "answer"
    commands: Commands = Commands()

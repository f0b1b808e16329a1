"""What every rule's options have in common."""

from typing import Any, Literal

from pydantic import GetJsonSchemaHandler, model_validator
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from os2kb.policy.section import Section

Level = Literal["off", "advise", "required"]


class RuleSetting(Section):
    """How strictly a rule holds, and the rule's own options.

    In the file `rule: advise` is short for `rule: {level: advise}`.

    Attributes:
        level: how strictly the rule holds
    """

    level: Level = "off"

    @model_validator(mode="before")
    @classmethod
    def _short_form(cls, value: object) -> object:
        return {"level": value} if isinstance(value, str) else value

    @classmethod
    def __get_pydantic_json_schema__(
        cls, core: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """Both forms, so that an editor completes either."""
        full = super().__get_pydantic_json_schema__(core, handler)
        levels: dict[str, Any] = {"enum": ["off", "advise", "required"], "type": "string"}
        return {"anyOf": [levels, full]}

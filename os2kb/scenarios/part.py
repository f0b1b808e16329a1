"""What every map of a scenario file has in common."""

from typing import ClassVar

from pydantic import ConfigDict, GetJsonSchemaHandler, model_validator
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from os2kb.policy.section import Section


class Part(Section):
    """A map of a scenario file. Texts stay as they are written: a blank may matter in a patch.

    Attributes:
        short: the key that a bare value stands for, as `kim` does for `{login: kim}`; empty where
            only a map will do.
    """

    model_config = ConfigDict(str_strip_whitespace=False)
    short: ClassVar[str] = ""

    @model_validator(mode="before")
    @classmethod
    def _short_form(cls, value: object) -> object:
        bare = cls.short and not isinstance(value, dict | cls)
        return {cls.short: value} if bare else value

    @classmethod
    def __get_pydantic_json_schema__(
        cls, core: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """Both forms, so that an editor completes either."""
        full = handler(core)
        if not cls.short:
            return full
        plain = handler.resolve_ref_schema(full)["properties"][cls.short]
        bare = {"type": plain.get("type", "string")}  # a map in short form would be taken for ours
        return {"anyOf": [bare, full]}

"""What every section of a Policy has in common."""

import re
from inspect import cleandoc
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from os2kb.policy.problem import Unacceptable


class Section(BaseModel):
    """A map of the Policy file: unknown keys are errors, and no value changes its type."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        strict=True,
        str_strip_whitespace=True,
    )

    @classmethod
    def __get_pydantic_json_schema__(
        cls, core: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """The schema, each key with what the class's docstring says of it under `Attributes`."""
        schema = handler(core)
        described = handler.resolve_ref_schema(schema)
        described["description"], said = _docstring(cls)
        for name, field in cls.model_fields.items():
            if name in said:
                described["properties"][field.alias or name].setdefault("description", said[name])
        return schema


_ATTRIBUTE = re.compile(r"^ {4}(\w+): (.+(?:\n {5,}.+)*)", re.MULTILINE)


def _docstring(section: type[Section]) -> tuple[str, dict[str, str]]:
    """What a class's docstring says of it, and of its attributes and those of its parents."""
    whole, found = "", {}
    for one in reversed(section.__mro__):
        if issubclass(one, Section):
            whole, _, attributes = cleandoc(one.__doc__ or "").partition("Attributes:\n")
            for name, said in _ATTRIBUTE.findall(attributes):
                found[name] = " ".join(said.split()).removesuffix(".")
    return whole.strip(), found


def _existing_and_allowed(label: str) -> str:
    if label.casefold() == "wontfix":
        raise Unacceptable(
            "os2kb sætter aldrig etiketten wontfix; vælg en anden etiket.",
            "os2kb never sets the label wontfix; choose another label.",
        )
    return label


def _inside_repository(path: str) -> str:
    parts = path.replace("\\", "/").split("/")
    if path.startswith(("/", "\\")) or ".." in parts or ":" in parts[0]:
        raise Unacceptable(
            "Stien skal ligge inde i dette repository, for eksempel docs/CONTRIBUTING.md.",
            "The path must lie inside this repository, for example docs/CONTRIBUTING.md.",
        )
    return path


Name = Annotated[str, Field(min_length=1, max_length=200)]
"""A word or a short text that may not be empty."""

Label = Annotated[Name, AfterValidator(_existing_and_allowed)]
"""The name of a label that exists in the repository."""

RepositoryPath = Annotated[Name, AfterValidator(_inside_repository)]
"""A path inside the repository, relative to its root."""

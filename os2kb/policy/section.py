"""What every section of a Policy has in common."""

from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from os2kb.policy.problem import Unacceptable


class Section(BaseModel):
    """A map of the Policy file: unknown keys are errors, and no value changes its type."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        strict=True,
        str_strip_whitespace=True,
    )


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

"""Who gets into the console for a product, as the products file says it."""

import re
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict

_NAME = re.compile(r"@[\w.-]+(?:/[\w.-]+)?", re.ASCII)


def _is_name(text: str) -> str:
    if not _NAME.fullmatch(text):
        raise ValueError(f"{text} is nobody; write @login, @organisation or @organisation/team")
    return text


Named = Annotated[str, AfterValidator(_is_name)]
"""A person, everybody in an organisation, or a team of it."""


class ConsoleEntry(BaseModel):
    """Who looks after a product in the console, and who only looks on.

    Where it is not given, GitHub decides for each repository: who may maintain it is a coordinator,
    who may triage it a reader.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    coordinators: tuple[Named, ...] = ()
    readers: tuple[Named, ...] = ()

"""`people`: who belongs to which organisation, and who coordinates."""

import re
from collections.abc import Mapping
from typing import Annotated

from pydantic import AfterValidator

from os2kb.policy.problem import Unacceptable
from os2kb.policy.section import Name, Section


def _login(text: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,38})(?:\[bot\])?", text):
        raise Unacceptable(
            "Skriv et brugernavn på GitHub uden @.", "Write a GitHub login without @."
        )
    return text


Login = Annotated[str, AfterValidator(_login)]
"""A GitHub login, without `@`."""


class People(Section):
    """Who belongs together.

    Attributes:
        organisations: an organisation's members, by login
        suppliers: those of the organisations that supply the product
        coordinators: the product's coordinators, by login
    """

    organisations: Mapping[Name, tuple[Login, ...]] = {}
    suppliers: tuple[Name, ...] = ()
    coordinators: tuple[Login, ...] = ()

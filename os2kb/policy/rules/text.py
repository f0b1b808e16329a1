"""Options of the rules that read what people write, in issues and pull requests alike."""

from typing import Annotated

from pydantic import AfterValidator, Field

from index.passages import Language as Tongue
from os2kb.policy.problem import Unacceptable
from os2kb.policy.rules.setting import Level, RuleSetting


def _reachable(address: str) -> str:
    if not address.startswith(("https://", "mailto:")) or any(
        c in address for c in " <>()[]\\\"'\n"
    ):
        raise Unacceptable(
            "Skriv en adresse, der begynder med https:// eller mailto:.",
            "Write an address that begins with https:// or mailto:.",
        )
    return address


class SecurityReport(RuleSetting):
    """Options of `security-report`.

    Attributes:
        report_to: the private channel; empty means the repository's own private reporting page.
    """

    level: Level = "required"
    report_to: Annotated[str, AfterValidator(_reachable)] | None = None


class Description(RuleSetting):
    """Options of `description`.

    Attributes:
        min_words: of its writer's own.
    """

    min_words: Annotated[int, Field(ge=1, le=500)] = 5


class Language(RuleSetting):
    """Options of `language`.

    Attributes:
        allowed: languages to write in; empty means the Policy's `language`.
    """

    allowed: tuple[Tongue, ...] = ()


class PersonalData(RuleSetting):
    """`personal-data` has no options of its own."""

    level: Level = "advise"

"""`guidelines`: the product's contribution guidelines, and which rules hold here."""

from os2kb.policy.rules import Rules
from os2kb.policy.section import RepositoryPath, Section


class Guidelines(Section):
    """The guidelines, and the rules made of them.

    Attributes:
        source: the document that findings cite
    """

    source: RepositoryPath | None = None
    rules: Rules = Rules()

"""An overview as an issue of the repository that it tells of, edited in place."""

from os2kb.forges.port import Forge
from os2kb.governance.escalation.digest import Digest
from os2kb.governance.facts import Repository
from os2kb.governance.harmless.neutralise import Markdown, link, neutralise
from os2kb.governance.ledger.marks import marker_line

MARKER = "digest"
_ITEM = "- "


def put_digest(forge: Forge, repository: Repository, said: Digest, known: str) -> str:
    """Create or edit it; returns its number.

    Raises:
        Rejected: a person has closed it.
        ForgeError: it cannot be written now.
    """
    body = f"{marker_line(MARKER)}\n{as_markdown(said.text)}\n"
    return forge.put_issue(repository, MARKER, said.subject, body, known)


def as_markdown(text: str) -> Markdown:
    """The plain text of an overview; a link leaves no trace on the issue it leads to."""
    return Markdown("\n".join(map(_line, text.split("\n"))))


def _line(line: str) -> str:
    if line.startswith(("https://", "http://")):
        return f"  {link(line, line)}"
    if line.startswith(_ITEM):
        return f"{_ITEM}{neutralise(line.removeprefix(_ITEM))}  "
    return neutralise(line, 2_000) + "  " if line else ""

"""How a copied comment is written: who said it, where, and then its text."""

from collections.abc import Mapping

from index.passages import Language
from os2kb.backlog.markup.convert import MARKDOWN, converted, wiki
from os2kb.backlog.sides import Side
from os2kb.phrases import Phrase

_FROM: Mapping[Side, Phrase] = {
    "github": Phrase("Fra GitHub", "From GitHub"),
    "jira": Phrase("Fra Jira", "From Jira"),
}
_SAID: Mapping[Side, Phrase] = {
    "github": Phrase("skrev på GitHub", "wrote on GitHub"),
    "jira": Phrase("skrev i Jira", "wrote in Jira"),
}


def written_copy(side: Side, text: str, who: str, url: str, language: Language) -> str:
    """A copy as it is written on the other side.

    Args:
        side: that the source is on.
        text: as texts are compared.
        who: login of who wrote it; empty where that must not be told.
        url: where the source is read.
        language: of the issue.
    """
    said = (_SAID if who else _FROM)[side].in_language(language)
    by = f"**{who}** " if who else ""
    head = f"{by}[{said}](<{url}>):"
    markdown = f"{head}\n\n{text}"
    return markdown if side == "jira" else converted(markdown, MARKDOWN, wiki()).text


def without_head(text: str) -> str:
    """A copy's own text, without the line that says whose it is."""
    return text.partition("\n\n")[2]

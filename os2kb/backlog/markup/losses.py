"""What cannot be carried from one side to the other, and how it is told."""

from collections.abc import Iterable, Mapping
from typing import Literal

from os2kb.phrases import Phrase

Loss = Literal[
    "alignment",
    "attachment",
    "code-language",
    "code-text",
    "footnote",
    "html",
    "image",
    "in-list",
    "link",
    "macro",
    "mention",
    "nesting",
    "numbering",
    "table",
]

TOLD: Mapping[Loss, Phrase] = {
    "alignment": Phrase("Kolonner er venstrestillede.", "Columns are aligned to the left."),
    "attachment": Phrase(
        "En vedhæftet fil følger ikke med; i stedet står […].",
        "An attached file is not carried along; […] stands in its place.",
    ),
    "code-language": Phrase(
        "Jira kender ikke sproget i en kodeblok.", "Jira does not know a code block's language."
    ),
    "code-text": Phrase(
        "En kodeblok indeholder selv {code} og {noformat}, og der er sat et mellemrum ind.",
        "A code block itself holds {code} and {noformat}, and has a space put in.",
    ),
    "footnote": Phrase("Fodnoter står som tekst til sidst.", "Footnotes stand as text at the end."),
    "html": Phrase(
        "HTML er væk; kun teksten er med.", "HTML is gone; only its text is carried along."
    ),
    "image": Phrase("Et billede er blevet til et link.", "An image has become a link."),
    "in-list": Phrase(
        "Overskrifter, tabeller og afsnit i et listepunkt er blevet til linjer.",
        "Headings, tables and paragraphs in a list item have become lines.",
    ),
    "link": Phrase(
        "Et link, der ikke fører til en webadresse, er blevet til tekst.",
        "A link that does not lead to a web address has become text.",
    ),
    "macro": Phrase(
        "Jiras makroer er væk; kun teksten i dem er med.",
        "Jira's macros are gone; only the text within is carried along.",
    ),
    "mention": Phrase(
        "En person, der ikke står i tabellen over brugere, er blevet til @….",
        "A person who is not in the table of users has become @….",
    ),
    "nesting": Phrase(
        "Citater i citater og meget dybe lister er gjort fladere.",
        "Quotes within quotes and very deep lists have been made flatter.",
    ),
    "numbering": Phrase("En nummereret liste begynder ved 1.", "A numbered list begins at 1."),
    "table": Phrase(
        "En tabel er gjort enklere: den har højst én række overskrifter og ingen lister.",
        "A table has been made simpler: it has one header row at most, and no lists.",
    ),
}
"""How each is told to people."""


def report(losses: Iterable[Loss]) -> tuple[Phrase, ...]:
    """What was lost, one sentence each, in the same order always."""
    return tuple(TOLD[loss] for loss in sorted(losses))

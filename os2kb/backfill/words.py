"""What a backfill says, on the terminal and on its page: what was done, or what would be."""

from os2kb.phrases import Phrase

Headings = tuple[Phrase, Phrase]

_PUT_ON: Headings = (Phrase("sat på", "put on"), Phrase("taget af", "taken off"))
_WOULD_PUT_ON: Headings = (
    Phrase("ville blive sat på", "would be put on"),
    Phrase("ville blive taget af", "would be taken off"),
)
_CHANGED = Phrase("Fik eller mistede en etiket", "Got or lost a label")
_WOULD_CHANGE = Phrase("Ville få eller miste en etiket", "Would get or lose a label")
_WRITTEN = Phrase("{} etiketter ændret", "{} labels changed")
_NOTHING_WRITTEN = Phrase("intet er skrevet", "nothing was written")
NOT_LOOKED_UP = Phrase(
    "Når en policy kun prøves, slås det ikke op, om issues ligner hinanden, eller hvad der er lært "
    "af tidligere etiketter; derfor “ved ikke” ved duplicate og type-label.",
    "Where a Policy is only tried, nobody looks up whether issues are alike, or what was learned "
    "from earlier labels; hence “unknown” for duplicate and type-label.",
)

KEPT = {
    "security-report": Phrase(
        "beskriver ingen sårbarhed åbent", "tells of no vulnerability openly"
    ),
    "personal-data": Phrase("er uden personoplysninger", "is without personal data"),
}
"""What keeping an alarm's rule means; nobody is praised for it on an issue."""


def label_headings(written: int) -> Headings:
    """Over the counts of labels."""
    return _PUT_ON if written else _WOULD_PUT_ON


def changing(written: int) -> Phrase:
    """Of the subjects whose labels change."""
    return _CHANGED if written else _WOULD_CHANGE


def done(written: int) -> Phrase:
    """How much was written."""
    said = _WRITTEN if written else _NOTHING_WRITTEN
    return Phrase(said.da.format(written), said.en.format(written))

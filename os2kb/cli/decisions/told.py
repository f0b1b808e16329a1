"""What the commands on decisions say in the same words: why a file is not read, how sure it is."""

from index.passages import Language
from os2kb.phrases import Phrase

UNREADABLE = Phrase("{} kan ikke læses: {}.", "{} cannot be read: {}.")
_WHY: tuple[tuple[type[OSError], Phrase], ...] = (
    (FileNotFoundError, Phrase("den findes ikke", "it is not there")),
    (
        IsADirectoryError,
        Phrase("det er en mappe; nævn dens filer", "it is a folder; name its files"),
    ),
    (NotADirectoryError, Phrase("det er ikke en mappe", "it is no folder")),
    (FileExistsError, Phrase("det er ikke en mappe", "it is no folder")),
    (PermissionError, Phrase("det er ikke tilladt", "it is not permitted")),
)


def counted(count: int) -> Phrase:
    """`1 beslutning`, `12 beslutninger`."""
    return Phrase(
        f"{count} {'beslutning' if count == 1 else 'beslutninger'}",
        f"{count} {'decision' if count == 1 else 'decisions'}",
    )


def why(wrong: OSError, spoken: Language) -> str:
    """What is the matter with a file; in the system's words where it is nothing usual."""
    known = (said.in_language(spoken) for kind, said in _WHY if isinstance(wrong, kind))
    return next(known, str(wrong.strerror))


def share(value: float, spoken: Language) -> str:
    """`0,95` in Danish, `0.95` in English."""
    return str(value).replace(".", ",") if spoken == "da" else str(value)

"""Labelled issues of two repositories that use their labels differently."""

from random import Random

from os2kb.triage.issues import LabelledIssue

API = "os2display/api"
FORMS = "os2forms/forms"

SAID = {
    "bug": ("Fejl i {}", "{} virker ikke", "{} crashes", "Forkert visning af {}"),
    "feature": ("Tilføj {}", "Ønske om {}", "Support {}", "Mulighed for {}"),
    "question": ("Hvordan bruger jeg {}?", "Hvor finder man {}?", "How do I use {}?"),
}
THINGS = ("kalender", "skærm", "formular", "login", "eksport", "skabelon", "billede", "felt")


def issue(label: str, draw: Random, repository: str = API) -> LabelledIssue:
    """One issue that says what it is."""
    title = draw.choice(SAID[label]).format(draw.choice(THINGS))
    return LabelledIssue(repository, label, title, f"Det gælder {draw.choice(THINGS)}.")


def issues(count: int, repository: str = API, seed: int = 1) -> list[LabelledIssue]:
    """So many of each type, well mixed."""
    draw = Random(seed)
    made = [issue(label, draw, repository) for label in SAID for _ in range(count)]
    draw.shuffle(made)
    return made

"""The language of the command line: commands about a product speak Danish, or English if asked.

`ask` and `search` speak as they are asked. Those that run and measure an installation speak
English, as its logs and settings do.
"""

from contextvars import ContextVar
from typing import Annotated, NoReturn

import typer

from index.passages import Language
from os2kb.phrases import Phrase, SaidInBoth

_IN_ENGLISH = Phrase("det kan ikke lade sig gøre. På engelsk: {}", "{}")
_SPOKEN: ContextVar[Language] = ContextVar("spoken", default="en")


def _speak(english: bool) -> bool:
    _SPOKEN.set("en" if english else "da")
    return english


English = Annotated[
    bool,
    typer.Option("--english", callback=_speak, help="Say it in English; else it is Danish."),
]
"""The option of every command that speaks Danish."""


def language(*, english: bool) -> Language:
    """What a command with that option speaks."""
    return "en" if english else "da"


def speak(language: Language) -> None:
    """Have what goes wrong from here on told in this language."""
    _SPOKEN.set(language)


def spoken() -> Language:
    """The language of the command that is run."""
    return _SPOKEN.get()


def refuse(said: Phrase) -> NoReturn:
    """End the command with 2, with a sentence in its language: typer frames its own in English."""
    typer.secho(f"os2kb: {said.in_language(spoken())}", fg=typer.colors.RED, err=True)
    raise typer.Exit(2)


def told(error: Exception) -> str:
    """What went wrong, in the language of the command that is run.

    What concerns only who runs the installation (its settings, a model) is said in English alone;
    a command that speaks Danish says so.
    """
    if isinstance(error, SaidInBoth):
        return error.phrase.in_language(spoken())
    return _IN_ENGLISH.in_language(spoken()).format(error)

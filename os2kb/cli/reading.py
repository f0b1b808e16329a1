"""What commands that read a whole repository have in common."""

import re
import time
from calendar import monthrange
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from index.passages import Language
from os2kb.cli.language import refuse
from os2kb.phrases import Phrase
from os2kb.subjects import BadSubject

_WAITING = Phrase("GitHub beder os vente til {}.", "GitHub asks us to wait until {}.")


def named_repository(text: str) -> str:
    """A repository's name as it was written; BadSubject where it is none."""
    if not re.fullmatch(r"[\w.-]+/[\w.-]+", text, re.ASCII):
        raise BadSubject(
            f"“{text}” er ikke et repository; skriv ejer/repo",
            f"“{text}” is not a repository; write owner/repo",
        )
    return text


def require_writable(*files: Path | None) -> None:
    """Tell before an hour of reading, not after."""
    for file in files:
        try:
            if file:
                file.touch()
        except OSError as wrong:
            why = f"{file}: {wrong.strerror}"
            refuse(Phrase(f"{why}; angiv en anden fil", f"{why}; name another file"))


def months_before(moment: datetime, months: int) -> datetime:
    """The same day some months earlier, or the last of that month."""
    years, month = divmod(moment.year * 12 + moment.month - 1 - months, 12)
    day = min(moment.day, monthrange(years, month + 1)[1])
    return moment.replace(year=years, month=month + 1, day=day)


def progress_shown() -> Progress:
    """A bar on standard error, so that what is printed stays readable as JSON."""
    return Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
    )


def waiting(
    progress: Progress, now: Callable[[], datetime], shown_in: Language
) -> Callable[[datetime], None]:
    """Waits for the forge, and says until when."""

    def wait(until: datetime) -> None:
        seconds = max((until - now()).total_seconds(), 1.0)
        said = _WAITING.in_language(shown_in).format(f"{until:%H:%M:%S %Z}")
        progress.console.print(said, markup=False)
        time.sleep(seconds)

    return wait

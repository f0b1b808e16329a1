"""A report's page: one file that needs nothing beside it, and no script."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined

from index.passages import Language
from os2kb.reports import charts

_DANISH_TIME = ZoneInfo("Europe/Copenhagen")


def pages(package: str) -> Environment:
    """The templates of a package, beside the stylesheet and the charts that all reports share."""
    return Environment(
        loader=ChoiceLoader([PackageLoader(package), PackageLoader("os2kb.reports")]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def spoken_in(language: Language) -> dict[str, Any]:
    """What every template needs: its language, how figures are written in it, and the charts."""

    def say(danish: str, english: str) -> str:
        return danish if language == "da" else english

    return {
        "lang": language,
        "say": say,
        "number": number_in(language),
        "percent": percent_in(language),
        "charts": charts,
    }


def number_in(language: Language) -> Callable[..., str]:
    """How a number is written: with a comma in Danish."""

    def number(value: float, digits: int = 1) -> str:
        written = f"{value:.{digits}f}"
        return written.replace(".", ",") if language == "da" else written

    return number


def percent_in(language: Language) -> Callable[[float | None], str]:
    """How a share is written, in whole percent; a dash for none."""

    def percent(share: float | None) -> str:
        if share is None:
            return "–"
        return f"{share * 100:.0f}" + (" %" if language == "da" else "%")

    return percent


def moment(at: datetime, language: Language) -> str:
    """A moment by Danish clocks."""
    local = at.astimezone(_DANISH_TIME)
    if language == "en":
        return f"{local:%Y-%m-%d %H:%M %Z}"
    return f"{local.day}.{local.month}.{local.year} kl. {local:%H.%M}"


def day(at: datetime, language: Language) -> str:
    """The day of a moment by Danish clocks."""
    local = at.astimezone(_DANISH_TIME)
    return f"{local:%Y-%m-%d}" if language == "en" else f"{local.day}.{local.month}.{local.year}"

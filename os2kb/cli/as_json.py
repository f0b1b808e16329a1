"""JSON as commands print it."""

import json
import re
from typing import Annotated, Any
from unicodedata import category

import typer

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
_UNUSUAL = re.compile(r"[^\n -~]")
_STEERING = ("Cc", "Cf", "Cs", "Zl", "Zp")


def print_json(value: Any) -> None:
    """One JSON document on standard output."""
    typer.echo(json_text(value))


def json_text(value: Any, indent: int | None = 2) -> str:
    """JSON to read, in which no text can steer the terminal that it is shown on.

    Letters stand as they are. What JSON leaves alone and a terminal obeys (control characters
    beyond ASCII, those that turn the direction of writing) is escaped, and so is half a character,
    which could not be printed at all: whoever parses it gets the same text.
    """
    return _UNUSUAL.sub(_escaped, json.dumps(value, ensure_ascii=False, indent=indent))


def _escaped(found: re.Match[str]) -> str:
    character = found[0]
    return json.dumps(character)[1:-1] if category(character) in _STEERING else character

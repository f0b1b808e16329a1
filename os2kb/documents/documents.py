"""The generated parts of the documents: `python -m os2kb.documents` writes them anew.

A document is written by hand except between `<!-- generated: NAME -->` and `<!-- end -->`, where
BLOCKS[NAME] stands. So a table can never say something else than the code; a test holds them
together.
"""

import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import typer

from os2kb.documents.tables import BLOCKS
from os2kb.policy.schema import policy_schema
from os2kb.scenarios.schema import scenario_schema

ROOT = Path(__file__).parents[2]
SCHEMAS: Mapping[str, Callable[[], dict[str, Any]]] = {
    "os2kb/policy/os2kb.schema.json": policy_schema,
    "os2kb/scenarios/scenario.schema.json": scenario_schema,
}
"""Each JSON Schema that the package carries for editors and validators, and what makes it."""
FILES = (
    "docs/commands.md",
    "docs/contributors.md",
    "docs/github-app.md",
    "docs/operations.md",
    "docs/policy.md",
    "docs/settings.md",
)
_BLOCK = re.compile(r"(<!-- generated: (\S+) -->\n).*?(<!-- end -->)", re.DOTALL)


class BadDocument(ValueError):
    """A document names a generated part that does not exist. The message names those that do."""


def filled(text: str) -> str:
    """The text with every generated part as the code gives it now.

    Raises:
        BadDocument: it names a part that does not exist.
    """
    return _BLOCK.sub(_fill, text)


def _fill(block: re.Match[str]) -> str:
    begin, name, end = block.groups()
    if name not in BLOCKS:
        raise BadDocument(f"there is no part {name!r}; there are {', '.join(BLOCKS)}")
    return f"{begin}{BLOCKS[name]()}{end}"


def schema_text(name: str) -> str:
    """A JSON Schema as its file holds it."""
    return json.dumps(SCHEMAS[name](), ensure_ascii=False, indent=1) + "\n"


def main() -> None:
    """Write the generated parts of every document, and the schemas."""
    written = {ROOT / name: filled((ROOT / name).read_text("utf-8")) for name in FILES}
    schemas = {ROOT / name: schema_text(name) for name in SCHEMAS}
    for file, new in {**written, **schemas}.items():
        if not file.exists() or file.read_text("utf-8") != new:
            file.write_text(new, "utf-8")
            typer.echo(f"{file.relative_to(ROOT)} written")

"""The generated parts of the documents: `python -m os2kb.documents` writes them anew.

A document is written by hand except between `<!-- generated: NAME -->` and `<!-- end -->`, where
BLOCKS[NAME] stands. So a table can never say something else than the code; a test holds them
together.
"""

import json
import re
from pathlib import Path

import typer

from os2kb.documents.tables import BLOCKS
from os2kb.policy.schema import policy_schema

ROOT = Path(__file__).parents[2]
SCHEMA = ROOT / "os2kb" / "policy" / "os2kb.schema.json"
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


def schema_text() -> str:
    """The Policy's JSON Schema, as the package carries it for editors and validators."""
    return json.dumps(policy_schema(), ensure_ascii=False, indent=1) + "\n"


def main() -> None:
    """Write the generated parts of every document, and the schema."""
    written = {ROOT / name: filled((ROOT / name).read_text("utf-8")) for name in FILES}
    for file, new in {**written, SCHEMA: schema_text()}.items():
        if not file.exists() or file.read_text("utf-8") != new:
            file.write_text(new, "utf-8")
            typer.echo(f"{file.relative_to(ROOT)} written")

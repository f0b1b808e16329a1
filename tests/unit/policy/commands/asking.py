"""`os2kb policy` on the command line, and a Policy file for it."""

from pathlib import Path

from typer.testing import CliRunner

RUN = CliRunner()


def written(folder: Path, text: str) -> str:
    file = folder / "os2kb.yml"
    file.write_text(text, "utf-8")
    return str(file)

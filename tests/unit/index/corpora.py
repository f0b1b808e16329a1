"""Small folders of documents that the index tests build from."""

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from index.build import BuildReport, build
from index.passages import Source
from index.search import Index
from index.versions import Versions

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)

HANDBOOK = {
    "governance/roller.md": (
        "# Roller\n\n## Leverandør\n\n"
        "Leverandøren træffer ikke beslutninger om produktets retning.\n\n"
        "## Produktkoordinator\n\nProduktkoordinatoren indkalder til møder og fører referat.\n"
    ),
    "governance/samarbejde.md": (
        "# Leverandørsamarbejde\n\nEt leverandørsamarbejde begynder med en aftale om drift.\n\n"
        "Enhver leverandør kan deltage. Et samarbejde varer mindst et år.\n"
    ),
    "guidelines/CONTRIBUTING.md": (
        "# Bidrag\n\nEn pull request skal henvise til et issue.\n\n"
        "Opdater ændringsloggen, når du ændrer adfærd.\n"
    ),
    "faq.md": (
        "# Ofte stillede spørgsmål\n\n"
        "## Hvordan melder jeg en fejl?\n\nOpret et issue på GitHub.\n\n"
        "## Hvem betaler for driften?\n\nKommunerne deler udgiften efter indbyggertal.\n"
    ),
    "skaerme.md": "# Skærme\n\nEn gul skærm kører en gammel version af koden.\n",
    "en/security.md": (
        "# Security\n\nPlease report vulnerabilities privately to the maintainers of the project.\n"
        "You should not open a public issue, because others would read it before it is fixed.\n"
    ),
}


def write(folder: Path, documents: Mapping[str, str]) -> Path:
    """Put documents into a folder."""
    for path, text in documents.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, "utf-8")
    return folder


def built(root: Path, *sources: Source) -> BuildReport:
    """Build, at a fixed time."""
    return build(sources, root, now=NOW)


def index_of(root: Path) -> Index:
    """The version that serves."""
    index = Versions(root).current()
    assert index is not None
    return index

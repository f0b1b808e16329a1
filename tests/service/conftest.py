"""What the service tests share: a seed, and an index that is built once."""

import json
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest

from index.build import build
from index.passages import Source
from index.versions import Versions
from os2kb.clock import now
from os2kb.installation import install
from os2kb.reconcile import Reconciler
from tests.service.knowledge import INTERNAL, PUBLIC, serving, write
from tests.service.running import World, settings_for, world

ROOT = Path(__file__).parents[2]

POLICY = """\
version: 1
mode: act
language: da
labels:
  type: {bug: Bug, feature: Udviklingsønsker, documentation: Dokumentation, question: Spørgsmål}
  status: {needs-issue: mangler issue, needs-changelog: mangler changelog}
  security: It-sikkerhed
guidelines:
  source: docs/CONTRIBUTING.md
  rules: {linked-issue: required, changelog: required}
"""

GUIDELINE = """\
# Retningslinjer

## Issue før kode

Hver pull request skal henvise til et issue. Skriv nummeret i beskrivelsen.

## Changelog

Hver ændring skal stå i CHANGELOG.md under Unreleased.
"""

SEED = f"""
app: {{id: 4242, slug: os2kb}}
people: [ida, bo, kim]
organisations: {{os2display: {{teams: {{maintainers: [bo]}}}}}}
repositories:
  os2display/api:
    id: 101
    labels: {{Bug: d73a4a, Udviklingsønsker: a2eeef, Dokumentation: "0075ca", Spørgsmål: cc317c,
             It-sikkerhed: b60205, mangler issue: fbca04, mangler changelog: fbca04}}
    collaborators: {{ida: read, bo: write, kim: maintain}}
    files:
      .github/os2kb.yml: {json.dumps(POLICY)}
      docs/CONTRIBUTING.md: {json.dumps(GUIDELINE)}
      CHANGELOG.md: "# Ændringslog\\n\\n## [Unreleased]\\n\\n## [1.0.0]\\n"
      README.md: "# API"
  os2display/quiet:
    id: 102
    labels: {{Bug: d73a4a, Udviklingsønsker: a2eeef, Dokumentation: "0075ca", Spørgsmål: cc317c,
             It-sikkerhed: b60205, mangler issue: fbca04, mangler changelog: fbca04}}
    collaborators: {{ida: read, bo: write, kim: maintain}}
    files:
      docs/CONTRIBUTING.md: {json.dumps(GUIDELINE)}
      .github/os2kb.yml: {json.dumps(POLICY.replace("mode: act", "mode: observe"))}
  os2display/docs:
    id: 103
    collaborators: {{kim: admin}}
"""


@pytest.fixture(scope="session")
def handbook_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of the sample handbook, built once."""
    folder = tmp_path_factory.mktemp("index")
    handbook = Source(name="handbook", location=str(ROOT / "samples" / "handbook"))
    build([handbook], folder, now=datetime(2026, 11, 1, tzinfo=UTC))
    return folder


@pytest.fixture
def installed(tmp_path: Path, handbook_index: Path) -> Callable[[], Path]:
    """A data folder that holds the handbook's index."""

    def make() -> Path:
        shutil.copytree(handbook_index, tmp_path / "index")
        return tmp_path

    return make


@pytest.fixture
def github() -> Iterator[World]:
    with world(SEED) as made:
        yield made


@pytest.fixture
def bot(github: World, tmp_path: Path) -> Reconciler:
    """What looks after that world in this process; a test calls it."""
    made = install(settings_for(github, tmp_path), now).reconciler
    assert made is not None
    return made


@pytest.fixture(scope="session")
def versions(tmp_path_factory: pytest.TempPathFactory) -> Versions:
    """A public and an internal source of a few documents, indexed once."""
    root = tmp_path_factory.mktemp("api")
    sources = [
        Source("håndbog", str(write(root / "public", PUBLIC)), product="os2display"),
        Source("intern", str(write(root / "internal", INTERNAL)), "os2løn", "internal"),
    ]
    build(sources, root / "index", now=datetime(2026, 6, 4, tzinfo=UTC))
    return Versions(root / "index")


@pytest.fixture(scope="module")
def api(versions: Versions) -> Iterator[httpx.Client]:
    """The knowledge API on them."""
    with serving(versions) as client:
        yield client

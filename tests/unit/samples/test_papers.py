"""The project's papers are complete and agree with each other."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[3]
PUBLICCODE: dict[str, Any] = yaml.safe_load((ROOT / "publiccode.yml").read_text("utf-8"))
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]

# https://yml.publiccode.tools/categories-list.html
CATEGORIES = {
    "compliance-management",
    "knowledge-management",
    "project-collaboration",
    "workflow-management",
}


def test_publiccode_has_every_mandatory_key_of_the_standard() -> None:
    assert PUBLICCODE["publiccodeYmlVersion"] == "0.4"
    assert set(PUBLICCODE) >= {
        *("name", "url", "platforms", "categories", "developmentStatus", "softwareType"),
        *("description", "legal", "maintenance", "localisation"),
    }
    assert PUBLICCODE["localisation"].keys() >= {"localisationReady", "availableLanguages"}
    assert PUBLICCODE["maintenance"]["type"] == "community"
    assert PUBLICCODE["maintenance"]["contacts"][0]["name"]
    assert PUBLICCODE["developmentStatus"] in {"concept", "development", "beta", "stable"}
    assert set(PUBLICCODE["categories"]) <= CATEGORIES


def test_a_released_version_states_its_date_and_an_unreleased_one_states_neither() -> None:
    assert ("softwareVersion" in PUBLICCODE) == ("releaseDate" in PUBLICCODE)


@pytest.mark.parametrize("language", ["da", "en"])
def test_publiccode_describes_the_project_within_the_lengths_of_the_standard(language: str) -> None:
    description = PUBLICCODE["description"][language]

    assert len(description["shortDescription"]) <= 150
    assert 500 <= len(description["longDescription"]) <= 10_000
    assert 5 <= len(description["features"]) <= 20
    assert all(len(feature) <= 100 for feature in description["features"])


def test_publiccode_agrees_with_the_package() -> None:
    assert PUBLICCODE["name"] == PROJECT["name"]
    assert PUBLICCODE["legal"]["license"] == PROJECT["license"]


def test_the_licence_is_the_whole_mozilla_public_license() -> None:
    text = (ROOT / "LICENSE").read_text("ascii")
    sections = [int(number) for number in re.findall(r"^[* ]*(\d+)\. \w", text, re.MULTILINE)]

    assert text.startswith("Mozilla Public License Version 2.0\n")
    assert sections == list(range(1, 11))
    assert "Exhibit A" in text
    assert text.rstrip().endswith("Mozilla Public License, v. 2.0.")


@pytest.mark.parametrize(
    "paper", ["CONTRIBUTING.md", "SECURITY.md", "CODE_OF_CONDUCT.md", "CHANGELOG.md"]
)
def test_links_between_the_papers_lead_somewhere(paper: str) -> None:
    text = (ROOT / paper).read_text("utf-8")

    for path in re.findall(r"\]\((?!https?:|#)([^)#]+)\)", text):
        assert (ROOT / path).is_file(), path


def test_the_changelog_has_a_place_for_what_is_not_released_yet() -> None:
    text = (ROOT / "CHANGELOG.md").read_text("utf-8")

    assert re.search(r"^## \[Unreleased\]$", text, re.MULTILINE)

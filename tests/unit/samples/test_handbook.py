"""The sample handbook shows the formats that real documents come in, and stays short."""

import re
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
import yaml

HANDBOOK = Path(__file__).parents[3] / "samples" / "handbook"
DOCUMENTS = sorted(HANDBOOK.rglob("*.md"))
LINK = re.compile(r"\]\((?!https?:|mailto:|#)(?P<path>[^)#\s]+)")
FENCE = re.compile(r"^ *```.*?^ *```", re.MULTILINE | re.DOTALL)


def name(path: Path) -> str:
    return path.relative_to(HANDBOOK).as_posix()


def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def front_matter(path: Path) -> dict[str, Any]:
    _, front, _ = text_of(path).split("---\n", 2)
    found = yaml.safe_load(front)
    assert isinstance(found, dict)
    return found


def test_there_are_about_thirty_danish_documents_and_five_english_ones() -> None:
    english = [path for path in DOCUMENTS if name(path).startswith("en/")]

    assert len(english) == 5
    assert 30 <= len(DOCUMENTS) - len(english) <= 40


@pytest.mark.parametrize("path", DOCUMENTS, ids=name)
def test_a_document_is_short_and_says_what_it_is(path: Path) -> None:
    front = front_matter(path)

    assert front["title"]
    assert front["parent"]
    assert isinstance(front["nav_order"], int)
    assert isinstance(front.get("date", date(2026, 1, 1)), date)
    assert 150 <= len(text_of(path).split()) <= 450


@pytest.mark.parametrize("path", DOCUMENTS, ids=name)
def test_links_inside_the_handbook_lead_to_a_document(path: Path) -> None:
    prose = FENCE.sub("", text_of(path))
    for match in LINK.finditer(prose):
        assert (path.parent / unquote(match["path"])).is_file(), match["path"]


@pytest.mark.parametrize("path", DOCUMENTS, ids=name)
def test_a_document_holds_no_personal_data(path: Path) -> None:
    addresses = set(re.findall(r"[\w.]+@[\w.]+\w", text_of(path)))

    assert addresses <= {"os2@os2.eu", "sikkerhed@os2demo.example"}
    assert not re.search(r"\b\d{6}-?\d{4}\b", text_of(path))


@pytest.mark.parametrize(
    ("what", "pattern"),
    [
        ("a table", r"^\|.+\|\n\|[-|]+\|$"),
        ("a list with its lead-in", r":\n\n- "),
        ("a Mermaid flowchart", r"```mermaid\nflowchart"),
        ("a kramdown attribute", r"^\{: \.warning \}$"),
        ("a table of contents", r"^\{:toc\}$"),
        ("a Liquid tag", r"\{% include .+ %\}"),
        ("a fenced code block inside a list", r"^   ```sh$"),
        ("a question as a heading", r"^## Hvordan .+\?$"),
    ],
)
def test_a_format_that_real_documents_use_is_present(what: str, pattern: str) -> None:
    found = [name(p) for p in DOCUMENTS if re.search(pattern, text_of(p), re.MULTILINE)]

    assert found, f"no document has {what}"


def test_one_file_name_has_spaces_and_danish_letters() -> None:
    assert any(" " in path.name and not path.name.isascii() for path in DOCUMENTS)


def test_statuses_tell_what_is_in_force() -> None:
    stated = {name(path): front_matter(path).get("status", "") for path in DOCUMENTS}
    not_in_force = {
        path: status
        for path, status in stated.items()
        if status not in ("", "Gældende", "Accepteret")
    }

    assert not_in_force == {
        "beslutninger/2025-09-04-en-godkendelse-er-nok.md": "Erstattet",
        "beslutninger/2026-09-03-faelles-testmiljoe.md": "Forslag",
        "governance/aarshjul.md": "Udkast",
        "guidelines/arkiv/bidrag-2023.md": "Arkiveret",
    }


@pytest.mark.parametrize(
    "path", [p for p in DOCUMENTS if p.parent.name == "beslutninger"], ids=name
)
def test_a_decision_agrees_with_its_file_name_and_has_every_section(path: Path) -> None:
    text = text_of(path)
    dated = re.search(r"^- \*\*Dato\*\*: (\S+)$", text, re.MULTILINE)
    status = re.search(r"^- \*\*Status\*\*: (\w+)", text, re.MULTILINE)

    assert dated is not None
    assert status is not None
    assert path.name.startswith(dated[1])
    assert status[1] == front_matter(path)["status"]
    assert re.search(r"^# \[(SDR|ODR|ADR)\] ", text, re.MULTILINE)
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == [
        "Beskrivelse af beslutningen",
        "Kontekst / Årsag",
        "Konsekvenser",
        "Effektuering",
        "Risici",
        "Yderligere information",
    ]

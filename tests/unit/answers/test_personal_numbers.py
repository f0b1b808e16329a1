"""A CPR number in a document: from the file to the answer it is shown nowhere."""

import json
import logging
from datetime import UTC, datetime
from pathlib import Path

import pytest

from index.build import build
from index.masking import MASK
from index.passages import Source
from index.shapes import results_json, suggestions_json
from index.versions import Versions
from os2kb.answers.ask import Answerer
from os2kb.answers.written.answer_json import answer_json

DOCUMENT = """---
title: Sagen om 010190-1234
---

# Klagesag 0101901234

## Hvem klagede over 010190 1234?

Borgeren med personnummeret 010190-1234 klagede over afgørelsen i byggesagen.
Se [sagen](https://sager.example/0101901234) og `010190–1234`.
Også 010190\u00a01234, 010190&shy;1234, 0101**90**-1234 og 010190-
1234.

| Borger | Sag |
|---|---|
| 010190-1234 | Byggesagen blev afgjort i januar |

```
cpr=0101901234
```
"""
NUMBERS = ("010190-1234", "0101901234", "010190 1234", "010190–1234", "010190", "**90**")
QUESTION = "Hvem klagede over afgørelsen i byggesagen?"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "sager"
    folder.mkdir()
    (folder / "klage.md").write_text(DOCUMENT, "utf-8")
    (folder / "klage-010190-1234.md").write_text("# En sag\n\nOm en byggesag.\n", "utf-8")
    source = Source("sager", str(folder), url="https://example.org/{path}#{anchor}")
    build([source], tmp_path / "index", now=datetime(2026, 6, 4, tzinfo=UTC))
    return tmp_path / "index"


def test_no_file_of_the_index_holds_it(root: Path) -> None:
    for file in (path for path in root.rglob("*") if path.is_file()):
        held = file.read_bytes()
        assert not [number for number in NUMBERS if number.encode() in held], file.name


def test_neither_search_nor_suggestion_nor_answer_nor_log_shows_it(
    root: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    versions = Versions(root)
    index = versions.current()
    assert index is not None
    answer = Answerer(versions).ask(QUESTION)
    assert not answer.abstained
    assert any(MASK in citation.quote for citation in answer.citations)
    shown = [
        json.dumps(results_json(index.search(QUESTION)), ensure_ascii=False),
        json.dumps(suggestions_json(index.suggest("klage")), ensure_ascii=False),
        json.dumps(suggestions_json(index.suggest("sagen")), ensure_ascii=False),
        json.dumps(answer_json(answer), ensure_ascii=False),
        caplog.text,
    ]
    assert [number for number in NUMBERS for text in shown if number in text] == []


def test_asking_by_the_number_finds_nothing_and_does_not_repeat_it(root: Path) -> None:
    answer = Answerer(Versions(root)).ask("Hvad skete der i sagen om 010190-1234?")
    assert answer.reason == "private-topic"
    assert "010190" not in json.dumps(answer_json(answer))


def test_a_private_address_and_number_are_masked_where_they_stand(tmp_path: Path) -> None:
    """The quote says that something is left out, and is still found on its line of the file."""
    folder = tmp_path / "kontakt"
    folder.mkdir()
    (folder / "kontakt.md").write_text(
        "# Kontakt\n\nFejl i driften meldes til ida.b@kommune.dk, tlf. 87 65 43 21, eller til "
        "support@leverandør.dk.\n",
        "utf-8",
    )
    build([Source("k", str(folder))], tmp_path / "index", now=datetime(2026, 6, 4, tzinfo=UTC))
    index = Versions(tmp_path / "index").current()
    assert index is not None
    (hit,) = index.search("Hvor meldes fejl i driften?").hits
    shown = hit.snippet.replace("<mark>", "").replace("</mark>", "") + hit.passage.text
    assert "ida.b" not in shown
    assert "87 65" not in shown
    assert "██████@██████, tlf. ██ ██ ██ ██, eller til support@leverandør.dk" in hit.passage.text
    for file in (path for path in (tmp_path / "index").rglob("*") if path.is_file()):
        assert b"ida.b@" not in file.read_bytes(), file.name

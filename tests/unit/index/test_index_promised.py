"""Questions in front matter, with the line they stand on, from the documents of a version."""

from pathlib import Path

import pytest
from corpora import built, write

from index.evaluation.promised import promised, promised_in
from index.passages import Source
from index.versions import Versions

TEXT = """---
title: Roller
questions:
  - Hvem indkalder til møder?
  - "Hvem: fører referat?"
  - question: Who calls
      the meetings?
    lang: en
---
# Roller

Produktkoordinatoren indkalder til møder. Hvem indkalder til møder?
"""


def test_each_question_comes_with_its_language_and_its_line() -> None:
    assert promised_in(TEXT) == (
        ("Hvem indkalder til møder?", None, 4),
        ("Hvem: fører referat?", None, 5),
        ("Who calls the meetings?", "en", 1),
    )


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# Roller\n\nquestions:\n  - Hvem?\n",
        "---\nquestions: [7, '']\n---\n",
        "---\nquestions:",
    ],
)
def test_a_document_that_says_nothing_promises_nothing(text: str) -> None:
    assert promised_in(text) == ()


def test_the_documents_of_the_serving_version_are_read(tmp_path: Path) -> None:
    folder = write(tmp_path / "docs", {"a/roller.md": TEXT, "b.md": "# B\n\nIngenting.\n"})
    built(tmp_path / "index", Source("docs", str(folder), product="os2demo", visibility="internal"))
    found = list(promised(Versions(tmp_path / "index")))
    assert [one.question for one in found][:1] == ["Hvem indkalder til møder?"]
    assert {(one.path, one.file) for one in found} == {("a/roller.md", folder / "a/roller.md")}
    assert {(one.product, one.visibility) for one in found} == {("os2demo", "internal")}


def test_a_document_that_has_gone_since_promises_nothing(tmp_path: Path) -> None:
    folder = write(tmp_path / "docs", {"roller.md": TEXT, "b.md": "# B\n\nIngenting.\n"})
    built(tmp_path / "index", Source("docs", str(folder)))
    (folder / "roller.md").unlink()
    assert list(promised(Versions(tmp_path / "index"))) == []


def test_without_an_index_nothing_is_promised(tmp_path: Path) -> None:
    assert list(promised(Versions(tmp_path))) == []

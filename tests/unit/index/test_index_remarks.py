"""Mistakes in front matter are told of with their line; else nobody would know of them."""

import json
from pathlib import Path

import pytest
from corpora import built, write
from typer.testing import CliRunner

from index.passages import Source
from index.reading.remarks import remarks
from os2kb.cli.commands import app

HANDBOOK = Path(__file__).parents[3] / "samples" / "handbook"


def said(front: str) -> list[tuple[int, str]]:
    return [(line, text.partition(":")[0]) for line, text in remarks(f"---\n{front}\n---\n# A\n")]


@pytest.mark.parametrize(
    ("front", "where"),
    [
        ("title: A\nstatus: vedtaget måske", [(3, "status")]),
        ("status: [a, b]", [(2, "status")]),
        ("date: 32-13-2026", [(2, "date")]),
        ("date: 2026-13-01", [(2, "date")]),  # YAML itself cannot read it
        ("Last_Modified_Date: i går", [(2, "last_modified_date")]),
        ("date: 2026", [(2, "date")]),
        ("kind: noget", [(2, "kind")]),
        ("kind: noget\ntitle: B\ndate: snart", [(2, "kind"), (4, "date")]),
    ],
)
def test_a_value_that_nobody_can_use_is_told_of(front: str, where: list[tuple[int, str]]) -> None:
    assert said(front) == where


@pytest.mark.parametrize(
    "front",
    [
        "title: A",
        "status: Vedtaget",
        "status: Accepteret",
        "status: Godkendt den 12. januar 2026",
        "status: Gældende fra 1. maj 2026",
        "status: accepted",
        "status: Udkast til høring",
        "status: superseded by ADR-7",
        "status:",
        "date: 2026-01-12",
        "date: 12. januar 2026",
        'date: "{{ site.time }}"',
        "kind: FAQ",
    ],
)
def test_what_is_known_left_out_or_written_by_the_site_is_no_mistake(front: str) -> None:
    assert said(front) == []


def test_the_sample_handbook_is_without_mistakes() -> None:
    documents = [path.read_text("utf-8") for path in HANDBOOK.rglob("*.md")]
    assert documents
    assert not [found for text in documents for found in remarks(text)]


def test_no_value_harms_a_terminal_or_repeats_what_is_masked() -> None:
    ((_, text),) = remarks(f'---\nkind: "\\e[2J 010190-1234 {"x" * 500}"\n---\n')
    assert text.isprintable()
    assert "010190" not in text
    assert len(text) < 200


def test_a_build_tells_of_what_it_reads_and_a_check_of_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    docs = write(
        tmp_path / "docs",
        {"a.md": "---\nkind: noget\n---\n# A\n\nTekst her.\n", "b.md": "# B\n\nTekst.\n"},
    )
    report = built(tmp_path / "index", Source("docs", str(docs)))
    ((place, remark),) = report.remarks
    assert (place, remark.partition(" is")[0]) == ("a.md:2", "kind: “noget”")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("OS2KB_DATA_DIR", str(tmp_path))
    shown = CliRunner().invoke(app, ["index", "check", "docs"])
    assert shown.exit_code == 0, "a hint, and no failure"
    assert f"docs/a.md:2: {remark}" in shown.output
    annotated = CliRunner().invoke(app, ["index", "check", "--github"])
    assert f"::warning file=docs/a.md,line=2,title=Front matter::{remark}" in annotated.output
    told = json.loads(CliRunner().invoke(app, ["index", "check", "--json"]).stdout)["remarks"]
    assert told == [{"file": "docs/a.md", "line": 2, "remark": remark}]

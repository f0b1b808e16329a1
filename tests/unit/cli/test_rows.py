"""Tables on the command line: what they show may have been written by anybody."""

import io
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console
from rich.table import Table

import os2kb.cli
from os2kb.cli.rows import add_row
from os2kb.cli.subjects import show_plan
from os2kb.governance.facts import ChangedFile
from tests.unit.governance.cases import plan, policy, pull

ALL = sorted(Path(os2kb.cli.__file__).parent.rglob("*.py"))
STEERING = "\x1b]0;titel\x07\x1b[2J\u009b2J\u202e"


@given(st.text(max_size=200))
def test_no_cell_steers_the_terminal(text: str) -> None:
    table, out = Table("Tekst"), io.StringIO()
    add_row(table, text)
    Console(file=out, width=300, markup=False).print(table)
    steering = [one for one in out.getvalue() if unicodedata.category(one) in ("Cc", "Cf", "Cs")]
    assert set(steering) <= {"\n"}


@pytest.mark.parametrize("file", ALL, ids=lambda file: file.name)
def test_every_row_of_every_table_is_added_so(file: Path) -> None:
    assert file.name == "rows.py" or ".add_row(" not in file.read_text("utf-8")


def test_a_file_name_in_a_pull_request_reaches_the_operator_as_text(
    capsys: pytest.CaptureFixture[str],
) -> None:
    named = ChangedFile(f"src/a{STEERING}.php", "added", "+<?php")
    rules = "{licence: required, screenshot: {level: required, paths: ['**']}}"
    made = plan(pull(named), policy(f"mode: act\nguidelines: {{rules: {rules}}}"))
    assert any(STEERING in one.evidence.da for one in made.findings)
    show_plan(made, "da", as_json=False)
    assert not set(STEERING) - set("]0;titel[2J") & set(capsys.readouterr().out)

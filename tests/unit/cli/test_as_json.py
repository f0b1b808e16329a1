"""JSON on a terminal: the same to whoever parses it, and nothing that a terminal obeys."""

import json
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from os2kb.cli.as_json import json_text

ROOT = Path(__file__).parents[3]


@given(st.text(st.characters(), max_size=40))
def test_it_is_parsed_as_it_was_and_can_be_printed_and_steers_nothing(text: str) -> None:
    written = json_text({"text": text})
    assert json.loads(written) == {"text": text}
    written.encode("utf-8")
    unseen = {one for one in written if unicodedata.category(one) in ("Cc", "Cf", "Zl", "Zp")}
    assert unseen <= {"\n"}


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("æøå 日 😀", "æøå 日 😀"),
        ("\x9b31m", r"\u009b31m"),
        ("fil\u202egnp.exe", r"fil\u202egnp.exe"),
        ("\ud800", r"\ud800"),
        ("\U000e0041", r"\udb40\udc41"),
    ],
)
def test_letters_stand_and_what_steers_is_escaped(text: str, written: str) -> None:
    assert json_text(text) == f'"{written}"'


def test_no_command_writes_json_in_another_way() -> None:
    files = (ROOT / "os2kb" / "cli").rglob("*.py")
    others = {one.name for one in files if "ensure_ascii=False" in one.read_text("utf-8")}
    assert others == {"as_json.py", "answers.py"}  # the export is a file

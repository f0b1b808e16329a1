"""A table for a spreadsheet: read back as it was meant, and never as a formula."""

import csv
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from os2kb.reports.spreadsheet import spreadsheet


def rows(text: str, delimiter: str) -> list[list[str]]:
    return list(csv.reader(StringIO(text, newline=""), delimiter=delimiter))


def test_danish_spreadsheets_part_cells_by_semicolons_and_write_a_comma():
    text = spreadsheet(["Sag", "Timer"], [("a;b", 1.5), ("c", None)], "da")
    assert rows(text, ";") == [["Sag", "Timer"], ["a;b", "1,50"], ["c", ""]]


def test_english_ones_part_them_by_commas():
    text = spreadsheet(["Issue", "Hours"], [("a,b", 1.5), ("c", 7)], "en")
    assert rows(text, ",") == [["Issue", "Hours"], ["a,b", "1.50"], ["c", "7"]]


@pytest.mark.parametrize(
    "cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "  =1", "\0=1"]
)
def test_text_that_could_be_a_formula_is_only_text(cell: str):
    ((_,), (written,)) = rows(spreadsheet(["x"], [(cell,)], "da"), ";")
    assert written == "'" + cell.replace("\0", "")


def test_a_number_is_no_text_also_where_it_is_negative():
    assert rows(spreadsheet(["x"], [(-1,)], "en"), ",")[1] == ["-1"]


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), min_size=1), min_size=1))
def test_whatever_a_cell_holds_it_stays_in_its_cell(cells: list[str]):
    heads = [str(number) for number, _ in enumerate(cells)]
    (_, written) = rows(spreadsheet(heads, [cells], "da"), ";")
    assert [one.removeprefix("'") for one in written] == [
        one.replace("\0", "").removeprefix("'") for one in cells
    ]

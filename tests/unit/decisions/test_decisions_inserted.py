"""An entry put into the one file of a log: where it belongs, and every other line as it was."""

import datetime
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from os2kb.decisions.decision import Decision
from os2kb.decisions.entry import Format
from os2kb.decisions.proposal.files import files_of
from os2kb.decisions.proposal.insertion import inserted
from os2kb.decisions.proposal.seen import Home, Log
from os2kb.decisions.reading.read import read_file
from os2kb.decisions.writing.log import written_log
from os2kb.decisions.writing.page import written_page
from tests.examples import examples
from tests.unit.decisions.drawn import decisions

NEW = Decision(
    "Fælles drift",
    datetime.date(2026, 5, 2),
    "Accepteret",
    "42",
    decision="Vi deler driften.",
    issue="os2demo/os2demo#42",
    product="os2demo",
)
BY_HAND = """# Beslutninger hos os

Her står de. <!-- husk: nyeste øverst -->

## BDR-#8:  Møder (2026-06-03)

Fire om året.

* * *

## BDR-#7: Kode (2025-05-02)

Kildekoden er fri.
"""
PAGE = """# Beslutningslog

## 2026

### OS2andet

* **Dato:** 4/6 2026
* **Beslutning:** Driften udbydes samlet.
* **Truffet af:** Styregruppen

## 2024

### OS2demo

* **Dato:** 4/6 2024
* **Beslutning:** Der holdes fire møder.
* **Truffet af:** Styregruppen
"""


def is_kept(before: str, after: str) -> bool:
    """Whether all of a text stands in another, with one piece more in between."""
    more = len(after) - len(before)
    return any(before == after[:above] + after[above + more :] for above in range(len(before) + 1))


@pytest.mark.parametrize(
    ("text", "as_format", "order"),
    [
        (BY_HAND, "log", ["8", "42", "7"]),
        (BY_HAND.replace("\n", "\r\n"), "log", ["8", "42", "7"]),
        (BY_HAND.replace("2025-05-02", "2026-07-01"), "log", ["42", "8", "7"]),
        ("# Log\n\nIngen endnu.\n", "log", ["42"]),
        ("", "log", ["42"]),
        ("", "page", ["42"]),
    ],
    ids=["newest-first", "crlf", "oldest-first", "none-yet", "no-file", "no-page"],
)
def test_an_entry_stands_by_its_day_and_all_else_as_it_was(
    text: str, as_format: Format, order: list[str]
):
    made = inserted(text, "LOG.md", NEW, as_format)
    assert [one.decision.id for one in read_file("LOG.md", made)] == order
    assert is_kept(text, made)
    assert ("\r\n" in made) == ("\r\n" in text)
    assert made.count("\r") in (0, made.count("\n"))


def test_on_a_page_it_stands_under_its_year_and_product():
    made = inserted(PAGE, "beslutninger.md", NEW, "page")
    assert is_kept(PAGE, made)
    found = [(one.decision.product, str(one.decision.date)) for one in read_file("p.md", made)]
    assert found == [
        ("OS2andet", "2026-06-04"),
        ("os2demo", "2026-05-02"),
        ("OS2demo", "2024-06-04"),
    ]
    older = Decision("Ny", datetime.date(2025, 1, 1), decision="Ja", product="os2demo", id="9")
    made = inserted(PAGE, "beslutninger.md", older, "page")
    assert made.index("## 2026") < made.index("## 2025") < made.index("## 2024")
    assert is_kept(PAGE, made)


def test_an_entry_that_is_replaced_is_marked_in_its_status_line():
    home = Home(201, "os2demo/log", "main", "abc", "https://github.example/os2demo/log")
    text = BY_HAND.replace("Kildekoden", "- **Status**: Accepteret\n\nKildekoden")
    log = Log(home, "LOG.md", "log", read_file("LOG.md", text), texts={"LOG.md": text})
    newer = replace(NEW, supersedes=("7",))
    (made,) = files_of(newer, "LOG.md", log).values()
    status = {one.decision.id: one.decision.status for one in read_file("LOG.md", made)}
    assert status == {"8": "unknown", "42": "accepted", "7": "superseded"}
    assert "- **Status**: Erstattet af BDR-42\n\nKildekoden" in made
    assert files_of(NEW, "LOG.md", replace(log, texts={})) == {}


def test_what_would_change_how_another_entry_reads_is_not_done():
    unclosed = "# Log\n\n## BDR-#7: Kode (2025-05-02)\n\n```\nuden ende\n"
    assert inserted(unclosed, "LOG.md", Decision("Ny", id="9"), "log") == ""


@examples(40)
@given(st.lists(decisions(type=st.sampled_from(("SDR", ""))), max_size=3), decisions())
def test_whatever_stands_there_it_is_kept_or_nothing_is_done(
    several: list[Decision], new: Decision
):
    formats: tuple[tuple[Format, str], ...] = (
        ("log", written_log(several)),
        ("page", written_page(several)),
    )
    for as_format, text in formats:
        made = inserted(text, "log.md", new, as_format)
        if made:
            before = [one.decision for one in read_file("log.md", text)]
            after = [one.decision for one in read_file("log.md", made)]
            assert len(after) == len(before) + 1
            assert all(one in after for one in before)
            assert is_kept(text, made)

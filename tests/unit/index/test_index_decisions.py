"""Decisions in the index: each passage knows whether what it says is in force, and since when."""

import pytest

from index.reading.documents import parse
from tests.unit.index.cutting import SOURCE, cut

LOG = """# Beslutningslog

## BDR-#42: To godkendelser (2026-03-05)

- **Status**: Accepteret

### Beslutning

To skal godkende.

## BDR-#12: Én godkendelse (2025-09-04)

- **Status**: Erstattet af BDR-#42

### Beslutning

Én skal godkende.
"""
PAGE = """# Beslutninger

## 2026

### OS2display

- **Dato**: 4/6 2026
- **Beslutning**: Skærme styres fra skyen.
- **Truffet af**: Styregruppen

- **Dato**: 5/7 2026
- **Beslutning**: Skærme slukkes om natten.
- **Status**: Ikke godkendt

### OS2forms

- **Status**: Erstattet af beslutning 12. Se referatet
- **Dato**: 1/2 2025
- **Beslutning**: Formularer gemmes i ti år.
"""


def standings(text: str, path: str) -> list[tuple[str, str, str, str]]:
    found = (parsed.passage for parsed in cut(text, path))
    return [(one.text.split("\n")[0], one.status, one.date, one.successor) for one in found]


def test_each_entry_of_a_log_stands_for_itself():
    assert standings(LOG, "beslutninger/DECISION_LOG.md") == [
        ("## BDR-#42: To godkendelser (2026-03-05)", "current", "2026-03-05", ""),
        ("## BDR-#12: Én godkendelse (2025-09-04)", "superseded", "2025-09-04", "BDR-#42"),
    ]


def test_each_decision_on_a_page_of_bullets_stands_for_itself():
    assert [standing[1:] for standing in standings(PAGE, "beslutninger.md")] == [
        ("current", "2026-06-04", ""),
        ("superseded", "2026-07-05", ""),
        ("superseded", "2025-02-01", "beslutning 12"),
    ]


def test_a_page_that_is_no_log_is_one_document_whatever_its_headings_say():
    (only,) = {standing[1:] for standing in standings(LOG, "docs/godkendelser.md")}
    assert only == ("current", "", "")


def test_what_stands_above_the_first_entry_has_no_part_in_it():
    intro = "Her står, hvad vi har besluttet, med det nyeste først.\n"
    text = LOG.replace("## BDR-#42", f"{intro}\n## BDR-#42", 1)
    assert standings(text, "beslutninger/DECISION_LOG.md")[0][1:] == ("current", "", "")


def test_an_archived_log_is_archived_but_for_what_says_otherwise():
    found = standings(LOG.replace("- **Status**: Accepteret\n", ""), "history/beslutninger.md")
    assert [standing[1] for standing in found] == ["archived", "superseded"]


@pytest.mark.parametrize(
    ("status", "holds"),
    [
        ("Accepteret", "current"),
        ("Godkendt på styregruppemødet den 4. juni 2026", "current"),
        ("Forslaget blev vedtaget", "current"),
        ("Vedtaget, erstatter BDR-3", "current"),
        ("Forslag, endnu ikke godkendt", "proposal"),
        ("Afventer ratificering", "proposal"),
        ("Indstilles til styregruppen", "proposal"),
        ("Udkast", "draft"),
        ("Ikke godkendt", "superseded"),
        ("Trukket tilbage", "superseded"),
        ("Bortfaldet", "superseded"),
        ("Ophævet den 1. maj", "superseded"),
        ("Withdrawn", "superseded"),
        ("Erstattet af [SDR-9](../2026/sdr-9.md)", "superseded"),
        ("Arkiveret", "archived"),
        ("[Forslag / Accepteret / Erstattet]", "current"),
        ("Udkast, Til drøftelse eller Klar til beslutning", "current"),
        ("Udkast / Vedtaget", "current"),
    ],
)
def test_a_status_counts_in_whatever_words_it_is_said(status: str, holds: str):
    assert parse(f"# A\n\n- **Status**: {status}\n", "a.md", SOURCE).status == holds


@pytest.mark.parametrize(
    ("text", "successor"),
    [
        ("# A\n\n- **Status**: Erstattet af [To](2026-to.md)", "To"),
        ("# A\n\n- **Status**: Erstattet af SDR-9. Se referatet.", "SDR-9"),
        ("# A\n\n- **Status**: Erstattet\n- **Afløst af**: [B](b.md)", "B"),
        ("# A\n\nStatus: Erstattet\n\nErstattet af [B](b.md)", "B"),
        ("# A\n\n## Status\n\nSuperseded by [ADR 7](007.md)", "ADR 7"),
        ("---\nstatus: superseded by ADR-0005\n---\n# A", "ADR-0005"),
        ("---\nstatus: Erstattet\nsuperseded_by: ADR-0005\n---\n# A", "ADR-0005"),
        ("# A\n\n- **Status**: Accepteret\n\nDen gamle vej er erstattet af en bro.", ""),
        ("# A\n\n- **Status**: Erstattet af <script>alert(1)</script> \u202eB", "alert(1) B"),
    ],
)
def test_what_took_a_decisions_place_is_known_where_it_is_named(text: str, successor: str):
    assert parse(text, "a.md", SOURCE).successor == successor


@pytest.mark.parametrize("day", ["4/6 2026", "4/6-2026", "den 4. juni 2026", "June 4, 2026"])
def test_a_decision_is_as_old_as_it_says(day: str):
    assert parse(f"# A\n\n- **Dato**: {day}\n", "a.md", SOURCE).date == "2026-06-04"

"""Dates, statuses and names as people write them in decision logs."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from os2kb.decisions.dates import date_in, dates_in, in_other_years
from os2kb.decisions.decision import (
    Decision,
    deciders_of,
    deciders_written,
    issue_of,
    references_of,
)
from os2kb.decisions.reading.headings import heading_of
from os2kb.decisions.status import said_of
from os2kb.decisions.words import TEXTS_BY_NAME, name_of, type_of


@pytest.mark.parametrize(
    "written",
    [
        "2026-06-04",
        "2026/06/04",
        "2026.06.04",
        "04-06-2026",
        "4/6 2026",
        "4/6-2026",
        "4.6.2026",
        "4. 6. 2026",
        "04.06.26",
        "den 4. juni 2026",
        "Torsdag d. 4 juni 2026 kl. 10",
        "4. jun. 2026",
        "3-4. juni 2026",
        "4th June 2026",
        "June 4, 2026",
        "20260604",
        "referat-20260604.md",
    ],
)
def test_a_date_is_read_however_it_is_written(written: str) -> None:
    found = date_in(written)
    assert found is not None
    assert found.date == datetime.date(2026, 6, 4)


@pytest.mark.parametrize(
    "written",
    ["", "juni 2026", "31-02-2026", "0206-05-07", "2026-13-01", "version 4.2.11", "ÅÅÅÅ-MM-DD"],
)
def test_what_no_calendar_has_is_no_date(written: str) -> None:
    assert date_in(written) is None


def test_every_date_of_a_text_is_found_in_order() -> None:
    found = dates_in("Taget 15-06-2025, verificeret 2. oktober 2025 (se 2025-12-02).")
    assert [str(one.date) for one in found] == ["2025-06-15", "2025-10-02", "2025-12-02"]


def test_a_wrong_year_is_sought_in_the_years_beside_it() -> None:
    assert [one.year for one in in_other_years(datetime.date(2025, 2, 2))] == [2026, 2024]
    assert list(in_other_years(datetime.date(2024, 2, 29))) == []


@pytest.mark.parametrize(
    ("text", "status", "on", "group"),
    [
        ("Godkendt på styregruppemøde den 4. juni 2026", "accepted", "2026-06-04", "Styregruppen"),
        ("Besluttet. (Modtaget pr mail 20-21. 5. 2026)", "accepted", "2026-05-21", ""),
        ("Forslaget vedtaget i koordinationsgruppen", "accepted", None, "Koordinationsgruppen"),
        ("Til godkendelse i styregruppen", "proposed", None, "Styregruppen"),
        ("Afventer, at bestyrelsen har godkendt", "proposed", None, "Bestyrelsen"),
        ("Ikke godkendt 1.7.2026", "rejected", "2026-07-01", ""),
        ("Trukket tilbage", "rejected", None, ""),
        ("Erstattet af SDR-12", "superseded", None, ""),
        ("Superseded by [ADR-0005](0005-x.md)", "superseded", None, ""),
        ("Forældet", "deprecated", None, ""),
        ("ACCEPTED", "accepted", None, ""),
        ("", "unknown", None, ""),
        ("Grøn", "unknown", None, ""),
        ("[Forslag / Accepteret / Erstattet / Afvist]", "unknown", None, ""),
    ],
)  # fmt: skip
def test_a_status_in_free_words_is_understood_with_its_date_and_group(
    text: str, status: str, on: str | None, group: str
) -> None:
    said = said_of(text)
    assert (said.status, str(said.on) if said.on else None, said.group) == (status, on, group)


def test_a_plain_status_is_kept_in_one_language_and_other_words_as_they_are() -> None:
    assert Decision("x", status_text="accepted.").status_text == "Accepteret"
    assert Decision("x", status_text="Godkendt 4/6 2026").status_text == "Godkendt 4/6 2026"


@pytest.mark.parametrize(
    ("heading", "text"),
    [
        ("Kontekst/ Årsag", "context"),
        ("Kontekst & Årsag", "context"),
        ("KONTEKST OG ÅRSAG:", "context"),
        ("Kontekst &amp; årsag", "context"),
        ("**Baggrund**", "context"),
        ("Beskrivelse af Beslutningen", "decision"),
        ("Decision Outcome", "decision"),
        ("Risici:", "risks"),
        ("Konsekvens", "consequences"),
        ("Yderligere information:", "references"),
    ],
)
def test_a_heading_is_known_by_its_words(heading: str, text: str) -> None:
    assert TEXTS_BY_NAME[name_of(heading)] == text


@pytest.mark.parametrize(
    ("heading", "read"),
    [
        ("[SDR]Der skal etableres", ("Der skal etableres", "", "SDR", None)),
        ("ADR 001 - Record it", ("Record it", "1", "ADR", None)),
        ("ADR-0012: Record it", ("Record it", "12", "ADR", None)),
        ("Beslutning 2: Ny struktur", ("Ny struktur", "2", "", None)),
        ("BDR-#42: Drift (2026-05-02)", ("Drift", "42", "", "2026-05-02")),
        ("BDR-42: Drift (hele året)", ("Drift (hele året)", "42", "", None)),
        ("3. Use PHP", ("Use PHP", "3", "", None)),
        ("2026 bliver et godt år", ("2026 bliver et godt år", "", "", None)),
        ("Beslutning om drift", ("Beslutning om drift", "", "", None)),
    ],
)
def test_a_heading_tells_number_type_and_date(
    heading: str, read: tuple[str, str, str, str | None]
) -> None:
    found = heading_of(heading)
    day = str(found.date) if found.date else None
    assert (found.title, found.id, found.type, day) == read


@pytest.mark.parametrize(
    ("written", "parts"),
    [
        ("Styregruppen og koordinationsgruppen", ("Styregruppen", "koordinationsgruppen")),
        ("Styregruppen-Koordinationgruppen", ("Styregruppen", "Koordinationgruppen")),
        ("Kommune A, Kommune B", ("Kommune A", "Kommune B")),
        ("Udvalget for By og Land", ("Udvalget for By og Land",)),
        ("**Styregruppen**.", ("Styregruppen",)),
        ("Kim, produktkoordinator, Styregruppen", ("Kim, produktkoordinator", "Styregruppen")),
        ("Digitalisering, drift; Styregruppen", ("Digitalisering, drift", "Styregruppen")),
        ("Digitalisering, drift;", ("Digitalisering, drift",)),
    ],
)
def test_deciders_are_told_apart_where_they_are_groups(
    written: str, parts: tuple[str, ...]
) -> None:
    assert deciders_of(written) == parts


@given(st.lists(st.text(alphabet="ab,;. og/-ÆKoordinator", max_size=12), max_size=4))
def test_deciders_are_read_as_they_were_written(names: list[str]) -> None:
    decided = Decision(title="Drift", deciders=tuple(names)).deciders
    assert deciders_of(deciders_written(decided)) == decided


def test_other_entries_are_named_by_number_or_file() -> None:
    written = "SDR-0012, #7 og [Drift](../beslutninger/2025-06-15-drift.md#status), [ADR 5](x.md)"
    assert references_of(written) == ("12", "7", "2025-06-15-drift.md", "5")


def test_what_the_status_says_of_a_successor_counts() -> None:
    found = Decision("x", status_text="Erstattet af SDR-12 den 4/6 2026", superseded_by=("9",))
    assert found.superseded_by == ("9", "12")


def test_an_issue_is_known_by_its_address() -> None:
    assert (
        issue_of("[her](https://github.com/os2demo/os2demo/issues/42#top)") == "os2demo/os2demo#42"
    )
    assert issue_of("os2demo/os2demo#42") == "os2demo/os2demo#42"


def test_types_are_words_or_letters() -> None:
    assert [type_of(one) for one in ("Strategisk beslutning", "odr", "Arkitektur", "x")] == [
        "SDR",
        "ODR",
        "ADR",
        "",
    ]
    assert type_of("Arkitekturbeslutning, Strategisk beslutning eller Operationel") == ""

"""The decision files of OS2's own products: each is read, and what that took is told."""

import os
from collections import Counter
from pathlib import Path

import pytest

from os2kb.decisions.entry import Entry
from os2kb.decisions.lint.finding import Log
from os2kb.decisions.lint.lint import lint
from os2kb.decisions.minutes.extract import extract
from os2kb.decisions.reading.read import read_issue
from tests.unit.decisions.files_read import read_files

SHARED = Path(os.environ.get("OS2KB_SHARED_DATA") or Path(__file__).parents[3] / "../shared/data")
DOCUMENTS = SHARED / "os2-docs"
pytestmark = pytest.mark.skipif(not DOCUMENTS.exists(), reason="needs ../shared/data/os2-docs")

BORGERPC = "OS2borgerPC__os2borgerpc-produktforvaltning"
DISPLAY = "os2display__display-api-service/docs/adr"
COORDINATORS, BOARD = ("Koordinationsgruppen",), ("Styregruppen",)
BOTH = ("Styregruppen", "Koordinationgruppen")
TEXTS = ("decision", "context", "consequences", "effectuation", "risks", "references")
USUAL = {"date-form": 1, "status-note": 1}
HEADED = {"heading": 4}

# Begin of the file's name: type, date, status, the status's own date and group, who decided, which
# texts there are by their first letters (d c k e r y), what was repaired.
# B: a file for each decision.
FILES = {
    "2025-02-02": ("SDR", "2025-02-02", "accepted", None, "", COORDINATORS, "dckery", HEADED),
    "2025-02-10": ("ODR", "2025-02-10", "accepted", None, "", BOARD, "dckery", HEADED),
    # The description stands before date and status.
    "2025-03-17": (
        "ODR", "2025-03-17", "accepted", None, "", COORDINATORS, "dckery",
        {"heading": 4, "moved": 1},
    ),
    "2025-06-15-e": (
        "SDR", "2025-06-15", "accepted", None, "", COORDINATORS, "ckery",
        {"heading": 3, "no-decision": 1},
    ),
    "2025-06-15-f": ("ODR", "2025-06-15", "accepted", None, "", COORDINATORS, "dckery", HEADED),
    "2025-12-02": (
        "SDR", "2025-12-02", "accepted", None, "", BOTH, "dckery",
        {"heading": 3, "deciders": 1},
    ),
    "2026-05-07": (
        "SDR", "2026-05-07", "accepted", "2026-05-21", "", BOARD, "dck",
        {"heading": 2, "status-words": 1},
    ),
    # Date and status stand in the place of the description.
    "2026-05-28": (
        "ODR", "2026-05-28", "accepted", "2026-06-04", "Styregruppen", BOARD, "ckery",
        {"heading": 1, "moved": 1, "status-words": 1, "no-decision": 1},
    ),
    # A proposal under headings of its own; its recommendation is what is to be decided.
    "2026-05-29": (
        "ODR", "2026-08-14", "proposed", None, "", BOARD, "dc", {"heading": 2, "moved": 1},
    ),
    "2026-06-25": (
        "ODR", "2026-06-25", "accepted", "2026-07-01", "", BOARD, "ckery",
        {"heading": 1, "moved": 1, "status-words": 1, "no-decision": 1},
    ),
    # The log before: numbers, a status of boxes to tick, and no date.
    "BS1": (
        "", "None", "proposed", None, "", (), "dck",
        {"heading": 3, "status-note": 1, "status-words": 1, "no-date": 1},
    ),
    "BS2-t": (
        "", "None", "proposed", None, "", (), "dck",
        {"heading": 3, "status-note": 1, "status-words": 1, "no-date": 1},
    ),
    "BS2-v": (
        "", "None", "proposed", None, "", (), "dck",
        {"heading": 3, "status-note": 1, "status-words": 1, "no-date": 1},
    ),
    # E: English architecture records, of which one says nothing under Consequences.
    "001": ("ADR", "2024-11-26", "accepted", None, "", (), "dck", {"date-form": 1}),
    "002": ("ADR", "2024-11-26", "accepted", None, "", (), "dck", USUAL),
    "003": ("ADR", "2024-11-26", "accepted", None, "", (), "dck", USUAL),
    "004": ("ADR", "2024-11-26", "accepted", None, "", (), "dck", USUAL),
    "005": ("ADR", "2024-11-26", "accepted", None, "", (), "dc", USUAL),
    "006": ("ADR", "2024-11-27", "accepted", None, "", (), "dck", USUAL),
    "007": ("ADR", "2024-11-27", "accepted", None, "", (), "dck", USUAL),
}  # fmt: skip


def files(*folders: str) -> dict[str, bytes | str]:
    return {
        path.relative_to(DOCUMENTS).as_posix(): path.read_bytes()
        for folder in folders
        for path in (DOCUMENTS / folder).rglob("*.md")
    }


@pytest.fixture(scope="module")
def entries() -> dict[str, Entry]:
    found = read_files(files(f"{BORGERPC}/beslutninger", f"{BORGERPC}__history", DISPLAY))
    return {Path(one.path).name: one for one in found}


def test_every_decision_file_is_read_and_none_beside_them(entries: dict[str, Entry]) -> None:
    assert len(entries) == 20
    assert len([name for name in entries if any(map(name.startswith, FILES))]) == len(FILES)


@pytest.mark.parametrize("begin", FILES)
def test_a_decision_file_says(begin: str, entries: dict[str, Entry]) -> None:
    (entry,) = (one for name, one in entries.items() if name.startswith(begin))
    decision = entry.decision
    letters = zip("dckery", TEXTS, strict=True)
    assert FILES[begin] == (
        decision.type,
        str(decision.date),
        decision.status,
        str(decision.said.on) if decision.said.on else None,
        decision.said.group,
        decision.deciders,
        "".join(letter for letter, text in letters if getattr(decision, text)),
        dict(Counter(one.kind for one in entry.repairs)),
    )


def test_numbers_come_from_headings_and_formats_from_the_words(entries: dict[str, Entry]) -> None:
    by_id = {name[:5]: (one.decision.id, one.format) for name, one in entries.items()}
    assert by_id["001-r"] == ("1", "adr")
    assert by_id["BS1-e"] == ("1", "files")
    assert by_id["2025-"] == ("", "files")


def test_templates_of_issues_and_all_other_documents_are_no_decisions() -> None:
    """C: decisions in issues are written by a template, which is none itself."""
    others = files("OS2sandbox__ai-heatcontrol", f"{BORGERPC}__history/.github", BORGERPC)
    assert len(others) > 20
    assert {one.path.split("/")[1] for one in read_files(others)} == {"beslutninger"}


def test_an_issue_written_by_the_template_is_read(entries: dict[str, Entry]) -> None:
    template = DOCUMENTS / f"{BORGERPC}__history/.github/ISSUE_TEMPLATE/beslutningslog.md"
    body = template.read_text("utf-8").split("---\n", 2)[2]
    for asked, answered in (
        ("[ÅÅÅÅ-MM-DD] [den dag beslutningen er vedtaget]", "2026-05-02"),
        ("[Forslag / Accepteret / Erstattet / Afvist]", "Accepteret"),
        ("[Beslutningsorgan, Navne  eller roller]", "Styregruppen"),
        (
            "[Arkitekturbeslutning, Strategisk beslutning eller Operationel beslutning]",
            "Strategisk",
        ),
    ):
        body = body.replace(asked, answered)
    entry = read_issue("[SDR] Fælles drift", body)
    assert entry is not None
    found = entry.decision
    assert (found.type, found.title, str(found.date)) == ("SDR", "Fælles drift", "2026-05-02")
    assert (found.status, found.deciders) == ("accepted", ("Styregruppen",))
    assert found.context.startswith("Beskriv her det problem")
    assert [one.heading for one in found.extra] == ["Indledning"]


def test_what_is_wrong_with_a_real_log_is_told() -> None:
    found = files(f"{BORGERPC}/beslutninger")
    named = {Path(path).name: str(raw, "utf-8") for path, raw in found.items()}  # type: ignore[arg-type]
    lines = {path: text.split("\n") for path, text in named.items()}
    told = lint(Log(read_files(dict(named)), lines, set(named), "beslutninger"))
    assert [(one.path[:10], one.line, one.rule) for one in told] == [
        ("2025-02-02", 44, "ratification"),
        ("2025-02-10", 22, "date-text"),  # 15-06-2025, and not the 10th of February
        ("2025-02-10", 24, "ratification"),
        ("2025-02-10", 64, "ratification-date"),  # 02.02.2025 is to be 2026
        ("2025-02-10", 65, "ratification-date"),
        ("2025-03-17", 14, "date-text"),  # 17-06-2025
        ("2025-03-17", 16, "ratification"),
        ("2025-03-17", 43, "ratification-date"),
        ("2025-06-15", 1, "decision"),
        ("2025-06-15", 12, "ratification"),
        ("2025-06-15", 52, "ratification-date"),
        ("2025-06-15", 18, "ratification"),
        ("2025-12-02", 63, "ratification-date"),
        ("2025-12-02", 64, "ratification"),
        ("2025-12-02", 64, "ratification-date"),
        ("2026-05-07", 12, "link"),  # the file it leads to has a date before its name by now
        ("2026-05-07", 35, "link"),
        ("2026-05-28", 3, "decision"),
        ("2026-05-29", 1, "file-title"),  # holds another decision than its name says
        ("2026-05-29", 5, "date-file"),
        ("2026-06-25", 3, "decision"),
    ]
    assert [one.suggestion for one in told if one.path[:10] == "2025-03-17" and one.suggestion] == [
        "- Beslutningen fremlægges til ratificering på koordinationsgruppe mødet 02.02.2026"
    ]


# What OS2forms' documents say was decided, read by hand: file and line, of all the lines that hold
# one of the words. Nine of them; two say that something is to be approved or was tested.
SAID = {
    ("2025-Q4-oplæg-til-koordinationsgruppen.md", 15),
    ("2025-Q4-testresultater.md", 13),
    ("2025-Q4-testresultater.md", 25),
    ("2025-Q4-testvejledning.md", 28),
    ("2025-Q4-testvejledning.md", 40),
    ("2026-Q2-oplæg-til-koordinationsgruppen.md", 31),
    ("2026-Q2-oplæg-til-koordinationsgruppen.md", 36),
    ("changing-element-names-from-NemID-to-MitID.md", 34),
}


def test_decisions_in_real_documents_are_found_and_nothing_else() -> None:
    found = {
        (Path(path).name, one.lines[0])
        for path, raw in files("OS2Forms__os2forms-docs").items()
        for one in extract(path, str(raw, "utf-8")).found  # type: ignore[arg-type]
        if one.confidence >= 0.6
    }
    assert found == SAID

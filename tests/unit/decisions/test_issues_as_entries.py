"""A log whose entries are issues: what their text says, and what their state and labels do."""

from datetime import UTC, date, datetime

import pytest

from os2kb.decisions.lint.finding import Log
from os2kb.decisions.lint.personal import personal_data
from os2kb.decisions.reading.issue import LabelledIssue, entry_of_issue
from os2kb.decisions.words import Status
from os2kb.forges.labelled import labelled_issue
from os2kb.forges.port import Conversation
from tests.unit.governance.cases import IDA

LABELS: dict[Status, str] = {"accepted": "Besluttet", "superseded": "Erstattet"}
CLOSED = date(2026, 6, 4)
TEMPLATE = """\
- Dato: 2026-05-02
- Status: {}
- Beslutningstagere: Styregruppen

## Beslutning

Vi deler driften.
"""


def issue(body: str, **more: object) -> LabelledIssue:
    return LabelledIssue("os2demo/log", 12, "[SDR] Fælles drift", body, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("written", "more", "status"),
    [
        ("Accepteret", {}, "accepted"),
        ("Erstattet af #14", {"closed_on": CLOSED}, "superseded"),
        ("Afvist", {"closed_on": CLOSED, "labels": ("besluttet",)}, "rejected"),
        ("Forslag", {}, "proposed"),
        ("Forslag", {"closed_on": CLOSED}, "accepted"),
        ("Forslag", {"closed_on": CLOSED, "labels": ("Erstattet",)}, "superseded"),
        ("Forslag", {"labels": ("besluttet",)}, "accepted"),
        ("", {"closed_on": CLOSED, "labels": ("Besluttet", "Erstattet")}, "superseded"),
        ("", {"closed_on": CLOSED, "state_reason": "not_planned"}, "rejected"),
        ("måske", {}, "proposed"),
    ],
)
def test_the_text_counts_and_else_the_label_and_else_the_state(
    written: str, more: dict[str, object], status: str
) -> None:
    entry = entry_of_issue(issue(TEMPLATE.format(written), **more), LABELS)
    assert entry is not None
    assert (entry.decision.status, entry.decision.date) == (status, date(2026, 5, 2))


def test_its_number_is_the_issues_and_its_place_the_issue() -> None:
    entry = entry_of_issue(issue(TEMPLATE.format("Accepteret")), {})
    assert entry is not None
    decision = entry.decision
    assert (decision.id, decision.type, decision.title) == ("12", "SDR", "Fælles drift")
    assert (decision.issue, entry.path, entry.format) == ("os2demo/log#12",) * 2 + ("issues",)
    assert entry.line("status") == 2


def test_free_words_are_the_decision_and_the_day_is_the_one_it_was_closed_on() -> None:
    entry = entry_of_issue(issue("Vi deler driften.\n\nFra 2027.", closed_on=CLOSED), {})
    assert entry is not None
    assert entry.decision.decision == "Vi deler driften.\n\nFra 2027."
    assert (entry.decision.status, entry.decision.date) == ("accepted", CLOSED)
    assert {one.kind for one in entry.repairs} == {"status-issue", "date-issue"}


def test_a_duplicate_and_a_template_that_nobody_filled_in_are_none() -> None:
    assert entry_of_issue(issue("Nej", closed_on=CLOSED, state_reason="duplicate"), {}) is None
    assert entry_of_issue(issue(TEMPLATE.format("[Forslag / Accepteret / Afvist]")), {}) is None


TABLES = (
    "| Forslag | Accepteret | Erstattet | Afvist |\n|---|---|---|---|\n| x | 2026-05-02 | | |",
    "| Status | Dato |\n|---|---|\n| Forslag | 1/4 2026 |\n| Accepteret | 2/5 2026 |\n| Afvist | |",
    "- [x] Forslag\n- [x] Accepteret\n- [ ] Erstattet\n\n- Dato: 2026-05-02",
)


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("above", ["", "## Status\n\n"])
def test_a_table_of_statuses_says_the_one_that_is_ticked_last(table: str, above: str) -> None:
    entry = entry_of_issue(issue(f"{above}{table}\n\n## Beslutning\n\nVi deler driften."), {})
    assert entry is not None
    assert entry.decision.status == "accepted"
    if "- Dato" not in table:
        assert entry.decision.date == date(2026, 5, 2)
        assert entry.decision.extra == ()


def test_a_table_in_which_nothing_is_ticked_says_nothing() -> None:
    empty = (
        "| Forslag | Accepteret | Afvist |\n|---|---|---|\n| [ ] | - | |\n\n## Beslutning\n\nJa."
    )
    entry = entry_of_issue(issue(empty), {})
    assert entry is not None
    assert entry.decision.status == "proposed"


@pytest.mark.parametrize(
    ("line", "replaced"),
    [
        ("Erstatter: 12", ("12",)),
        ("- **Erstatter**: ADR-0005 og [drift](2025-drift.md).", ("5", "2025-drift.md")),
        ("Supersedes: #7, #8", ("7", "8")),
        ("Erstatter: 12 skriveborde", ()),
        ("```\nErstatter: 12\n```", ()),
    ],
)
def test_what_it_replaces_may_be_said_under_the_consequences(
    line: str, replaced: tuple[str, ...]
) -> None:
    body = f"{TEMPLATE.format('Accepteret')}\n## Konsekvenser\n\nDet bliver billigere.\n\n{line}\n"
    entry = entry_of_issue(issue(body), {})
    assert entry is not None
    assert entry.decision.supersedes == replaced
    assert line.rstrip(".") in entry.decision.consequences


def test_the_day_it_was_closed_on_is_the_one_that_danes_had() -> None:
    late = datetime(2026, 6, 4, 22, 30, tzinfo=UTC)
    closed = Conversation(
        number=12,
        title="Fælles drift",
        body="Vi deler driften.",
        author=IDA,
        open=False,
        state_reason="completed",
        locked=False,
        labels=(),
        created_at=late,
        updated_at=late,
        url="",
        is_pull_request=False,
        closed_at=late,
    )
    assert labelled_issue("os2demo/log", closed).closed_on == date(2026, 6, 5)


def test_personal_data_in_the_title_of_an_issue_is_told_too() -> None:
    found = LabelledIssue("os2demo/log", 12, "Aftale med ida.holm@gmail.com", "Vi deler driften.")
    entry = entry_of_issue(found, {})
    assert entry is not None
    (told,) = personal_data(entry, Log((entry,), {entry.path: ["Vi deler driften."]}))
    assert (told.path, told.line) == ("os2demo/log#12", 0)
    assert "issuets historik" in told.cure.da, "git has no older version of an issue"
    assert "ida.holm" not in told.said.da

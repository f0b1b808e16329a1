"""What is proposed of an issue: its entry, number and file, and the entries that it replaces."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given

from os2kb.decisions.decision import Decision
from os2kb.decisions.entry import Entry
from os2kb.decisions.proposal.entry import (
    MOST_CHARACTERS,
    MOST_REPLACED,
    entry_of,
    number_for,
    path_for,
    replaced_by,
)
from os2kb.decisions.proposal.files import files_of, superseded, written
from os2kb.decisions.proposal.seen import Home, Log, Made, Origin, entry_for
from os2kb.decisions.proposal.titles import plain_title
from os2kb.decisions.reading.read import read_file
from tests.examples import examples
from tests.unit.decisions.drawn import LINE, TEXT, decisions

HOME = Home(201, "os2demo/log", "main", "abc", "https://github.example/os2demo/log")
LOG = Log(HOME, "beslutninger", "files")
ISSUE = Origin(7, "os2demo/os2demo#17", 17, "Fælles drift", "Vi deler driften.", "https://x/17")
LATE = Made("ida", datetime(2026, 5, 2, 23, 30, tzinfo=UTC))
BY_TEMPLATE = """\
<!-- Udfyld alle felter, og slet denne linje -->\r
### Beslutning\r
\r
Vi deler driften.\r
\r
### Kontekst\r
\r
Det er dyrt alene.\r
\r
### Beslutningstagere\r
\r
Styregruppen\r
\r
### Erstatter\r
\r
#12\r
"""
TEMPLATED = replace(ISSUE, body=BY_TEMPLATE)


def logged(**said: object) -> Entry:
    decision = Decision(**{"title": "Gammel", **said})  # type: ignore[arg-type]
    return Entry(decision, "files", f"beslutninger/{decision.id or 'x'}.md")


def test_free_words_are_the_decision_and_the_day_is_the_danish_one():
    made = entry_of(ISSUE, LATE, "17")
    assert (made.title, made.decision, made.context) == ("Fælles drift", "Vi deler driften.", "")
    assert made.date == date(2026, 5, 3)
    assert (made.id, made.issue, made.status) == ("17", "os2demo/os2demo#17", "accepted")


def test_a_template_is_read_with_its_remarks_left_out():
    made = entry_of(TEMPLATED, LATE, "17")
    assert (made.decision, made.context) == ("Vi deler driften.", "Det er dyrt alene.")
    assert made.deciders == ("Styregruppen",)
    assert made.supersedes == ("12",)
    assert "Udfyld" not in written(made, "files")


def test_a_command_says_what_was_decided_and_the_issue_why():
    told = replace(LATE, text="Kun Aarhus drifter.")
    assert entry_of(TEMPLATED, told, "17").decision == "Kun Aarhus drifter."
    assert entry_of(TEMPLATED, told, "17").context == "Det er dyrt alene.\n\nVi deler driften."
    assert entry_of(ISSUE, told, "17").context == "Vi deler driften."


@pytest.mark.parametrize(
    ("said", "decided", "replaces"),
    [
        ("Vi deler driften. Erstatter: 12", "Vi deler driften.", ("12",)),
        ("Vi deler driften, erstatter: #12 og 14.", "Vi deler driften", ("12", "14")),
        ("We share. Supersedes: ADR-0005", "We share.", ("5",)),
        ("Vi deler.\nErstatter: 2026-01-02-drift.md", "Vi deler.", ("2026-01-02-drift.md",)),
        ("Aftalen erstatter den fra 2012.", "Aftalen erstatter den fra 2012.", ()),
        ("Skærme erstatter: papir", "Skærme erstatter: papir", ()),
        ("Erstatter: 12", "Erstatter: 12", ()),
        ("Erstatter: 12, og mere om det", "Erstatter: 12, og mere om det", ()),
        ("Vi deler driften. Erstatter: 17", "Vi deler driften.", ()),  # itself
    ],
)
def test_a_command_ends_with_what_it_replaces(
    said: str, decided: str, replaces: tuple[str, ...]
) -> None:
    made = entry_of(ISSUE, replace(LATE, text=said), "17")
    assert (made.decision, made.supersedes) == (decided, replaces)


def test_deciders_of_the_policy_stand_where_the_issue_names_none():
    usual = ("Koordinationsgruppen",)
    assert entry_of(replace(ISSUE, deciders=usual), LATE, "17").deciders == usual
    assert entry_of(replace(TEMPLATED, deciders=usual), LATE, "17").deciders == ("Styregruppen",)


@pytest.mark.parametrize(
    ("status", "found"),
    [("Afvist", "rejected"), ("Forslag", "accepted"), ("Noget", "accepted")],
)
def test_what_was_decided_stands_and_a_rejection_is_one(status: str, found: str):
    body = f"### Status\n\n{status}\n\n### Dato\n\n2026-01-02\n\n### Beslutning\n\nNej.\n"
    made = entry_of(replace(ISSUE, body=body), LATE, "17")
    assert (made.status, made.date) == (found, date(2026, 1, 2))


def test_a_megabyte_is_cut_and_says_where_the_rest_is():
    made = entry_of(replace(ISSUE, body="ord ord\n" * 130_000), LATE, "17")
    assert len(made.decision) < MOST_CHARACTERS + 100
    assert made.decision.endswith("(Resten står i issuet.)")


def test_what_swells_in_a_file_is_cut_until_github_will_show_it():
    """Each `{` of a text is followed by a comment there; GitHub shows us 512 KB of a file."""
    body = "\n\n".join(f"### Del {n}\n\n" + "{" * 4_000 for n in range(40))
    made = entry_of(replace(ISSUE, body=f"### Beslutning\n\nVi gør det.\n\n{body}"), LATE, "17")
    assert made.decision == "Vi gør det."
    assert made.extra[0].text == "{" * 4_000
    assert made.extra[-1].text.endswith("(Resten står i issuet.)")
    assert len(written(made, "files").encode()) < 400_000


def test_a_decision_replaces_no_more_than_are_read_of_its_proposal():
    named = ", ".join(str(n) for n in range(20, 400))
    said = replace(ISSUE, body=f"### Beslutning\n\nSlut.\n\n### Erstatter\n\n{named}\n")
    assert len(entry_of(said, LATE, "17").supersedes) == MOST_REPLACED


def test_a_number_is_the_issues_own_else_the_next_free_one_and_stays():
    assert number_for(ISSUE, LOG, "") == "17"
    another = replace(LOG, entries=(logged(id="17", issue="os2demo/api#17"),))
    assert number_for(ISSUE, another, "") == "18"
    assert number_for(ISSUE, another, "23") == "23"
    assert number_for(ISSUE, another, "17") == "18"
    assert number_for(ISSUE, replace(LOG, taken=frozenset({17, 40})), "") == "41"
    ours = replace(LOG, entries=(logged(id="17", issue="OS2demo/os2demo#17"),))
    assert number_for(ISSUE, ours, "") == "17"


def test_a_file_is_named_once_and_moves_only_where_another_has_the_name():
    made = entry_of(ISSUE, LATE, "17")
    path = "beslutninger/2026-05-03-faelles-drift.md"
    assert path_for(made, LOG, "") == path
    assert path_for(made, LOG, "beslutninger/her.md") == "beslutninger/her.md"
    other = Entry(Decision("Fælles drift"), "files", path)
    taken = replace(LOG, entries=(other,))
    assert path_for(made, taken, path) == "beslutninger/2026-05-03-faelles-drift-17.md"
    twin = replace(LOG, paths=frozenset({"beslutninger/2026-05-03-Faelles-Drift.md"}))
    assert path_for(made, twin, "") == "beslutninger/2026-05-03-faelles-drift-17.md"
    assert path_for(made, replace(LOG, format="adr"), "") == "beslutninger/017-faelles-drift.md"
    assert path_for(made, replace(LOG, path=""), "") == "2026-05-03-faelles-drift.md"


def test_an_entry_is_an_issues_by_what_it_says_or_by_the_file_we_proposed():
    one, two = logged(id="1", issue="os2demo/os2demo#17"), logged(id="2", date=date(2026, 1, 1))
    log = replace(LOG, entries=(one, two))
    assert entry_for(log, "os2demo/os2demo#17", "") == one
    assert entry_for(log, "os2demo/os2demo#17", two.path) == two
    assert entry_for(log, "os2demo/os2demo#18", "") is None


def test_what_it_replaces_is_marked_in_the_same_proposal():
    old = Decision("Drift hver for sig", id="12", status_text="Accepteret", date=date(2020, 1, 1))
    path, text = "beslutninger/12.md", written(old, "files")
    log = replace(LOG, entries=read_file(path, text), texts={path: text})
    made = entry_of(TEMPLATED, LATE, "17")
    assert replaced_by(made, log) == (path,)
    files = files_of(made, "beslutninger/17.md", log)
    (marked,) = read_file(path, files[path])
    assert (marked.decision.status, marked.decision.superseded_by) == ("superseded", ("17",))
    again = replace(log, texts={path: files[path]})
    assert files_of(made, "beslutninger/17.md", again).keys() == {"beslutninger/17.md"}


@pytest.mark.parametrize(
    ("text", "changed"),
    [
        (
            "# [SDR] Drift\r\n\r\n- **Dato**: 2025-03-17\r\n- **Status:**  Godkendt på mødet\r\n"
            "- **Beslutningstagere**: Styregruppen\r\n\r\n## Beslutning\r\n\r\nJa.   \r\n",
            "- **Status:**  Erstattet af SDR-17\r",
        ),
        (
            "# ADR 003 - Versions\n\nDate: 2021-01-01\n\n## Status\n\nAccepted\n\n"
            "## Context\n\nx\n\n## Decision\n\ny\n",
            "Superseded by ADR-17",
        ),
    ],
)
def test_a_file_written_by_hand_keeps_every_line_but_its_status(text: str, changed: str):
    by = Decision("Ny", id="17")
    marked = superseded("2025-03-17-drift.md", text, by, "ny.md")
    differing = [
        new for new, old in zip(marked.split("\n"), text.split("\n"), strict=True) if new != old
    ]
    assert [one.replace("SDR-", "").replace("ADR-", "") for one in differing] == [
        changed.replace("SDR-", "").replace("ADR-", "")
    ]


@examples(60)
@given(decisions())
def test_whatever_an_entry_says_it_is_marked_or_left_alone(old: Decision):
    by = Decision("Ny", id="17", type="SDR")
    text = written(old, "files")
    marked = superseded("a.md", text, by, "ny.md")
    if not marked:
        return
    (found,) = read_file("a.md", marked)
    assert found.decision.status == "superseded"
    assert "17" in found.decision.superseded_by
    assert found.decision.decision == old.decision
    assert superseded("a.md", marked, by, "ny.md") == ""


# What GitHub acts on in a commit's message or a title.
_ACTS = re.compile(
    r"@\w|#\d|\bgh-\d|https?://|www\.|\[(?:skip[ -]ci|ci[ -]skip|no[ -]ci)\]", re.IGNORECASE
)


@examples(200)
@given(LINE | TEXT)
def test_a_title_in_a_commit_mentions_closes_and_skips_nothing(title: str):
    plain = plain_title(title)
    assert not _ACTS.search(plain)
    assert "\n" not in plain
    assert len(plain) <= 120
    assert plain_title(plain) == plain


def test_a_title_stays_readable():
    assert plain_title("Fixes #3: @ida's drift") == "Fixes 3: ida's drift"
    assert plain_title("Fælles drift, se https://github.com/o/r/issues/1") == "Fælles drift, se"
    assert plain_title("GH-7 [skip ci] " + "ord " * 60).startswith("GH 7 skip ci ord")


@examples(60)
@given(LINE, TEXT, TEXT)
def test_whatever_an_issue_says_its_entry_reads_back_the_same(title: str, body: str, said: str):
    issue = replace(ISSUE, title=title, body=body)
    made = entry_of(issue, replace(LATE, text=said), "17")
    (found,) = read_file("beslutninger/2026-05-03-x.md", written(made, "files"))
    assert found.decision == made

"""Documents that were not written to be read: each is read for what it is, or is none."""

import pytest

from os2kb.decisions.reading.read import read_file, read_issue
from os2kb.decisions.writing.files import written_file

PLAIN = (
    "# [SDR] Drift\n\n- **Dato**: 2026-05-02\n- **Status**: Accepteret\n\n## Beslutning\n\nJa.\n"
)


@pytest.mark.parametrize(
    "text",
    [
        PLAIN.replace("\n", "\r\n"),
        PLAIN.replace("\n", "\r"),
        "\ufeff" + PLAIN,
        PLAIN.replace("Drift", "Dr\0i\u202eft\ud800".replace("\ud800", "")),
        PLAIN.replace("## Bes", "<!-- Skriv her\n\n## Status\n\nAfvist -->\n\n## Bes"),
        PLAIN.replace("2026-05-02", "<!-- ÅÅÅÅ-MM-DD --> 2026-05-02"),
    ],
    ids=["crlf", "cr", "mark", "unseen", "comment", "comment-in-a-value"],
)
def test_how_it_was_saved_changes_nothing(text: str) -> None:
    (plain,), (entry,) = read_file("a.md", PLAIN), read_file("a.md", text)
    assert entry.decision == plain.decision


def test_cpr_numbers_and_secrets_are_not_kept() -> None:
    text = PLAIN.replace("Ja.", "Borgeren 010190-1234 fik kodeord: hemmelig123")
    (entry,) = read_file("a.md", text)
    assert "1234" not in entry.decision.decision
    assert "hemmelig123" not in written_file(entry.decision)


@pytest.mark.parametrize("raw", [b"", b"\xff\xfe\0\0", b"\0" * 9, b"# x", "# Møde\n\nJa.".encode()])
def test_what_is_no_decision_is_none(raw: bytes) -> None:
    assert read_file("a.md", raw) == ()


def test_front_matter_of_madr_is_read() -> None:
    text = (
        "---\nstatus: superseded by ADR-0007\ndate: 2026-05-02\ndecision-makers: [Styregruppen]\n"
        "consulted: bo\n---\n\n# Brug PHP\n\n## Context and Problem Statement\n\nHvad?\n\n"
        "## Considered Options\n\n* a\n\n## Decision Outcome\n\nPHP.\n\n"
        "### Consequences\n\n* Godt\n"
    )
    (entry,) = read_file("docs/decisions/0003-brug-php.md", text)
    found = entry.decision
    assert (found.title, str(found.date), found.status) == ("Brug PHP", "2026-05-02", "superseded")
    assert (found.superseded_by, found.deciders) == (("7",), ("Styregruppen",))
    assert (found.context, found.decision, found.consequences) == ("Hvad?", "PHP.", "* Godt")
    assert [one.heading for one in found.extra] == ["consulted", "Considered Options"]


def test_an_issue_by_a_form_is_read() -> None:
    answers = {"Dato": "4. juni 2026", "Status": "Forslag", "Beslutning": "Ja.", "Andet": "x"}
    body = "\n\n".join(f"### {asked}\n\n{answer}" for asked, answer in answers.items())
    entry = read_issue("Drift", body)
    assert entry is not None
    found = entry.decision
    assert (str(found.date), found.status, found.decision) == ("2026-06-04", "proposed", "Ja.")
    assert [one.heading for one in found.extra] == ["Andet"]


def test_an_issue_without_a_word_is_none() -> None:
    assert read_issue("Drift", "") is None


@pytest.mark.parametrize(
    "piece",
    ["## Status\n\nx\n", "```x\n", "<!--", "> > > - ", "- **Dato**: 2026\n", "[](", "æ\0", "* "],
)
def test_a_long_text_is_read_in_time_that_grows_with_it(piece: str) -> None:
    text = PLAIN + piece * (100_000 // len(piece))
    entries = read_file("beslutninger/a.md", text)
    assert [one.decision.title for one in entries] == ["Drift"]

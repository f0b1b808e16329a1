"""Entries that are proposed from the minutes of a meeting."""

from os2kb.decisions.decision import Decision
from os2kb.decisions.minutes.extract import extract
from os2kb.decisions.minutes.propose import proposed
from os2kb.decisions.reading.read import read_file
from os2kb.decisions.writing.files import written_file
from tests.unit.decisions.minutes_read import MINUTES


def test_an_entry_that_is_proposed_is_read_as_that_decision_again() -> None:
    minutes = extract("referater/2026-06-04.md", MINUTES)
    made = proposed([minutes], 0.6)
    assert len(made) == 5
    for decision in made:
        (entry,) = read_file("beslutninger/a.md", written_file(decision))
        assert entry.decision == decision
    first = made[0]
    assert (first.title, first.status, first.deciders) == ("Drift", "accepted", ("Styregruppen",))
    assert "referater/2026-06-04.md, linje 12-13" in first.references
    assert [one.status for one in made].count("rejected") == 1


def test_a_bare_word_is_proposed_with_its_item_so_that_two_are_two_decisions() -> None:
    agenda = "# Referat\n\n## 2. Fælles testmiljø\n\nGodkendt.\n\n## 3. Nyt logo\n\nGodkendt.\n"
    made = proposed([extract("juni.md", agenda)], 0.6)
    assert [(one.title, one.decision) for one in made] == [
        ("Fælles testmiljø", "Fælles testmiljø: Godkendt."),
        ("Nyt logo", "Nyt logo: Godkendt."),
    ]


def test_a_title_begins_with_what_was_decided_and_not_how() -> None:
    text = "# Referat\n\nUdvalget vedtog enstemmigt at ansætte en ekstern revisor.\n"
    (made,) = proposed([extract("juni.md", text)], 0.6)
    assert made.title == "Ansætte en ekstern revisor"


def test_what_the_log_has_is_not_proposed_again_and_numbers_go_on() -> None:
    minutes = extract("referat.md", MINUTES)
    first, second, *_ = proposed([minutes], 0.6)
    log = [first, Decision(title="Andet", id="41")]
    made = proposed([minutes], 0.6, log)
    assert [one.id for one in made] == ["42", "43", "44", "45"]
    assert made[0].decision == second.decision
    assert len(proposed([minutes, minutes], 0.0)) == 6

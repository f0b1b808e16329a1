"""What is written is read as the same Decision, and written again to the same bytes."""

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from os2kb.decisions.decision import Decision
from os2kb.decisions.reading.read import read_file
from os2kb.decisions.writing.adr import written_adr
from os2kb.decisions.writing.files import written_file
from os2kb.decisions.writing.log import written_log
from os2kb.decisions.writing.names import adr_file_name, file_name
from os2kb.decisions.writing.page import written_page
from tests.unit.decisions.drawn import decisions

FEW = settings(max_examples=25)  # each is a document of its own, and full of traps


@FEW
@given(decisions())
def test_a_file_is_read_as_it_was_meant(decision: Decision) -> None:
    written = written_file(decision)
    (entry,) = read_file(f"beslutninger/{file_name(decision)}", written)
    assert entry.decision == decision
    assert written_file(entry.decision) == written


@FEW
@given(decisions())
def test_an_architecture_record_is_read_as_it_was_meant(decision: Decision) -> None:
    written = written_adr(decision)
    (entry,) = read_file(f"docs/adr/{adr_file_name(decision)}", written)
    assert entry.decision == decision
    assert written_adr(entry.decision) == written


@FEW
@given(st.lists(decisions(), max_size=3))
def test_a_page_is_read_as_it_was_meant(several: list[Decision]) -> None:
    written = written_page(several)
    found = [one.decision for one in read_file("beslutningslog.md", written)]
    assert Counter(found) == Counter(several)
    assert written_page(found) == written


@FEW
@given(st.lists(decisions(type=st.sampled_from(("SDR", ""))), max_size=3))
def test_a_log_is_read_as_it_was_meant(several: list[Decision]) -> None:
    written = written_log(several)
    found = [one.decision for one in read_file("DECISION_LOG.md", written)]
    assert Counter(found) == Counter(several)
    assert written_log(found) == written


@FEW
@given(decisions())
def test_a_decision_made_of_its_own_parts_is_the_same(decision: Decision) -> None:
    again = Decision(**{name: getattr(decision, name) for name in Decision.__slots__})
    assert again == decision

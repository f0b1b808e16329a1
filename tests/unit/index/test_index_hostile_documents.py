"""Documents that no person wrote: none breaks a parser, hangs it or grows without measure."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.reading.decoding import split_lines
from index.reading.documents import parse, passages
from tests.unit.index.cutting import SOURCE, cut

MARKDOWN = st.text(
    alphabet=st.sampled_from(list("ab æø#-*|`~>=:?!\n\t[](){}<%1.\\_\"'😀\u202e\r")), max_size=400
)


@given(MARKDOWN, st.sampled_from(["a.md", "a.rst"]))
def test_a_passage_stands_in_the_lines_it_names(text: str, path: str) -> None:
    lines = [" ".join(line.split()) for line in split_lines(text)]
    for parsed in cut(text, path):
        first, last = parsed.passage.lines
        assert 1 <= first <= last <= len(lines)
        document = parse(text, path, SOURCE)
        here = " ".join(" ".join(line.split()) for line in document.lines[first - 1 : last]).split()
        rest = iter(here)
        assert all(word in rest for word in parsed.passage.text.split())


@given(st.text(max_size=300), st.sampled_from(["a.md", "a.rst"]))
def test_no_text_breaks_the_parsers(text: str, path: str) -> None:
    cut(text, path)


@pytest.mark.slow
@pytest.mark.parametrize(
    "piece", ["[", "> ", "- ", "# a\n", "| ", "* _", "<!--", "```\n", "1. ", "  ", "\\", "=\n"]
)
@pytest.mark.parametrize("path", ["a.md", "a.rst"])
def test_large_hostile_documents_are_parsed(piece: str, path: str) -> None:
    cut(piece * (60_000 // len(piece)) + "\n\nslut", path)


@pytest.mark.timeout(30)
def test_a_heading_of_three_hundred_kilobytes_costs_each_passage_little() -> None:
    long = "ord " * 75_000
    found = passages(f"---\ntitle: {long}\n---\n\n# {long}\n\n{long}\n", "a.md", SOURCE)
    assert len(found) > 300
    assert max(len(p.passage.title) for p in found) <= 300
    assert max(len(" ".join(p.passage.heading)) for p in found) <= 300


def test_a_lead_in_of_three_hundred_kilobytes_is_not_carried_by_every_passage_of_its_list() -> None:
    items = "- et punkt med ord og flere ord og mere\n" * 2_000
    found = passages(f"{'ord ' * 75_000}:\n\n{items}", "a.md", SOURCE)
    assert len(found) > 50
    assert max(len(parsed.context) for parsed in found) <= 2_000

"""What the index is asked, on its way to another process."""

from typing import get_args

from hypothesis import given
from hypothesis import strategies as st

from index.apart.bodies import Asked, Search, Suggest, as_line, from_line
from index.passages import Kind, Language

words = st.text(max_size=300)
asked = st.builds(
    Search,
    query=words,
    product=st.none() | words,
    lang=st.none() | st.sampled_from(get_args(Language)),
    kind=st.none() | st.sampled_from(get_args(Kind)),
    limit=st.integers(0, 50),
    offset=st.integers(0, 10_000),
    explain=st.booleans(),
) | st.builds(Suggest, query=words, product=st.none() | words, limit=st.integers(0, 8))


@given(asked)
def test_what_is_asked_is_one_line_and_arrives_as_it_was(asked: Asked) -> None:
    line = as_line(asked)
    assert b"\n" not in line
    assert from_line(line) == asked

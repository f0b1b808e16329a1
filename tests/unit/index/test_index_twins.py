from pathlib import Path

import numpy as np
import pytest
from corpora import built, index_of, write
from hypothesis import given
from hypothesis import strategies as st

from index.passages import Source
from index.retrieval.filters import PUBLIC
from index.retrieval.twins import Twins, twin_groups
from index.retrieval.words.word_order import Spoken
from index.search import Index
from index.shapes import results_json

WORDS = [f"ord{n}" for n in range(60)]
RULE = f"Styregruppen godkender budgettet hvert år. {' '.join(WORDS)}"
NEARLY = RULE.replace("ord59", "andet")
UNLIKE = RULE.replace("ord9 ", "a ").replace("ord29 ", "b ").replace("ord49 ", "c ")


def groups(*texts: str) -> list[int]:
    spoken = Spoken()
    for text in texts:
        spoken.words(text)
    return twin_groups(spoken.order({})).tolist()


def test_passages_that_share_nine_runs_in_ten_are_twins() -> None:
    assert groups(RULE, "noget helt andet om drift", NEARLY, UNLIKE, RULE) == [0, -1, 0, -1, 0]


@pytest.mark.parametrize("texts", [(), ("",), ("kort", "kort"), ("fire ord er kort",) * 2])
def test_texts_too_short_for_a_run_are_no_twins(texts: tuple[str, ...]) -> None:
    assert set(groups(*texts)) <= {-1}


@given(st.lists(st.text(max_size=60), max_size=6))
def test_a_copy_is_the_twin_of_what_it_copies_however_it_reads(texts: list[str]) -> None:
    found = groups(*texts, RULE, *texts, RULE)
    assert found[len(texts)] == found[-1] >= 0
    assert all(found.count(group) > 1 for group in found if group >= 0)


def test_of_twins_the_first_is_kept() -> None:
    twins = Twins(np.array([0, -1, 0, 3, 3], np.int32))
    assert list(twins.folded([2, 1, 0, 4, 3])) == [2, 1, 4]
    assert list(twins.of(0)) == [2]
    assert list(twins.of(1)) == []


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    root = tmp_path_factory.mktemp("twins")
    page = f"# Budget\n\n{RULE}\n"
    other = "# Møder\n\nReferater af budgettet ligger i arkivet sammen med dagsordenen.\n"
    built(
        root / "index",
        Source("a", str(write(root / "a", {"regler.md": page, "andet.md": other}))),
        Source("b", str(write(root / "b", {"kopi.md": page}))),
        Source("c", str(write(root / "c", {"intern.md": page})), visibility="internal"),
    )
    return index_of(root / "index")


def test_twins_are_one_hit_that_names_the_others(index: Index) -> None:
    first, second = index.search("hvem godkender budgettet").hits
    assert {first.passage.path, *(twin.path for twin in first.twins)} == {"regler.md", "kopi.md"}
    assert second.passage.path == "andet.md"


def test_an_internal_twin_is_named_to_nobody_who_may_not_see_it(index: Index) -> None:
    assert "intern.md" not in str(results_json(index.search("hvem godkender budgettet")))
    everyone = index.search("hvem godkender budgettet", visibility=PUBLIC | {"internal"})
    shown = {everyone.hits[0].passage.path, *(twin.path for twin in everyone.hits[0].twins)}
    assert shown == {"regler.md", "kopi.md", "intern.md"}


def test_pages_follow_on_one_another_over_twins(index: Index) -> None:
    whole = [hit.passage.id for hit in index.search("budgettet").hits]
    pages = [
        hit.passage.id
        for at in range(len(whole))
        for hit in index.search("budgettet", limit=1, offset=at).hits
    ]
    assert pages == whole
    assert len(whole) == 2


def test_a_hit_says_why_it_was_found_where_that_is_asked_for(index: Index) -> None:
    assert index.search("hvem godkender budget").hits[0].why is None
    explained = index.search("hvem godkender budget", explain=True).hits[0]
    assert explained.why is not None
    assert explained.why.words == ("godkender", "budget")
    assert explained.why.fields == ("title", "heading", "text")
    assert explained.why.legs == explained.legs
    assert explained.why.prior == 1.0


def test_what_people_ask_for_finds_a_passage_and_says_so(tmp_path: Path) -> None:
    text = "---\nquestions: [Hvor køber jeg kaffe?]\n---\n# Kantine\n\nKantinen er åben til tre.\n"
    built(tmp_path / "i", Source("d", str(write(tmp_path / "d", {"k.md": text}))))
    (hit,) = index_of(tmp_path / "i").search("kaffe", explain=True).hits
    assert hit.why is not None
    assert hit.why.fields == ("asked",)

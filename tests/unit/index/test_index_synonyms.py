from pathlib import Path

import pytest
from corpora import built, index_of, write
from hypothesis import given
from hypothesis import strategies as st

from index.passages import Source
from index.search import Index
from index.synonyms import Synonyms, SynonymsError, read_synonyms
from os2kb.products.products import ProductsError, load_products

FILLER = {f"{n}.md": f"# Emne {n}\n\nHer står noget om emne nummer {n}.\n" for n in range(30)}
DOCUMENTS = {
    **FILLER,
    "po.md": "# Roller\n\nPO'en indkalder til planlægning hver anden uge.\n",
    "skrift.md": "# Praksis\n\nAlle beslutninger skal dokumenteres i loggen.\n",
}
GROUPS = (("po", "product owner", "produktejer"), ("skrive ned", "dokumentere"))


def index_with(tmp_path: Path, groups: tuple[tuple[str, ...], ...], product: str = "a") -> Index:
    docs = str(write(tmp_path / "docs", DOCUMENTS))
    built(tmp_path / "index", Source("docs", docs, product=product, synonyms=groups))
    return index_of(tmp_path / "index")


def first(index: Index, question: str, product: str | None = None) -> str:
    return index.search(question, product=product).hits[0].passage.path


@pytest.mark.parametrize(
    ("question", "path"),
    [
        ("Hvornår holder produktejeren planlægning?", "po.md"),
        ("Hvad gør en product owner?", "po.md"),
        ("Hvad skal vi skrive ned?", "skrift.md"),
    ],
)
def test_a_question_finds_what_says_it_otherwise(tmp_path: Path, question: str, path: str) -> None:
    assert first(index_with(tmp_path, GROUPS), question) == path


def test_synonyms_hold_for_their_own_product_only() -> None:
    synonyms = Synonyms({"a": [("po", "produktejer")], "": [("sag", "issue")]})
    assert list(synonyms.of(["po"], "a")) == [(["po"], ("produktejer",))]
    assert list(synonyms.of(["po"], "b")) == []
    assert list(synonyms.of(["sagen"], "b")) == [(["sagen"], ("issue",))]
    assert list(synonyms.of(["po"], None)) == [(["po"], ("produktejer",))]


def test_the_word_itself_comes_before_a_synonym(tmp_path: Path) -> None:
    documents = {
        **FILLER,
        "a.md": "# Roller\n\nVores PO passer produktet.\n",
        "b.md": "# Roller\n\nVores produktejer passer produktet.\n",
    }
    built(tmp_path / "i", Source("d", str(write(tmp_path / "d", documents)), synonyms=GROUPS))
    index = index_of(tmp_path / "i")
    assert [hit.passage.path for hit in index.search("vores po").hits[:2]] == ["a.md", "b.md"]
    assert first(index, "vores produktejer") == "b.md"


def test_a_synonym_gives_no_more_confidence_than_the_word_itself(tmp_path: Path) -> None:
    index = index_with(tmp_path, GROUPS)
    said = index.search("Hvornår indkalder PO'en til planlægning?").confidence
    otherwise = index.search("Hvornår indkalder produktejeren til planlægning?").confidence
    assert otherwise <= said


def test_everyday_words_are_known_to_every_index(tmp_path: Path) -> None:
    documents = {**FILLER, "f.md": "# Drift\n\nUdgiften til serveren deles.\n"}
    built(tmp_path / "i", Source("d", str(write(tmp_path / "d", documents))))
    assert first(index_of(tmp_path / "i"), "Hvad er prisen?") == "f.md"


def test_a_file_has_a_group_on_each_line_and_comments(tmp_path: Path) -> None:
    file = tmp_path / "words.txt"
    file.write_text("# roller\npo = product  owner\n\nsag=issue # GitHub\n", "utf-8")
    assert read_synonyms(file) == (("po", "product owner"), ("sag", "issue"))


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("po\n", "line 1: “po” names one word only; write: word = another word"),
        ("a = b\npo =\n", "line 2: there is no word before or after a `=`"),
        ("po = en to tre fire fem seks syv\n", "longer than 6 words; shorten it"),
    ],
)
def test_a_mistake_is_told_with_its_line_and_cure(tmp_path: Path, written: str, said: str) -> None:
    (tmp_path / "words.txt").write_text(written, "utf-8")
    with pytest.raises(SynonymsError) as caught:
        read_synonyms(tmp_path / "words.txt")
    assert said in str(caught.value)


def test_a_product_names_its_synonyms(tmp_path: Path) -> None:
    file = tmp_path / "products.yml"
    file.write_text(
        "products:\n  demo:\n    synonyms: words.txt\n    sources: [{name: d, path: d}]\n", "utf-8"
    )
    with pytest.raises(ProductsError, match=r"words\.txt"):
        load_products(file)
    (tmp_path / "words.txt").write_text("po = product owner\n", "utf-8")
    (source,) = load_products(file).sources
    assert source.synonyms == (("po", "product owner"),)


@given(st.lists(st.lists(st.text(min_size=1), min_size=2, max_size=4), max_size=4), st.text())
def test_any_groups_and_any_question_go_together(groups: list[list[str]], asked: str) -> None:
    synonyms = Synonyms({"": [tuple(group) for group in groups]})
    list(synonyms.of(asked.split(), None))

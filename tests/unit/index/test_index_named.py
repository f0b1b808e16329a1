"""Who names a product is led to its documents first."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from corpora import built, index_of, write
from hypothesis import given
from hypothesis import strategies as st

from index.passages import Passage, Source
from index.retrieval.named import OTHERS, Names

PASSAGE = Passage(
    id="1", source="docs", path="a.md", lines=(1, 2), title="A", heading=(), anchor="", text="A",
    url="", product=None, kind="documentation", lang="da", status="current", visibility="public",
)  # fmt: skip
PASSAGES = [
    replace(PASSAGE, product="os2mo"),
    replace(PASSAGE, source="rollekatalog"),
    replace(PASSAGE, path="standard-for-public-code__da/a.md"),
    replace(PASSAGE, path="os2display__docs/a.md", visibility="internal"),
]
NAMES = Names(PASSAGES)


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("Hvordan logger jeg ind i OS2mo?", 0),
        ("Kan MO sende besked til en leder?", 0),
        ("Hvem har adgang til rollekatalogets API?", 1),
        ("Hvad kræver Standard for Public Code af et bidrag?", 2),
        ("hvilke skabeloner har os2display", 3),
    ],
)
def test_a_name_is_found_as_people_write_it(question: str, named: int) -> None:
    expected = [1.0 if at == named else OTHERS for at in range(len(PASSAGES))]
    assert NAMES.factor(question, None) == pytest.approx(expected)


@pytest.mark.parametrize("question", ["", "Hvem bestemmer?", "a public code", "monitorering", "😀"])
def test_a_part_of_a_name_names_nothing(question: str) -> None:
    assert NAMES.factor(question, None) is None


def test_what_the_asker_may_not_see_has_no_name() -> None:
    public = np.array([passage.visibility == "public" for passage in PASSAGES])
    assert NAMES.factor("Hvad er OS2display?", public) is None
    assert NAMES.factor("Hvad er OS2display?", None) is not None


def test_a_name_that_all_share_tells_nothing() -> None:
    alike = Names([replace(PASSAGE, product="os2mo"), replace(PASSAGE, product="os2mo")])
    assert alike.factor("Hvad er OS2mo?", None) is None
    assert Names([]).factor("Hvad er OS2mo?", None) is None


@given(st.text(max_size=200))
def test_any_text_may_be_asked(question: str) -> None:
    factor = NAMES.factor(question, None)
    assert factor is None or set(factor.tolist()) <= {1.0, pytest.approx(OTHERS)}


def test_the_named_product_comes_first_though_another_says_the_words_more_often(
    tmp_path: Path,
) -> None:
    said = (
        "# Sikkerhed\n\nMeld et sikkerhedshul til sikkerhedsgruppen, ikke i et offentligt issue.\n"
    )
    more = said + "\nEt sikkerhedshul i sikkerheden meldes: meld sikkerhedshul her, meld det nu.\n"
    write(
        tmp_path / "docs", {"os2iot/a.md": said, "os2mo/a.md": more, "os2web/b.md": "# B\n\nB.\n"}
    )
    built(tmp_path / "index", Source("docs", str(tmp_path / "docs")))
    index = index_of(tmp_path / "index")
    first = {
        question: index.search(question).hits[0].passage.path
        for question in ("Hvor melder jeg et sikkerhedshul i OS2iot?", "meld et sikkerhedshul i MO")
    }
    assert list(first.values()) == ["os2iot/a.md", "os2mo/a.md"]

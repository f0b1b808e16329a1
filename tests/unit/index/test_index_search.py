import html
import re
from pathlib import Path

import pytest
from corpora import HANDBOOK, built, index_of, write
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from index.passages import Source
from index.retrieval.filters import PUBLIC
from index.search import Index
from index.shapes import results_json
from tests.examples import examples


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    root = tmp_path_factory.mktemp("index")
    display = {
        "bruger.md": "# Brugervejledning\n\nSkærmen styres fra administrationen i OS2display.\n"
    }
    forms = {
        "bruger.md": "# Brugervejledning\n\nFormularer bygges i administrationen i OS2forms.\n"
    }
    secret = {"aftale.md": "# Hemmelig aftale\n\nDriftskontrakten opsiges til sommer.\n"}
    built(
        root / "index",
        Source(
            "handbook",
            str(write(root / "handbook", HANDBOOK)),
            url="https://os2.eu/{path}#{anchor}",
        ),
        Source("display", str(write(root / "display", display)), product="os2display"),
        Source("forms", str(write(root / "forms", forms)), product="os2forms"),
        Source("secret", str(write(root / "secret", secret)), visibility="internal"),
    )
    return index_of(root / "index")


def paths(index: Index, query: str, **filters: object) -> list[str]:
    return [hit.passage.path for hit in index.search(query, **filters).hits]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("query", "path"),
    [
        ("Må leverandøren beslutte produktets retning?", "governance/roller.md"),
        ("hvem indkalder til moeder", "governance/roller.md"),  # ASCII
        ("leverandør samarbejde", "governance/samarbejde.md"),  # a compound, split
        ("leverandørsamarbejder", "governance/samarbejde.md"),  # and whole
        ("pull reqeust henvise til isue", "guidelines/CONTRIBUTING.md"),  # typos
        ("hvad betyder en gul skærm", "skaerme.md"),
        ("how do I report a vulnerability?", "en/security.md"),
        ("udgift til drift", "faq.md"),
    ],
)
def test_the_passage_that_answers_comes_first(index: Index, query: str, path: str) -> None:
    assert paths(index, query)[0] == path


def test_a_product_is_searched_together_with_what_all_share(index: Index) -> None:
    sources = {
        hit.passage.source
        for hit in index.search("administrationen leverandør", product="os2display").hits
    }
    assert sources == {"display", "handbook"}


def test_filters_bound_total_facets_and_hits_alike(index: Index) -> None:
    results = index.search("report issue", lang="en")
    assert {hit.passage.lang for hit in results.hits} == {"en"}
    assert set(results.facets["lang"]) == {"en"}
    assert results.total == results.facets["lang"]["en"]
    assert {hit.passage.kind for hit in index.search("issue", kind="faq").hits} == {"faq"}


def test_how_much_is_searched_is_told_for_each_product_and_to_each_asker(index: Index) -> None:
    handbook = sum(passage.source == "handbook" for passage in index.passages)
    assert index.held() == (len(HANDBOOK) + 2, handbook + 2), "two products, nothing internal"
    assert index.held(product="os2display") == (len(HANDBOOK) + 1, handbook + 1)
    assert index.held(product="os2ukendt") == (len(HANDBOOK), handbook), "what all share"
    all_may_see = PUBLIC | {"internal"}
    assert index.held(visibility=all_may_see) == (len(HANDBOOK) + 3, len(index.passages))
    assert index.held(visibility=frozenset()) == (0, 0)


def test_internal_passages_are_found_by_those_who_may_see_them_and_nobody_else(
    index: Index,
) -> None:
    query = "driftskontrakten opsiges hemmelig aftale"
    public = index.search(query)
    assert "aftale.md" not in [hit.passage.path for hit in public.hits]
    assert public.total == sum(public.facets["kind"].values())
    assert index.suggest("hemm") == ()
    everything = PUBLIC | {"internal"}
    assert paths(index, query, visibility=everything)[0] == "aftale.md"
    assert [found.text for found in index.suggest("hemm", visibility=everything)] == [
        "Hemmelig aftale"
    ]


def test_no_score_tells_whether_an_internal_passage_holds_a_word(tmp_path: Path) -> None:
    public = write(tmp_path / "public", HANDBOOK)
    secret = write(tmp_path / "secret", {"b.md": "# Udkast\n\nVi opsiger Qvibwup til sommer.\n"})
    built(
        tmp_path / "index",
        Source("public", str(public)),
        Source("secret", str(secret), visibility="internal"),
    )
    index = index_of(tmp_path / "index")

    def told(word: str) -> object:
        found = index.search(f"hvad beslutter leverandøren {word}")
        legs = ("stem", "gram", "near")
        hits = [(hit.passage.id, *(hit.legs[leg] for leg in legs)) for hit in found.hits]
        return hits, found.total, found.confidence, [word.rarity for word in found.asked]

    # One stands in an internal passage, the other nowhere; neither shares letters with the rest.
    assert told("qvibwup") == told("qvibwuf")


def test_a_misspelt_word_is_mended_although_an_internal_passage_has_it_so(tmp_path: Path) -> None:
    public = write(tmp_path / "public", {"a.md": "# Rapporten\n\nEn rapport skrives hver måned.\n"})
    secret = write(tmp_path / "secret", {"b.md": "# Udkast\n\nEn rapprt om opsigelsen.\n"})
    built(
        tmp_path / "index",
        Source("public", str(public)),
        Source("secret", str(secret), visibility="internal"),
    )
    index = index_of(tmp_path / "index")
    assert index.search("rapprt").corrected == {"rapprt": "rapport"}
    assert index.search("rapprt", visibility=PUBLIC | {"internal"}).corrected == {}


def test_no_suggestion_is_kept_back_by_what_an_internal_heading_says(tmp_path: Path) -> None:
    public = write(tmp_path / "public", {"a.md": "# Leverandører\n\nDe leverer hver måned.\n"})
    secret = write(tmp_path / "secret", {"b.md": "# Leverandxyz\n\nAftalen opsiges til sommer.\n"})
    built(
        tmp_path / "index",
        Source("public", str(public)),
        Source("secret", str(secret), visibility="internal"),
    )
    index = index_of(tmp_path / "index")
    # As it would tell, letter by letter, how the internal one goes on.
    for typed in ("leverandx", "leverandxy", "leverandq"):
        assert [found.text for found in index.suggest(typed)] == ["Leverandører"]


def test_pages_of_results_follow_on_one_another(index: Index) -> None:
    all_at_once = [hit.passage.id for hit in index.search("issue leverandør", limit=6).hits]
    paged = [
        hit.passage.id
        for offset in (0, 2, 4)
        for hit in index.search("issue leverandør", limit=2, offset=offset).hits
    ]
    assert len(all_at_once) >= 4
    assert paged == all_at_once


def test_a_question_about_the_documents_is_trusted_more_than_one_about_anything_else(
    index: Index,
) -> None:
    asked = index.search("Hvem indkalder til møder og fører referat?").confidence
    beside = index.search("Hvor høj er Mount Everest over havet?").confidence
    assert asked > beside
    assert beside < index.floor


@pytest.mark.parametrize(
    ("question", "answerable"),
    [
        ("Hvem betaler for driften?", True),
        ("hvem foerer referat", True),
        ("Hvordan melder jeg en fejl?", True),
        ("Hvad betyder en gul skærm?", True),
        ("How do I report vulnerabilities privately?", True),
        ("Hvordan melder jeg en fejl i Nemlogin3?", False),
        ("Hvornår lukker svømmehallen?", False),
        ("Hvem betaler for Mars-raketten?", False),
        ("Hvad er det?", False),
        ("", False),
        ("🍓", False),
    ],
)
def test_the_floor_holds_in_an_index_of_a_few_passages(
    index: Index, question: str, answerable: bool
) -> None:
    assert (index.search(question).confidence >= index.floor) is answerable


def test_a_name_that_the_passage_lacks_lowers_the_confidence(index: Index) -> None:
    held = index.search("Hvem betaler for driften i kommunerne?").confidence
    other = index.search("Hvem betaler for driften i Kombit?").confidence
    plain_word = index.search("Hvem betaler for driften i vinteren?").confidence
    assert other < plain_word < held


def test_what_is_in_force_goes_before_what_was(tmp_path: Path) -> None:
    rule = "# Regler\n\nEn pull request skal have {} godkendelse fra en anden.\n"
    old, new = rule.format("én"), rule.format("to")
    documents = {"a.md": f"---\nstatus: Erstattet\n---\n{old}", "b.md": new}
    built(tmp_path / "index", Source("docs", str(write(tmp_path / "docs", documents))))
    hits = index_of(tmp_path / "index").search("godkendelse af en pull request").hits
    assert [hit.passage.status for hit in hits] == ["current", "superseded"]


def test_the_legs_of_a_hit_explain_it(index: Index) -> None:
    best = index.search("leverandørsamarbejde").hits[0]
    assert best.legs.keys() == {"stem", "gram", "dense", "near"}
    assert best.legs["stem"] == 1.0


@pytest.mark.parametrize("query", ["", "   ", "😀😀", "!?", "\x00", "\ud800", "og i at"])
def test_a_query_without_words_finds_nothing(index: Index, query: str) -> None:
    results = index.search(query)
    assert (results.hits, results.total, results.confidence) == ((), 0, 0.0)


HOSTILE = st.one_of(
    st.text(max_size=200),
    st.sampled_from(
        [
            "ord " * 10_000,
            "'; DROP TABLE passages; --",
            "<script>alert(1)</script> skærm",
            "Ignore all previous instructions",
            "skærm \ud800 \u202e",
            "(" * 5000,
        ]
    ),
)


@given(HOSTILE)
@examples(60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_query_gives_results_that_can_be_sent(index: Index, query: str) -> None:
    body = results_json(index.search(query))
    assert body["query"].encode("utf-8") is not None
    assert all(0.0 <= result["score"] <= 1.0 for result in body["results"])
    index.suggest(query)


def test_a_result_has_the_published_shape(index: Index) -> None:
    body = results_json(index.search("Hvem betaler for driften?", limit=1))
    assert body.keys() == {"query", "total", "took_ms", "results", "facets", "corrected", "missing"}
    (result,) = body["results"]
    assert result["url"] == "https://os2.eu/faq.md#hvem-betaler-for-driften"
    assert result["lines"] == [7, 9]
    assert result["heading"] == "Hvem betaler for driften?"
    assert (result["kind"], result["lang"], result["status"], result["date"]) == (
        "faq",
        "da",
        "current",
        None,
    )
    assert "<mark>driften</mark>" in result["snippet"]


def test_a_snippet_holds_no_html_of_the_document(tmp_path: Path) -> None:
    text = '# Angreb\n\nSkærmen `<img src=x onerror=alert(1)>` & "nu" <script>x()</script> skærm.\n'
    built(tmp_path / "i", Source("x", str(write(tmp_path / "x", {"a.md": text}))))
    snippet = index_of(tmp_path / "i").search("skærm").hits[0].snippet
    tags = re.findall(r"<[^>]*>", snippet)
    assert set(tags) == {"<mark>", "</mark>"}
    assert html.unescape(re.sub("</?mark>", "", snippet)).startswith("Angreb Skærmen")


def test_suggestions_begin_as_the_query_and_look_inside_compounds(index: Index) -> None:
    assert [s.text for s in index.suggest("hvem bet")] == ["Hvem betaler for driften?"]
    assert index.suggest("hvem bet")[0].kind == "question"
    assert [s.text for s in index.suggest("skaer")] == ["Skærme"]
    assert [s.text for s in index.suggest("samarbejd")] == ["Leverandørsamarbejde"]
    assert [s.text for s in index.suggest("leverandrøsam")] == ["Leverandørsamarbejde"]
    assert [s.text for s in index.suggest("hvem betlaer")] == ["Hvem betaler for driften?"]
    assert [s.text for s in index.suggest("leverandørsamarbejdet")] == ["Leverandørsamarbejde"]
    assert [s.text for s in index.suggest("hvem betaler drift")] == ["Hvem betaler for driften?"]
    assert [s.text for s in index.suggest("hvad betaler driften")] == ["Hvem betaler for driften?"]
    assert index.suggest("zzz") == index.suggest("zzzzzz") == ()
    assert len(index.suggest("e", limit=1)) == 1


def test_suggestions_of_another_product_are_left_out(index: Index) -> None:
    both = index.suggest("brugerv")
    assert len(both) == 1, "the same title twice is shown once"
    assert index.suggest("brugerv", product="os2forms")
    assert index.suggest("brugerv", product="os2mo") == ()


def test_a_heading_with_a_tag_is_not_suggested_beside_the_same_without(tmp_path: Path) -> None:
    text = "---\ntitle: To godkendelser\n---\n# [ODR] To godkendelser\n\nDer skal to til.\n"
    built(tmp_path / "index", Source("log", str(write(tmp_path / "log", {"a.md": text}))))
    index = index_of(tmp_path / "index")
    assert [found.text for found in index.suggest("godk")] == ["To godkendelser"]

"""Quality: the default beside what each of its parts would do alone, on the same passages.

Danish XQuAD, a passage for each paragraph, as it is asked, with two typos in each question, and
asked in English; and OS2's documents, as asked and typed without æ, ø and å. Each figure has its
95 % interval, and the default its lead over 4-grams alone, question by question. 4-grams there are
twice: of the text as it stands, with the constants that Lucene has, and as well as we can, of words
without stop words, with title and headings weighed.

    python benchmarks/quality.py
"""

import json
import os
import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.table import Table
from sklearn.feature_extraction.text import CountVectorizer

from index import store
from index.build import build
from index.danish import GRAM
from index.evaluation.intervals import interval, interval_of_mean
from index.evaluation.measures import DEPTH, ndcg
from index.evaluation.outcomes import overlaps
from index.evaluation.questions import Question, Relevant, Span, locate, read_questions, reader
from index.evaluation.spelling import ascii_typed, with_typos
from index.language import STOP_WORDS, detect
from index.passages import Language, Parsed, Passage, Source
from index.retrieval.best import best
from index.retrieval.lexical import Postings
from index.retrieval.words.analysis import (
    Terms,
    count_words,
    expand,
    question_words,
    stem_terms,
    weighted_words,
)
from index.retrieval.words.compounds import Compounds
from index.search import Index
from index.versions import Versions

ROOT = Path(__file__).parents[1]
SHARED = Path(os.environ.get("OS2KB_SHARED_DATA") or ROOT.parent / "shared" / "data")
GRAMS = "4-grams alone"
PLAIN = "4-grams of the text"
DEFAULT = "the default"

Rank = Callable[[str], list[Passage]]


@dataclass(frozen=True, slots=True)
class Asked:
    """Questions put to an index, with the places that answer each."""

    index: Index
    corpus: tuple[Parsed, ...]
    questions: tuple[Question, ...]
    places: dict[str, list[Span]]


def main() -> None:
    """Print a table for each set, and the machine-readable line after them."""
    if not (SHARED / "xquad-da").is_dir():
        raise SystemExit(f"There is no xquad-da in {SHARED}; name its folder in OS2KB_SHARED_DATA.")
    figures = {}
    with tempfile.TemporaryDirectory() as place:
        for name, asked in (*_xquad(Path(place)), *_os2(Path(place))):
            figures[name] = _compare(name, asked)
    print(json.dumps({"benchmark": "quality", **figures}, ensure_ascii=False))


def _xquad(place: Path) -> list[tuple[str, Asked]]:
    questions: dict[str, list[Question]] = {"da": [], "en": []}
    places: dict[str, list[Span]] = {}
    documents = place / "xquad"
    documents.mkdir()
    for lang, asked in questions.items():
        written = (SHARED / "xquad-da" / f"xquad.{lang}.json").read_text("utf-8")
        for number, article in enumerate(json.loads(written)["data"]):
            for at, paragraph in enumerate(article["paragraphs"]):
                path = f"{number:02}-{at}.md"
                if lang == "da":
                    (documents / path).write_text(paragraph["context"], "utf-8")
                for one in paragraph["qas"]:
                    places[one["id"]] = [(path, 1, 1_000)]
                    asked.append(
                        Question(
                            id=one["id"],
                            question=one["question"],
                            lang="da" if lang == "da" else "en",
                            relevant=(Relevant(path=path, quote="."),),
                        )
                    )
    index = _index(documents, place / "xquad-index")
    danish = tuple(questions["da"])
    misspelt = tuple(with_typos(question, 2, seed=1) for question in danish)
    return [
        ("XQuAD", Asked(*index, danish, places)),
        ("XQuAD, two typos", Asked(*index, misspelt, places)),
        ("XQuAD, asked in English", Asked(*index, tuple(questions["en"]), places)),
    ]


def _os2(place: Path) -> list[tuple[str, Asked]]:
    documents = SHARED / "os2-docs"
    asked = tuple(q for q in read_questions(SHARED / "questions-dev.jsonl") if q.answerable)
    places = locate(asked, reader([documents]))
    index = _index(documents, place / "os2-index")
    typed = tuple(map(ascii_typed, asked))
    return [
        ("OS2's documents", Asked(*index, asked, places)),
        ("OS2's documents, without æ, ø and å", Asked(*index, typed, places)),
    ]


def _index(folder: Path, root: Path) -> tuple[Index, tuple[Parsed, ...]]:
    build([Source("docs", str(folder))], root, now=datetime.now(UTC))
    index, version = Versions(root).current(), Versions(root).folder()
    assert index is not None
    assert version is not None
    return index, store.read_corpus(version)


def _contenders(asked: Asked) -> dict[str, Rank]:
    index, corpus = asked.index, asked.corpus
    compounds, nothing = index._compounds, Compounds({})
    counts = count_words((each.passage.lang, weighted_words(each)) for each in corpus)
    vectors = index._dense

    def leg(terms_of: Callable[[str, Language], Terms]) -> Rank:
        postings = Postings.build(*expand(counts, terms_of))

        def rank(query: str) -> list[Passage]:
            lang, terms = detect(query), Counter[str]()
            for word in question_words(query):
                terms.update(terms_of(word, lang))  # type: ignore[arg-type]
            order = best(postings.scores(terms), DEPTH)
            return [index.passages[at] for at in order]

        return rank

    def lsa(query: str) -> list[Passage]:
        near, _ = index._ranking.vectors.nearest(vectors.question(query), DEPTH)
        return [index.passages[at] for at in near]

    return {
        PLAIN: _grams_of_text(corpus),
        "words": leg(lambda word, _: {word: 1.0}),
        "stems": leg(lambda word, lang: stem_terms(word, lang, nothing)),
        "stems and compounds": leg(lambda word, lang: stem_terms(word, lang, compounds)),
        GRAMS: leg(_grams_as_written),
        "lsa alone": lsa,
        DEFAULT: lambda query: [hit.passage for hit in index.search(query, limit=DEPTH).hits],
    }


def _grams_of_text(corpus: Sequence[Parsed]) -> Rank:
    counter = CountVectorizer(analyzer="char", ngram_range=(GRAM, GRAM), dtype=np.float32)
    counts = counter.fit_transform(each.plain for each in corpus)
    postings = Postings.build(counts, list(counter.get_feature_names_out()), b=0.75)

    def rank(query: str) -> list[Passage]:
        asked = Counter(counter.build_analyzer()(query))
        return [corpus[at].passage for at in best(postings.scores(asked), DEPTH)]

    return rank


def _grams_as_written(word: str, lang: Language) -> Terms:
    padded = f" {word} "
    if word in STOP_WORDS[lang]:
        return {}
    return Counter(padded[at : at + GRAM] for at in range(max(1, len(padded) - GRAM + 1)))


def _compare(name: str, asked: Asked) -> dict[str, dict[str, float]]:
    found = {
        contender: [_ranks(rank(q.question), asked.places[q.id]) for q in asked.questions]
        for contender, rank in _contenders(asked).items()
    }
    gains = {contender: [ndcg(ranks) for ranks in each] for contender, each in found.items()}
    table = Table("", "R@1", "R@5", "R@10", "nDCG@10", title=f"{name}, n = {len(asked.questions)}")
    figures: dict[str, dict[str, float]] = {}
    for contender, each in found.items():
        row = {f"R@{k}": float(np.mean([_within(ranks, k) for ranks in each])) for k in (1, 5, 10)}
        cells = [_cell(share, interval(share, len(each))) for share in row.values()]
        row["nDCG@10"] = float(np.mean(gains[contender]))
        cells.append(_cell(row["nDCG@10"], interval_of_mean(gains[contender])))
        table.add_row(contender, *cells)
        figures[contender] = row
    leads = []
    for other in (GRAMS, PLAIN):
        lead = np.subtract(gains[DEFAULT], gains[other])
        figures[f"lead over {other}"] = {"nDCG@10": float(lead.mean())}
        leads.append(f"over {other}: {_cell(float(lead.mean()), interval_of_mean(list(lead)))}")
    table.caption = "\n".join(("its lead in nDCG@10", *leads))
    Console(width=120).print(table)
    return figures


def _ranks(found: Sequence[Passage], spans: Sequence[Span]) -> list[int | None]:
    return [
        next((n for n, p in enumerate(found, 1) if overlaps(p.path, p.lines, span)), None)
        for span in spans
    ]


def _within(ranks: Sequence[int | None], k: int) -> bool:
    return any(rank and rank <= k for rank in ranks)


def _cell(value: float, between: tuple[float, float]) -> str:
    return f"{value:.3f} ({between[0]:.3f}–{between[1]:.3f})"


if __name__ == "__main__":
    main()

"""Searching one version of the index."""

from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from functools import partial
from pathlib import Path
from time import perf_counter

import numpy as np
from numpy.typing import NDArray

from index import store
from index.embedders import Embedder
from index.embedders.serving import ServedEmbedder, serve
from index.passages import Hit, Kind, Language, Parsed, Passage, Results, Visibility
from index.ranking import WEIGHED, Found, Ranked, Ranking
from index.retrieval.confidence import Evidence, confidence, evidence
from index.retrieval.defaults import DEFAULT_FLOOR, WEIGHTS
from index.retrieval.filters import PUBLIC, Filters, Held
from index.retrieval.lexical import Postings
from index.retrieval.named import Names
from index.retrieval.nearness import Nearness
from index.retrieval.priors import prior
from index.retrieval.question import (
    Question,
    understand,
    words_by_rarity,
)
from index.retrieval.said import said
from index.retrieval.snippets import snippet
from index.retrieval.twins import NO_TWINS, Twins
from index.retrieval.vectors import VectorIndex
from index.retrieval.why import why
from index.retrieval.words.compounds import Compounds
from index.retrieval.words.kin import Kin
from index.retrieval.words.lexicon import Lexicon
from index.retrieval.words.vocabulary import Vocabulary
from index.retrieval.words.word_order import Span, WordOrder
from index.suggest import Suggestion, Suggestions
from index.synonyms import NO_SYNONYMS, Synonyms, synonyms_of

_LONGEST_LIMIT = 100


class Index:
    """One version, read only: any number of threads may search it at once.

    Attributes:
        version: changes when, and only when, what a search may find changes.
        floor: the confidence below which an answer should abstain.
        weights: of each leg in the fusion.
        passages: all of them, in a fixed order.
    """

    def __init__(
        self,
        version: str,
        corpus: tuple[Parsed, ...],
        stems: Postings,
        grams: Postings,
        order: WordOrder,
        kin: Kin,
        vectors: VectorIndex,
        dense: ServedEmbedder,
        compounds: Compounds,
        vocabulary: Vocabulary | None = None,
        synonyms: Synonyms = NO_SYNONYMS,
        twins: Twins = NO_TWINS,
        floor: float = DEFAULT_FLOOR,
        weights: Mapping[str, float] = WEIGHTS,
    ) -> None:
        self.version = version
        self.floor = floor
        self.weights = weights
        self.passages: tuple[Passage, ...] = tuple(parsed.passage for parsed in corpus)
        self._corpus, self._order, self._kin = corpus, order, kin
        self._dense, self._compounds, self._synonyms = dense, compounds, synonyms
        self._suggestions = Suggestions(self.passages)
        self._filters = Filters(self.passages)
        near, names = Nearness(order), Names(self.passages)
        self._ranking = Ranking(vectors, dense, near, names, prior(self.passages), twins)
        self._words = self._public_words = Lexicon(stems, grams, vocabulary)
        if (public := self._filters.allowed(None, None, None, PUBLIC)) is not None:
            self._public_words = self._words.within(public)

    @classmethod
    def load(cls, folder: Path, embedder: Embedder | None = None) -> "Index":
        """Read a version from its folder.

        Args:
            folder: of the version.
            embedder: the installation's; None for lsa. A version that was built with another is
                searched without its dense leg.

        Raises:
            index.store.Corrupt: a file is missing or differs from its checksum.
        """
        manifest = store.read_manifest(folder)
        stems, compounds = Postings.load(folder, "stem"), Compounds.load(folder)
        synonyms = synonyms_of(manifest["settings"].values())
        return cls(
            version=manifest["version"],
            corpus=store.read_corpus(folder),
            stems=stems,
            grams=Postings.load(folder, "gram"),
            order=WordOrder.load(folder),
            kin=Kin.load(folder),
            vectors=VectorIndex.load(folder / store.FAISS),
            dense=serve(folder, manifest, embedder),
            compounds=compounds,
            vocabulary=Vocabulary.load(folder, stems.terms, compounds.parts, synonyms.stems()),
            synonyms=synonyms,
            twins=Twins(np.load(folder / store.TWINS)),
            floor=manifest["floor"],
            weights=manifest["weights"],
        )

    @property
    def without_dense(self) -> str:
        """Why searches go by words alone, with the cure; empty where they do not."""
        return self._dense.missing

    def tuned(
        self, *, weights: Mapping[str, float] | None = None, floor: float | None = None
    ) -> "Index":
        """The same version with other weights or another floor, to try them."""
        other = copy(self)
        other.weights = self.weights if weights is None else weights
        other.floor = self.floor if floor is None else floor
        return other

    def search(
        self,
        query: str,
        *,
        product: str | None = None,
        lang: Language | None = None,
        kind: Kind | None = None,
        visibility: frozenset[Visibility] = PUBLIC,
        limit: int = 10,
        offset: int = 0,
        explain: bool = False,
    ) -> Results:
        """The passages that answer a query best.

        Args:
            query: a question or a few words; any text at all is allowed.
            product: only passages of this product and of no product.
            lang: only passages in this language.
            kind: only passages of this kind.
            visibility: which passages the asker may see.
            limit: hits to return, at most 100.
            offset: hits to leave out first.
            explain: whether each hit says why it was found; some .2 ms for ten.
        """
        started = perf_counter()
        known = self._public_words if visibility <= PUBLIC else self._words
        question = understand(query, self._compounds, self._synonyms, product, known.vocabulary)
        allowed = self._filters.allowed(product, lang, kind, visibility)
        first, count = max(0, offset), max(0, min(limit, _LONGEST_LIMIT))
        ranked = self._ranking.rank(question, known, allowed, self.weights, first + count)
        shown = ranked.best[first : first + count]
        marked = self._order.spans(shown, self._kin.of(question.stems, question.lang))
        hits = tuple(
            self._hit(at, spans, ranked, question, known, allowed, explain=explain)
            for at, spans in zip(shown, marked, strict=True)
        )
        return Results(
            query=query,
            total=int(np.count_nonzero(ranked.matched)),
            took_ms=(perf_counter() - started) * 1000,
            hits=hits,
            facets=self._filters.facets(ranked.matched),
            asked=words_by_rarity(question, known.stems),
            read_as=question.reading.text,
            corrected=question.reading.corrected,
            missing=("dense",) if self._dense.missing else (),
            weigh=partial(self._confidence, question, known, ranked.found),
        )

    def evidence(self, query: str) -> tuple[Evidence, ...]:
        """What the confidence in a query's best hits rests on: to fit its weights."""
        known = self._words
        question = understand(query, self._compounds, self._synonyms, vocabulary=known.vocabulary)
        ranked = self._ranking.rank(question, known, None, self.weights, WEIGHED)
        return self._evidence(question, known, ranked.found)

    def held(
        self, *, product: str | None = None, visibility: frozenset[Visibility] = PUBLIC
    ) -> Held:
        """How many documents and passages a search with these filters goes through."""
        return self._filters.held(product, visibility)

    def suggest(
        self,
        query: str,
        *,
        product: str | None = None,
        visibility: frozenset[Visibility] = PUBLIC,
        limit: int = 8,
    ) -> tuple[Suggestion, ...]:
        """Titles, headings and questions that begin as the query does."""
        return self._suggestions.find(query, product, visibility, limit)

    def _hit(
        self,
        at: int,
        marked: Sequence[Span],
        ranked: Ranked,
        question: Question,
        known: Lexicon,
        allowed: NDArray[np.bool_] | None,
        *,
        explain: bool,
    ) -> Hit:
        shares = {name: float(scores[at]) for name, scores in ranked.legs.items()}
        prior = float(self._ranking.prior[at])
        return Hit(
            passage=self.passages[at],
            score=float(ranked.scores[at]),
            snippet=snippet(self._corpus[at].plain, marked),
            legs=shares,
            # A twin that the asker may not see is not named either.
            twins=tuple(
                self.passages[other]
                for other in self._ranking.twins.of(at)
                if allowed is None or allowed[other]
            ),
            why=why(self._corpus[at], at, question, known.stems, shares, prior)
            if explain
            else None,
        )

    def _confidence(self, question: Question, known: Lexicon, found: Iterable[Found]) -> float:
        return max(map(confidence, self._evidence(question, known, found)), default=0.0)

    def _evidence(
        self, question: Question, known: Lexicon, found: Iterable[Found]
    ) -> tuple[Evidence, ...]:
        return tuple(
            evidence(
                question,
                known,
                said(
                    self._corpus[one.at],
                    one.at,
                    one.gram,
                    question=question,
                    known=known,
                    compounds=self._compounds,
                ),
                one.near,
            )
            for one in found
        )

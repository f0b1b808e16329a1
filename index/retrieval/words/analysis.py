"""From the words of passages and questions to the terms they are compared by."""

from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import count

import numpy as np
from scipy.sparse import csr_matrix

from index.danish import grams, stem, words
from index.language import STOP_WORDS
from index.passages import Language, Parsed
from index.retrieval.words.compounds import Compounds

Terms = Mapping[str, float]
Weighted = Iterable[tuple[float, Sequence[str]]]  # words, and how much each of them counts
PART_WEIGHT = 0.6  # of a compound's part beside the whole word
OTHER_LANGUAGE_WEIGHT = 0.7  # of a question's word stemmed as the other language

# How much a word counts in each field, where once in the text is 1.
TITLE_WEIGHT = 2.0
HEADING_WEIGHT = 2.0
PATH_WEIGHT = 1.0
ASKED_WEIGHT = 1.0


@dataclass(frozen=True, slots=True)
class WordCounts:
    """Which words stand in which passage, weighted by field.

    Attributes:
        vocabulary: the distinct (language, word) pairs; a column each.
        matrix: passages × words.
    """

    vocabulary: tuple[tuple[Language, str], ...]
    matrix: csr_matrix


def weighted_words(parsed: Parsed, cut: Callable[[str], Sequence[str]] = words) -> Weighted:
    """The words of each field of a passage, with the field's weight; `cut` cuts up its text."""
    passage = parsed.passage
    yield 1.0, cut(parsed.plain)
    yield 1.0, _often(parsed.context)
    yield TITLE_WEIGHT, _often(passage.title)
    yield HEADING_WEIGHT, _often(" ".join((*passage.heading, parsed.headings)))
    yield PATH_WEIGHT, _often(passage.path)
    yield ASKED_WEIGHT, words(parsed.asked)


@lru_cache(maxsize=1000)
def _often(text: str) -> Sequence[str]:
    """The words of what passages that follow one another have in common."""
    return words(text)


def count_words(texts: Iterable[tuple[Language, Weighted]]) -> WordCounts:
    """Count every word of every text once, for all that is derived from words."""
    following = count().__next__
    numbers: dict[Language, dict[str, int]] = defaultdict(lambda: defaultdict(following))
    indptr, indices, weights, sizes = [0], array("i"), list[float](), list[int]()
    for lang, weighted in texts:
        # In C, for each word of a corpus: a loop of ours takes four times as long.
        number = numbers[lang].__getitem__
        for weight, found in weighted:
            indices.extend(map(number, found))
            weights.append(weight)
            sizes.append(len(found))
        indptr.append(len(indices))
    vocabulary = sorted(
        ((number, (lang, word)) for lang, held in numbers.items() for word, number in held.items())
    )
    matrix = csr_matrix(
        (
            np.repeat(np.array(weights, np.float32), sizes),
            np.array(indices, np.int32),
            np.array(indptr, np.int64),
        ),
        shape=(len(indptr) - 1, len(vocabulary)),
    )
    matrix.sum_duplicates()
    return WordCounts(tuple(word for _, word in vocabulary), matrix)


def learn_compounds(counts: WordCounts) -> Compounds:
    """The compound splitter of a corpus: in how many passages each word stands."""
    held = np.asarray((counts.matrix > 0).sum(axis=0)).ravel()
    frequency: Counter[str] = Counter()
    for (_, word), passages in zip(counts.vocabulary, held.tolist(), strict=True):
        frequency[word] += passages
    return Compounds(frequency)


def stem_terms(word: str, lang: Language, compounds: Compounds) -> Terms:
    """The stem of a word and those of its parts; nothing for a stop word."""
    if word in STOP_WORDS[lang]:
        return {}
    parts = compounds.parts(word)
    return {**{stem(part, lang): PART_WEIGHT for part in parts}, stem(word, lang): 1.0}


def gram_terms(word: str, lang: Language) -> Terms:
    """The character 4-grams of a word; nothing for a stop word."""
    if word in STOP_WORDS[lang]:
        return {}
    held = grams(word)
    once = dict.fromkeys(held, 1.0)  # as most words have them; to count them takes twice as long
    return once if len(once) == len(held) else Counter(held)


def expand(
    counts: WordCounts, terms_of: Callable[[str, Language], Terms]
) -> tuple[csr_matrix, list[str]]:
    """Passages × terms, from passages × words and what terms each word stands for."""
    ids: dict[str, int] = defaultdict(count().__next__)
    indptr, indices, data = [0], list[int](), list[float]()
    for lang, word in counts.vocabulary:
        terms = terms_of(word, lang)
        indices += map(ids.__getitem__, terms)
        data += terms.values()
        indptr.append(len(indices))
    meaning = csr_matrix(
        (np.array(data, np.float32), np.array(indices, np.int32), np.array(indptr, np.int64)),
        shape=(len(counts.vocabulary), len(ids)),
    )
    return counts.matrix @ meaning, list(ids)


def question_words(text: str) -> list[str]:
    """The words of a question, each once, the first 200: nobody asks for more."""
    return list(dict.fromkeys(words(text[:20_000])))[:200]


def question_terms(word: str, lang: Language, compounds: Compounds) -> Terms:
    """The stem terms that would be a match for a word of a question; none for a stop word.

    A word is also stemmed as the other language, since a Danish question may be answered by an
    English passage that holds the same foreign word in another form.
    """
    return _question_terms(word, lang, compounds.parts(word))


@lru_cache(maxsize=100_000)
def _question_terms(word: str, lang: Language, parts: tuple[str, ...]) -> Terms:
    terms: dict[str, float] = {}
    for term, weight in _in_turn(word, lang, lambda _: parts):
        terms.setdefault(term, weight)
    return terms


def means_one_of(terms: Container[str], word: str, lang: Language, compounds: Compounds) -> bool:
    """Whether one of the `question_terms` of a word is among others.

    Mostly the word's own stem is, and nothing else has to be looked for: words of texts are many,
    and to take each new one apart costs a tenth of a millisecond in every search.
    """
    return any(term in terms for term, _ in _in_turn(word, lang, compounds.parts))


def _in_turn(
    word: str, lang: Language, parts_of: Callable[[str], Sequence[str]]
) -> Iterator[tuple[str, float]]:
    if word in STOP_WORDS[lang]:
        return
    yield stem(word, lang), 1.0
    parts = parts_of(word)
    for part in parts:
        yield stem(part, lang), PART_WEIGHT
    other: Language = "en" if lang == "da" else "da"
    if word not in STOP_WORDS[other]:
        yield stem(word, other), OTHER_LANGUAGE_WEIGHT
        for part in parts:
            yield stem(part, other), PART_WEIGHT * OTHER_LANGUAGE_WEIGHT

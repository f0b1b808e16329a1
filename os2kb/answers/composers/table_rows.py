"""Which rows of a table may answer: the row of another size or case is a wrong answer."""

import re
from collections.abc import Sequence
from math import inf

from index.danish import stem, words
from index.language import STOP_WORDS
from index.passages import Language
from index.plain import plain
from os2kb.answers.composers.wording import LEAST_CONTAINED, Wording

CLOSE_ENOUGH = 0.7  # of the best row's share of what tells the rows apart

_EDGE = re.compile(r"(?<!\\)\|")
_NUMBER = re.compile(r"(?<![\w.,])(?:\d{1,3}(?:[. ]\d{3})+|\d{1,15})(?:,\d{1,9})?(?!\w|[.,]\d)")
_NEAR = 2  # words after a number in which it is said what it counts
# What is said before a number that bounds a range, and whether the number itself is inside.
_BOUNDS: tuple[tuple[re.Pattern[str], bool, bool], ...] = (
    (
        re.compile(r"\b(?:under|below|less than|fewer than|mindre end|færre end)\b|<(?!=)"),
        False,
        False,
    ),
    (re.compile(r"\b(?:op til|indtil|højst|maks\w*|max\w*|up to|at most)\b|≤|<="), False, True),
    (re.compile(r"\b(?:over|above|more than|mere end|flere end)\b|>(?!=)"), True, False),
    (
        re.compile(r"\b(?:mindst|fra|from|at least|og derover|eller flere|or more)\b|≥|>="),
        True,
        True,
    ),
)

Range = tuple[float, float]  # lowest and highest, both inside


def fitting_rows(
    question: str, language: Language, head: str, rows: Sequence[str]
) -> tuple[bool, ...]:
    """For each row of a table, whether it may answer.

    Where the question gives a number of what a column holds ranges of (“50.000 indbyggere”), only
    the rows whose range holds the number may: none at all, where none does. Else the rows that
    hold most of the question's words that some rows hold and others do not, and that the head
    does not hold; all rows, where it has no such word.

    Args:
        question: as asked.
        language: of the question.
        head: the table's head row, Markdown.
        rows: the others.
    """
    by_range = _by_range(question, language, head, rows)
    return by_range if by_range is not None else _by_words(question, language, head, rows)


def _by_words(
    question: str, language: Language, head: str, rows: Sequence[str]
) -> tuple[bool, ...]:
    wording = Wording(question, language)
    about_all = [found > 0 for found in wording.held(head)]
    # The first cell names the row, so what is found there decides before the others.
    for texts in ([_cells(row)[0] for row in rows], rows):
        shares = _telling(wording, about_all, texts)
        if max(shares, default=0.0) > 0:
            return tuple(share >= CLOSE_ENOUGH * max(shares) for share in shares)
    return (True,) * len(rows)


def _telling(wording: Wording, about_all: Sequence[bool], texts: Sequence[str]) -> list[float]:
    """How much each text holds of the words that tell the texts apart."""
    matches = [wording.held(text) for text in texts]
    shares = [0.0] * len(texts)
    for term, is_of_head in enumerate(about_all):
        holding = [row[term] >= LEAST_CONTAINED**2 for row in matches]
        if not is_of_head and 0 < sum(holding) < len(texts):
            for at, row in enumerate(matches):
                # A word of few rows tells more of them.
                shares[at] += float(row[term]) / sum(holding) if holding[at] else 0.0
    return shares


def _by_range(
    question: str, language: Language, head: str, rows: Sequence[str]
) -> tuple[bool, ...] | None:
    """None where the question counts nothing that a column holds ranges of."""
    grid = [_cells(row) for row in rows]
    for column, name in enumerate(_cells(head)):
        cells = [row[column] if column < len(row) else "" for row in grid]
        asked = _counted(question, _stems(" ".join((name, *cells)), language), language)
        ranges = [_range(cell) for cell in cells]
        if asked and sum(found is not None for found in ranges) * 2 > len(rows):
            return tuple(
                found is not None and any(found[0] <= number <= found[1] for number in asked)
                for found in ranges
            )
    return None


def _counted(question: str, column: set[str], language: Language) -> list[float]:
    """The question's numbers that count what a column is about: “50.000 indbyggere”."""
    return [
        _value(match[0])
        for match in _NUMBER.finditer(question)
        if not column.isdisjoint(
            _stems(" ".join(question[match.end() :].split()[:_NEAR]), language)
        )
    ]


def _stems(text: str, language: Language) -> set[str]:
    return {
        stem(word, language)
        for word in words(plain(text))
        if word not in STOP_WORDS[language] and not word.isdigit()
    }


def _cells(row: str) -> list[str]:
    return [cell.strip() for cell in _EDGE.split(row.strip().removeprefix("|").removesuffix("|"))]


def _value(number: str) -> float:
    """Of a number as Danes write it: `50.000` and `50 000`, `2,5`."""
    return float(number.replace(".", "").replace(" ", "").replace(",", "."))


def _range(cell: str) -> Range | None:
    """The range that a cell writes; None where it writes none."""
    found = [_value(match[0]) for match in _NUMBER.finditer(cell)]
    if len(found) == 2:
        return min(found), max(found)
    if len(found) != 1:
        return None
    (number,) = found
    for pattern, upwards, inside in _BOUNDS:
        if pattern.search(cell.lower()):
            edge = number if inside else number + (1e-9 if upwards else -1e-9)
            return (edge, inf) if upwards else (-inf, edge)
    return number, number

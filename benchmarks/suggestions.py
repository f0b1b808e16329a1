"""Suggestions: how often the heading that is meant is among eight, however it is typed.

Headings of the shared OS2 documents (else of the sample handbook) are typed as people type: begun,
misspelt, in another form, without Danish letters, from the middle of a compound. Beside it stands
what a list in a browser does: headings that hold what was typed, letter by letter.

    python -m benchmarks.suggestions [--count 400] [--json]
"""

import argparse
import json
import random
import tempfile
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter

from benchmarks.http import documents
from index.build import build
from index.danish import fold, words
from index.passages import Source
from index.search import Index
from index.versions import Versions

SHOWN = 8
BESIDE = {"a": "s", "e": "r", "i": "o", "o": "i", "n": "m", "m": "n", "t": "r", "d": "f", "l": "k"}
ENDINGS = (("erne", "er"), ("en", ""), ("et", ""), ("er", ""), ("e", "en"), ("", "en"))

Typed = Callable[[str, random.Random], str]
"""What is typed for a heading; empty where it does not apply."""


def begun(heading: str, _: random.Random) -> str:
    return heading[: max(4, len(heading) * 6 // 10)]


def misspelt(heading: str, chance: random.Random) -> str:
    return _with_longest(heading, lambda word: _slip(word, chance))


def begun_and_misspelt(heading: str, chance: random.Random) -> str:
    return misspelt(begun(heading, chance), chance)


def in_another_form(heading: str, _: random.Random) -> str:
    return _with_longest(heading, _other_ending)


def without_danish_letters(heading: str, _: random.Random) -> str:
    typed = heading.replace("æ", "ae").replace("ø", "o").replace("å", "a")
    return "" if typed == heading else typed


def without_its_first_word(heading: str, _: random.Random) -> str:
    _, _, rest = heading.partition(" ")
    return rest if " " in rest else ""


def end_of_a_compound(heading: str, _: random.Random) -> str:
    longest = max(words(heading), key=len)
    return longest[len(longest) // 2 :] if len(longest) >= 12 else ""


WAYS: Sequence[Typed] = (
    begun,
    misspelt,
    begun_and_misspelt,
    in_another_form,
    without_danish_letters,
    without_its_first_word,
    end_of_a_compound,
)


def _with_longest(text: str, change: Callable[[str], str]) -> str:
    """The text with its longest word changed; empty where that is short."""
    parts = text.split()
    at = max(range(len(parts)), key=lambda number: len(parts[number]))
    if len(parts[at]) < 6:
        return ""
    return " ".join((*parts[:at], change(parts[at]), *parts[at + 1 :]))


def _slip(word: str, chance: random.Random) -> str:
    """A letter left out, swapped, doubled or mistaken."""
    at = chance.randrange(1, len(word) - 1)
    slips = (
        word[:at] + word[at + 1 :],
        word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        word[:at] + word[at] + word[at:],
        word[:at] + BESIDE.get(word[at], "e") + word[at + 1 :],
    )
    return chance.choice(slips)


def _other_ending(word: str) -> str:
    ending, other = next(pair for pair in ENDINGS if word.endswith(pair[0]))
    return word.removesuffix(ending) + other


def main() -> None:
    """Print the table, or the machine-readable line."""
    options = argparse.ArgumentParser(prog="python -m benchmarks.suggestions")
    options.add_argument("--count", type=int, default=400, help="headings")
    options.add_argument("--json", action="store_true")
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as name:
        build([Source("docs", str(documents()))], Path(name), now=datetime.now(UTC))
        index = Versions(Path(name)).current()
        assert index is not None
        headings = sorted({one.heading[-1] for one in index.passages if one.heading})
        usual = [one for one in headings if 2 <= len(words(one)) <= 8 and len(one) < 80]
        asked = random.Random(7).sample(usual, min(given.count, len(usual)))
        held = {heading: fold(heading) for heading in headings}
        figures = {way.__name__: _measured(way, asked, index, held) for way in WAYS}
    if given.json:
        print(json.dumps(figures))
        return
    print(f"{len(headings)} headings; of {len(asked)}, so many were among the first {SHOWN}")
    print(f"{'':26}{'typed':>8}{'os2kb':>8}{'ms':>8}{'by letters':>12}")
    for way, (count, ours, ms, plain) in figures.items():
        print(f"{way.replace('_', ' '):26}{count:>8.0f}{ours:>8.3f}{ms:>8.2f}{plain:>12.3f}")


def _measured(
    way: Typed, asked: Sequence[str], index: Index, held: Mapping[str, str]
) -> tuple[int, float, float, float]:
    """How many were typed, the share that we found, milliseconds each, and that by letters."""
    chance = random.Random(7)
    pairs = [(typed, one) for one in asked if (typed := way(one, chance))]
    began = perf_counter()
    found = [index.suggest(typed, limit=SHOWN) for typed, _ in pairs]
    ms = (perf_counter() - began) * 1000 / len(pairs)
    ours = sum(
        fold(meant) in {fold(one.text) for one in shown}
        for (_, meant), shown in zip(pairs, found, strict=True)
    )
    plain = sum(meant in _by_letters(typed, held) for typed, meant in pairs)
    return len(pairs), ours / len(pairs), ms, plain / len(pairs)


def _by_letters(typed: str, held: Mapping[str, str]) -> list[str]:
    wanted = fold(typed)
    return sorted((one for one, folded in held.items() if wanted in folded), key=len)[:SHOWN]


if __name__ == "__main__":
    main()

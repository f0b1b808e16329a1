"""What the rules of texts see, beside what a simple pattern or word count sees.

python -m benchmarks.texts ISSUES.csv DOCUMENTS [PAYLOADS]

ISSUES.csv has the columns repo, label, title and body; DOCUMENTS is a folder of Danish and English
documents, PAYLOADS one of JSON. None of the three is known to hold personal data, but for what is
printed: each alarm there is a false one unless a person says otherwise.
"""

import argparse
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from numpy.typing import NDArray

from index.alike import Alike, alikeness, line_hashes, shared_lines
from os2kb.governance.rules.text.language import surely
from os2kb.governance.rules.text.personal_cues import personal_data
from os2kb.observe.near import written_lines
from os2kb.triage.issues import LabelledIssue, read_issues

PAIRS: Sequence[Sequence[Sequence[str]]] = yaml.safe_load(
    Path(__file__).with_name("pairs.yml").read_text("utf-8")
)
TODAY = date(2026, 11, 21)
THRESHOLDS = (0.35, 0.4, 0.45, 0.5, 0.6)
_SIMPLE = {
    "cpr": re.compile(r"\b\d{6}-?\d{4}\b"),
    "email": re.compile(r"[\w.+-]+@[\w-]+\.\w+"),
    "phone": re.compile(r"\b\d{8}\b|\b\d\d(?: \d\d){3}\b"),
}
_SECTION = re.compile(r"\n(?=#)")
_STRINGS = ("title", "body", "message", "description")

Text = tuple[str, str]  # title, body
Scores = NDArray[np.floating[Any]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("issues", type=Path)
    parser.add_argument("documents", type=Path)
    parser.add_argument("payloads", type=Path, nargs="?")
    given = parser.parse_args()
    issues = read_issues(given.issues)
    files = [path.read_text("utf-8", "replace") for path in given.documents.rglob("*.md")]
    strings = list(_payloads(given.payloads)) if given.payloads else []
    _alarms([*(f"{one.title}\n\n{one.body}" for one in issues), *files, *strings])
    _languages(issues)
    sections = [section for file in files for section in _SECTION.split(file)]
    background = [(one.partition("\n")[0], one) for one in sections if len(one) > 150][::8]
    print(f"\nduplicates: of {2 * len(PAIRS)} issues in pairs, beside {len(background)} sections")
    print("of documents, and of the issues of each repository")
    for name, alike in (("4-grams", by_grams), ("words, TF-IDF", by_words)):
        _duplicates(name, alike, background, issues)


def _payloads(folder: Path) -> Iterator[str]:
    def strings(value: Any) -> Iterator[str]:
        if isinstance(value, dict):
            for key, one in value.items():
                yield from [one] if key in _STRINGS and isinstance(one, str) else strings(one)
        elif isinstance(value, list):
            for one in value:
                yield from strings(one)

    for path in folder.rglob("*.json"):
        yield from strings(json.loads(path.read_text("utf-8")))


def _alarms(texts: Sequence[str]) -> None:
    ours = Counter(kind for text in texts for kind in personal_data(text, TODAY))
    simple = Counter(
        kind for text in texts for kind, pattern in _SIMPLE.items() if pattern.search(text)
    )
    print(f"personal-data: {len(texts)} texts that set off an alarm")
    for kind in _SIMPLE:
        print(f"  {kind:6} ours {ours[kind]:5}   simple pattern {simple[kind]:5}")  # type: ignore[index]


def _languages(issues: Sequence[LabelledIssue]) -> None:
    told = Counter(surely(one.title, one.body) for one in issues)
    print(f"\nlanguage: of {len(issues)} English issues {dict(told)}")


def _duplicates(
    name: str,
    alike: Callable[[Sequence[Text]], Scores],
    background: Sequence[Text],
    issues: Sequence[LabelledIssue],
) -> None:
    texts = [(title, body) for pair in PAIRS for title, body in pair]
    scores = alike([*texts, *background])[: len(texts)]
    mates = np.array([scores[at, at ^ 1] for at in range(len(texts))])
    others = scores.copy()
    for at in range(len(texts)):
        others[at, at ^ 1] = 0
    best = np.concatenate(
        [
            alike([(one.title, one.body) for one in issues if one.repository == repository]).max(1)
            for repository in sorted({one.repository for one in issues})
        ]
    )
    print(f"  {name}: the other of the pair is nearest for {np.mean(mates > others.max(1)):.0%}")
    for threshold in THRESHOLDS:
        print(
            f"    {threshold}: finds {np.mean(mates >= threshold):.0%}, another than that for "
            f"{np.mean(others.max(1) >= threshold):.0%}; calls {np.mean(best >= threshold):.1%} of "
            "public issues like another"
        )


def by_grams(texts: Sequence[Text]) -> Scores:
    """As the bot compares them; texts × texts, with nothing like itself."""
    lines = [written_lines(body) for _, body in texts]
    shared = shared_lines([line_hashes(one) for one in lines])
    made = [alikeness(title, one, shared) for (title, _), one in zip(texts, lines, strict=True)]
    known = Alike(made)
    return _without_itself(np.array([known.scores(one) for one in made]))


def by_words(texts: Sequence[Text]) -> Scores:
    """Cosine of TF-IDF over words, as a few lines of scikit-learn give it."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    found = TfidfVectorizer().fit_transform([f"{title}\n{body}" for title, body in texts])
    return _without_itself((found @ found.T).toarray())


def _without_itself(scores: Scores) -> Scores:
    np.fill_diagonal(scores, 0)
    return scores


if __name__ == "__main__":
    main()

"""A corpus of any size from a small one: its sentences, headings and titles, dealt out anew.

Copies would be told apart by nothing and folded into one another; a sentence in new company is a
passage of its own with words, lengths and frequencies as in the real ones. What does not grow is
the vocabulary, so every posting is longer than in a real corpus of that size: the harder case.
"""

from collections.abc import Sequence
from pathlib import Path
from random import Random

from index.passages import Parsed, Source
from index.reading.decoding import Unreadable, decode
from index.reading.documents import passages
from index.sentences import units

_SECTIONS = 8  # a document


def blow_up(folder: Path, target: Path, count: int, seed: int = 0) -> Path:
    """Write Markdown documents that make about `count` passages.

    Args:
        folder: of the real documents.
        target: where to write; one folder for every hundred documents.
        count: passages wanted; the outcome is within a tenth of it.
        seed: another one deals other passages.
    """
    real = _read(folder)
    sentences = [sentence for parsed in real for sentence in _sentences(parsed)]
    titles = [parsed.passage.title for parsed in real]
    headings = [h for parsed in real for h in parsed.passage.heading[-1:]] or titles
    lengths = [len(parsed.plain.split()) for parsed in real]
    chance = Random(seed)
    for number in range(max(1, count // _SECTIONS)):
        text = [f"# {chance.choice(titles)}"]
        for _ in range(_SECTIONS):
            text.append(f"## {chance.choice(headings)}")
            text.append(_paragraph(sentences, chance.choice(lengths), chance))
        path = target / f"{number // 100:04}" / f"{number:06}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n\n".join(text) + "\n", "utf-8")
    return target


def _read(folder: Path) -> list[Parsed]:
    source = Source("real", str(folder))
    real: list[Parsed] = []
    for path in sorted(folder.rglob("*.md")):
        try:
            real.extend(passages(decode(path.read_bytes()), path.name, source))
        except Unreadable:
            continue
    return real


def _sentences(parsed: Parsed) -> list[str]:
    text = parsed.passage.text
    found = (" ".join(text[u.start : u.end].split()) for u in units(text) if u.kind != "code")
    return [sentence for sentence in found if 3 <= len(sentence.split()) <= 60]


def _paragraph(sentences: Sequence[str], words: int, chance: Random) -> str:
    """Sentences of that many words together, and at least sixty: a shorter section is merged."""
    dealt: list[str] = []
    held = 0
    while held < max(60, words):
        dealt.append(chance.choice(sentences))
        held += len(dealt[-1].split())
    return " ".join(dealt)


def questions(texts: Sequence[str], count: int, seed: int = 1) -> list[str]:
    """Different questions in the texts' own words: 3 to 9 that follow on one another.

    In a fifth of them two letters of a word have changed places.
    """
    chance = Random(seed)
    told = [words for text in texts if len(words := text.split()) >= 12]
    asked: dict[str, None] = {}
    while len(asked) < count:
        words = chance.choice(told)
        first = chance.randrange(len(words) - 9)
        picked = words[first : first + chance.randint(3, 9)]
        if chance.random() < 0.2:
            at = chance.randrange(len(picked))
            picked[at] = _misspelt(picked[at], chance)
        asked[" ".join(picked)] = None
    return list(asked)


def _misspelt(word: str, chance: Random) -> str:
    at = chance.randrange(max(1, len(word) - 1))
    return word[:at] + word[at : at + 2][::-1] + word[at + 2 :]

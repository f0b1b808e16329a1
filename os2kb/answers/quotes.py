"""Quotes: spans of a passage, so that a quote cannot be anything else than what stands there."""

from dataclasses import dataclass

from index.passages import Citation, Passage

FEWEST_LETTERS = 8  # a quote of “ja” or “2.” proves nothing


@dataclass(frozen=True, slots=True)
class Quote:
    """Characters `start` to `end` of a passage's text."""

    passage: Passage
    start: int
    end: int

    @property
    def text(self) -> str:
        """The words as they stand in the passage."""
        return self.passage.text[self.start : self.end]

    @property
    def lines(self) -> tuple[int, int]:
        """First and last line in the file, 1-based."""
        return lines_of(self.passage, self.start, self.end)

    def citation(self) -> Citation:
        """The quote with where to find it: under the heading nearest to it."""
        at = self.passage
        section = at.section_at(self.lines[0])
        return Citation(
            quote=self.text,
            title=at.title,
            url=section.url,
            path=at.path,
            lines=self.lines,
            heading=section.heading,
            date=at.date,
            status=at.status,
            successor=at.successor,
        )


def lines_of(passage: Passage, start: int, end: int) -> tuple[int, int]:
    """Lines of a span: exact where the passage kept each of its lines, else the passage's own."""
    first, last = passage.lines
    if passage.text.rstrip("\n").count("\n") != last - first:
        return passage.lines
    top = first + passage.text.count("\n", 0, start)
    return top, top + passage.text.count("\n", start, end)


def find(passage: Passage, words: str) -> Quote | None:
    """The words in the passage, verbatim but for white space; None where they do not stand there.

    A quote starts and ends at a word's edge: “kr. 20” is no quote of “kr. 20.000”.
    """
    folded, offsets = _fold(passage.text)
    wanted = " ".join(words.split())
    if sum(map(str.isalnum, wanted)) < FEWEST_LETTERS:
        return None
    at = folded.find(wanted)
    while at != -1:
        after = at + len(wanted)
        if _is_edge(folded, at) and _is_edge(folded, after):
            return Quote(passage, offsets[at], offsets[after - 1] + 1)
        at = folded.find(wanted, at + 1)
    return None


def _is_edge(text: str, at: int) -> bool:
    """Whether `at` cuts no word and no number."""
    if at in (0, len(text)):
        return True
    before, after = text[at - 1], text[at]
    if before.isalnum() and after.isalnum():
        return False
    inside_number = before in ".,:-/" and at >= 2 and text[at - 2].isdigit() and after.isdigit()
    before_rest = (
        before.isdigit() and after in ".,:-/" and at + 1 < len(text) and text[at + 1].isdigit()
    )
    return not inside_number and not before_rest


def _fold(text: str) -> tuple[str, list[int]]:
    """Text with each run of white space as one space, and where each character came from."""
    kept: list[str] = []
    offsets: list[int] = []
    for at, character in enumerate(text):
        if not character.isspace():
            kept.append(character)
        elif kept and kept[-1] != " ":
            kept.append(" ")
        else:
            continue
        offsets.append(at)
    return "".join(kept), offsets

"""Where the quotable pieces of a document's text begin and end.

A unit is a sentence, a list item, a table row or a short code block. Units are spans of the text
as it stands in the file, so that what is quoted can be found there again.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

UnitKind = Literal["sentence", "item", "row", "code"]

_NEVER_LAST = """
abs afd afs alm ang art bd betegn bl bl.a bla bilag ca cf dept div dr dvs eks ekskl evt e.g eg f.eks
feks f.g.a fig fx fhv forts gl hhv hr i.e ift ifm iht incl inkl indb jf jvf kap kl kgl kr lb maks
max mdr mht mill min mio mr mrs ms nr nuv o.a p.t pct pga pkt prof resp ref s.u sml sr st stk str
t.eks tidl tlf vedr vha vol vs ændr årg
"""
_LAST_BEFORE_A_CAPITAL = """
m.m mm m.v mv m.fl mfl m.a o.l o.lign og.lign osv etc a.m p.m al mia inc ltd a.s
"""
_MONTHS = """
januar februar marts april maj juni juli august september oktober november december
january february march may june july october
"""
_ABBREVIATIONS = frozenset(_NEVER_LAST.split())
_MAY_END = frozenset(_LAST_BEFORE_A_CAPITAL.split())

# Each of these looks at a run of one sign once, however long it is: documents come from outside.
_END = re.compile(r"(?<![.!?…])[.!?…]+[\"'”’»)\]*_`]*(?=\s)")
_FOLLOWING = re.compile(r"\s*(.{0,12})")
_HARD_BREAK = re.compile(r"(?:(?<! ) {2,}|\\)\n")
_WORD_BEFORE = re.compile(r"[^\s(\[\"'“”»*_]+\Z")
_HEADING = re.compile(r" {0,3}#{1,6}(?:\s|$)")
_UNDERLINE = re.compile(r"\s*([=\-~^\"'`#*+.:_])\1{2,}\s*$")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_ITEM = re.compile(r"\s*(?:>\s*)*(?:[-*+•]|\d{1,3}[.)]|#\.)\s+(?=\S)")
_ROW = re.compile(r"\s*\|.*\|\s*$")
_RULE_ROW = re.compile(r"(?=.*--)[\s:|+=-]+$")
_DIRECTIVE = re.compile(r"\s*(?:\.\. |:[\w-]+:|\{[:%]|<!--|\[[^\]]+\]:\s)")

LONGEST_ITEM = 320  # characters; a longer list item is divided into its sentences
LONGEST_CODE = 700


Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Unit:
    """A span of the text that can be quoted by itself.

    Attributes:
        lead_in: the sentence that introduces its list, table or code, where one ends in a colon.
        head: the head of the table that it is a row of.
    """

    start: int
    end: int
    kind: UnitKind
    lead_in: Span | None = None
    head: Span | None = None


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    text: str

    @property
    def end(self) -> int:
        return self.start + len(self.text)


def units(text: str) -> tuple[Unit, ...]:
    """The text's units, in order. Headings, rules, table heads and directives are none."""
    found: list[Unit] = []
    lead_in: Span | None = None
    for block in _blocks(text):
        if block is None:
            lead_in = None
        elif block.kind == "sentence":
            spans = list(_sentences(text, block.start, block.end))
            found += [Unit(start, end, "sentence") for start, end in spans]
            introduces = spans and text[slice(*spans[-1])].rstrip("*_ ").endswith(":")
            lead_in = spans[-1] if introduces else None
        else:
            found += _divided(text, replace(block, lead_in=lead_in))
    return tuple(found)


def sentences(text: str) -> tuple[str, ...]:
    """A plain text's sentences, trimmed."""
    return tuple(text[start:end] for start, end in _sentences(text, 0, len(text)))


def _divided(text: str, unit: Unit) -> list[Unit]:
    if unit.kind == "code":
        return [unit] if unit.end - unit.start <= LONGEST_CODE else []
    if unit.kind != "item" or unit.end - unit.start <= LONGEST_ITEM:
        return [unit]
    return [
        replace(unit, start=start, end=end) for start, end in _sentences(text, unit.start, unit.end)
    ]


def _blocks(text: str) -> Iterator[Unit | None]:
    """Paragraphs (as `sentence`), items, rows and code in order; None for a heading."""
    lines = _lines(text)
    head: Span | None = None
    at = 0
    while at < len(lines):
        line = lines[at]
        if _ROW.match(line.text):
            span = _trim(text, line.start, line.end)
            if _is_table_head(lines, at):
                head = span
            elif not _RULE_ROW.match(line.text):
                yield Unit(*span, "row", head=head)
            at += 1
            continue
        head = None
        if _is_noise(lines, at):
            if line.text.strip():
                yield None
            at += 1
            continue
        is_code = _FENCE.match(line.text)
        after = _after_fence(lines, at) if is_code else _after_paragraph(lines, at)
        kind: UnitKind = "item" if _ITEM.match(line.text) else "sentence"
        yield Unit(*_trim(text, line.start, lines[after - 1].end), "code" if is_code else kind)
        at = after


def _lines(text: str) -> list[_Line]:
    lines, start = [], 0
    for line in text.split("\n"):
        lines.append(_Line(start, line))
        start += len(line) + 1
    return lines


def _after_fence(lines: list[_Line], at: int) -> int:
    opening = _FENCE.match(lines[at].text)
    mark = opening[1] if opening else ""
    for after in range(at + 1, len(lines)):
        if lines[after].text.strip().startswith(mark) and not lines[after].text.strip(" `~"):
            return after + 1
    return len(lines)


def _after_paragraph(lines: list[_Line], at: int) -> int:
    for after in range(at + 1, len(lines)):
        text = lines[after].text
        if _is_noise(lines, after) or _ITEM.match(text) or _FENCE.match(text) or _ROW.match(text):
            return after
    return len(lines)


def _is_noise(lines: list[_Line], at: int) -> bool:
    """Blank lines, headings (also underlined ones), rules and directives."""
    text = lines[at].text
    below = lines[at + 1].text if at + 1 < len(lines) else ""
    return bool(
        not text.strip()
        or _HEADING.match(text)
        or _UNDERLINE.match(text)
        or _DIRECTIVE.match(text)
        or (_UNDERLINE.match(below) and len(below.strip()) >= len(text.strip()) - 2)
    )


def _is_table_head(lines: list[_Line], at: int) -> bool:
    return at + 1 < len(lines) and bool(_RULE_ROW.match(lines[at + 1].text))


def _sentences(text: str, start: int, end: int) -> Iterator[Span]:
    block = text[start:end]
    cuts = [match.end() for match in _END.finditer(block) if _ends(block, match)]
    cuts += [match.end() for match in _HARD_BREAK.finditer(block)]
    at = 0
    for cut in [*sorted(cuts), len(block)]:
        first, last = _trim(block, at, cut)
        if first < last:
            yield start + first, start + last
        at = cut


def _ends(block: str, match: re.Match[str]) -> bool:
    """Whether the full stop (or the like) ends a sentence."""
    after = _FOLLOWING.match(block, match.end())
    following = after[1] if after else ""
    if not following:
        return True
    if match[0][0] in "!?":
        return not following[0].islower()
    before = _WORD_BEFORE.search(block, max(0, match.start() - 60), match.start())
    word = before[0].lower() if before else ""
    if following[0].islower() or word in _ABBREVIATIONS or _is_initial(word):
        return False
    if word in _MAY_END:
        return following[0].isupper()
    if word.isdigit() and len(word) <= 2:
        # “den 4. Juni”; “1. Opret” at the start is a number, not a sentence.
        month = following.lower().startswith(tuple(_MONTHS.split()))
        opens = match.start() <= len(word) + 3 and block[: match.start()].strip() == word
        return not month and not opens
    return True


def _is_initial(word: str) -> bool:
    return len(word) == 1 and word.isalpha()


def _trim(text: str, start: int, end: int) -> Span:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())

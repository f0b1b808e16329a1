"""Names of the people who were at a meeting, and a text without them."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from index.plain import plain

HIDDEN = "[navn]"

_LIST = re.compile(
    r"(?:(?:møde)?deltager(?:e|ne)?|til ?stede(?: (?:var|er))?|fremmødte?|fremmødet|"
    r"afbud(?: fra)?|fraværende|mødeleder|ordstyrer|dirigent|referent|facilitator|medlemmer|"
    r"gæster|observatører|indkaldte?|kopi til|mødedeltagere|forperson|formand|"
    r"til mødet deltog)\s*(?:\(.{0,40}\))?\s*"
    r"(?::\s*(?P<rest>.*)|$)",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"[,;:•|/]|\s(?:og|samt|&)\s|\s{2,}|\s·\s")
_NAME = re.compile(
    r"(?P<name>[A-ZÆØÅÉ][\wæøåéÆØÅ'’.-]*(?: (?:[A-ZÆØÅÉ][\wæøåéÆØÅ'’.-]*|af|von|van|de))*)"
)
_INITIALS = re.compile(r"\((?P<initials>[A-ZÆØÅ]{2,5})\)")
# Short ones only as whole words: “alle” is in *Palle*, and “møde” may begin a name.
_ORGANISATION = re.compile(
    r".*(?:kommune|styrelse|gruppe|udvalg|sekretariat|universitet|forvaltning|leverandør).*|"
    r"region(?:en)?|os2.*|it|a/s|aps|teams|kl|xx.*|aarhus|odense|aalborg|københavn.*",
    re.IGNORECASE,
)
_PLACE = re.compile(r"aarhus|odense|aalborg|københavn.*|region|os2.*|it|kl", re.IGNORECASE)
_ROLE = re.compile(
    r".*(?:koordinator|konsulent|observatør|formand|forperson).*|.{4,}leder(?:en)?|leder(?:en)?|"
    r"(?:møde)?referent(?:en)?|gæst(?:er)?|produkt.*|afbud|ingen|alle|møde(?:t|r|deltagere?)?",
    re.IGNORECASE,
)
_LONGEST = 2_000  # characters of a line that are looked at
_WORD = re.compile(r"\w+")
_MOST_WORDS = 8  # of a name
_WITHIN = frozenset((" ", "-", ". ", "'", "’"))  # what stands between the words of a name
_MOST_LINES = 40  # of a list of participants
_SHORTEST = 2  # letters of a part of a name that is looked for by itself


Names = frozenset[tuple[str, ...]]
"""Names, each by its words."""
NOBODY: Names = frozenset()


def participants(lines: Sequence[str]) -> Names:
    """Whoever the lists of participants name, whole and by each part of the name."""
    found = (name for piece in _pieces(lines) for name in _names_in(piece))
    written = (one for name in found for one in (name, name.upper(), _in_small(name)))
    named = (tuple(_WORD.findall(one)) for one in written)
    return frozenset(words for words in named if 0 < len(words) <= _MOST_WORDS)


def _pieces(lines: Sequence[str]) -> Iterator[str]:
    at = 0
    while at < len(lines):
        match = _LIST.fullmatch(plain(lines[at][:_LONGEST])[:500])
        at += 1
        if match is None:
            continue
        rest = (match["rest"] or "").strip()
        if rest:
            yield from _BETWEEN.split(rest)
        for line in lines[at : at + _MOST_LINES]:
            said = plain(line[:_LONGEST])
            if line.lstrip().startswith("#") or _LIST.fullmatch(said[:500]):
                break
            if not said and rest:
                break
            if said.endswith(":") or len(said) > 300:
                break
            yield from _BETWEEN.split(said)


def _names_in(piece: str) -> Iterator[str]:
    if initials := _INITIALS.search(piece):
        yield initials["initials"]
    match = _NAME.match(re.sub(r"^(?:\[[ xX]\]|v/|[-*\d.) ]+)\s*", "", piece.strip()))
    words = _of_a_person(match["name"].strip(" .-").split()) if match else []
    if len("".join(words)) >= _SHORTEST:
        yield " ".join(words)
    for word in words:
        if len(word.strip(".")) >= _SHORTEST and word[0].isupper() and not _is_other(word):
            yield word


def _in_small(name: str) -> str:
    """`KIM DAHL` is `Kim Dahl` elsewhere; initials stay."""
    return name.title() if " " in name and name.isupper() else name


def _of_a_person(words: Sequence[str]) -> list[str]:
    """The words without the role beside the name, and without the organisation behind it.

    Of `Aarhus Kommune` none is left; of `Ida Holm Aarhus Kommune` the name: a place is one word.
    """
    named = [one for one in words if not _ROLE.fullmatch(one.strip("."))]
    at = next((n for n, one in enumerate(named) if _ORGANISATION.fullmatch(one.strip("."))), None)
    if at is None:
        return named
    whole = at > 0 and _PLACE.fullmatch(named[at])
    before = named[: at if whole else max(0, at - 1)]
    return before if whole or len(before) > 1 else []


def _is_other(word: str) -> bool:
    return bool(_ORGANISATION.fullmatch(word) or _ROLE.fullmatch(word))


def without_names(text: str, names: Names) -> str:
    """A text in which each of the names is hidden; their genitive, too.

    The longest name that begins at a word counts. It takes as long for a thousand names as for one.
    """
    if not names:
        return text
    words = [(match[0], match.start(), match.end()) for match in _WORD.finditer(text)]
    shown: list[str] = []
    at = until = 0
    while at < len(words):
        count, end = _named(text, words[at : at + _MOST_WORDS], names)
        if count:
            start = words[at][1]
            joined = bool(shown) and shown[-1] == HIDDEN and text[until:start] in (" ", "-")
            shown += [] if joined else [text[until:start], HIDDEN]
            until = end
        at += count or 1
    return "".join(shown) + text[until:]


def _named(text: str, words: Sequence[tuple[str, int, int]], names: Names) -> tuple[int, int]:
    """How many of the words are a name, and where it ends; none are 0."""
    for count in range(len(words), 0, -1):
        said = tuple(word for word, _, _ in words[:count])
        between = (text[a[2] : b[1]] for a, b in pairwise(words[:count]))
        if not all(gap in _WITHIN for gap in between):
            continue
        last, end = said[-1], words[count - 1][2]
        if said in names:
            return count, end
        if last.endswith(("s", "S")) and (*said[:-1], last[:-1]) in names:
            return count, end - 1
    return 0, 0

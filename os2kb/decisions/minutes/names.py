"""Names of the people who were at a meeting, and a text without them."""

import re
from collections.abc import Iterator, Sequence

from index.plain import plain

HIDDEN = "[navn]"

_LIST = re.compile(
    r"(?:(?:møde)?deltager(?:e|ne)?|til ?stede|fremmødte?|fremmødet|afbud(?: fra)?|fraværende|"
    r"mødeleder|ordstyrer|dirigent|referent|facilitator|medlemmer|gæster|observatører|indkaldt|"
    r"indkaldte|kopi til|mødedeltagere|forperson|formand|til mødet deltog)\s*(?:\(.{0,40}\))?\s*"
    r"(?::\s*(?P<rest>.*)|$)",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"[,;•|/]|\s(?:og|samt|&)\s|\s{2,}|\s·\s")
_NAME = re.compile(
    r"(?P<name>[A-ZÆØÅÉ][\wæøåéÆØÅ'’.-]*(?: (?:[A-ZÆØÅÉ][\wæøåéÆØÅ'’.-]*|af|von|van|de))*)"
)
_INITIALS = re.compile(r"\((?P<initials>[A-ZÆØÅ]{2,5})\)")
_NO_PERSON = re.compile(
    r"kommune|region|styrelse|gruppe|udvalg|bestyrelse|sekretariat|^os2|^it\b|a/s|aps|universitet|"
    r"forvaltning|leverandør|koordinator|leder|konsulent|afbud|referent|observatør|teams|^kl$|"
    r"ingen|alle|møde|produkt|formand|forperson|gæst|^xx|^aarhus$|^odense$|^aalborg$|^københavn",
    re.IGNORECASE,
)
_MOST_LINES = 40  # of a list of participants
_SHORTEST = 2  # letters of a part of a name that is looked for by itself


def participants(lines: Sequence[str]) -> frozenset[str]:
    """Whoever the lists of participants name, whole and by each part of the name."""
    found: set[str] = set()
    for piece in _pieces(lines):
        found |= set(_names_in(piece))
    return frozenset(found)


def _pieces(lines: Sequence[str]) -> Iterator[str]:
    at = 0
    while at < len(lines):
        match = _LIST.fullmatch(plain(lines[at])[:500])
        at += 1
        if match is None:
            continue
        rest = (match["rest"] or "").strip()
        if rest:
            yield from _BETWEEN.split(rest)
        for line in lines[at : at + _MOST_LINES]:
            said = plain(line)
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
    if match is None or _NO_PERSON.search(match["name"]):
        return
    whole = match["name"].strip(" .-")
    yield whole
    for part in whole.split():
        if len(part.strip(".")) >= _SHORTEST and part[0].isupper() and not _NO_PERSON.search(part):
            yield part


def without_names(text: str, names: frozenset[str]) -> str:
    """A text in which each of the names is hidden; their genitive, too."""
    known = sorted((one for one in names if one), key=len, reverse=True)
    if not known:
        return text
    any_of = "|".join(map(re.escape, known))
    hidden = re.sub(rf"(?<!\w)(?:{any_of})(?=s?(?!\w))", HIDDEN, text)
    return re.sub(rf"{re.escape(HIDDEN)}(?:[ -]{re.escape(HIDDEN)})+", HIDDEN, hidden)

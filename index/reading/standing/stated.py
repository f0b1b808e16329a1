"""Whether a document is in force, since when, and what took its place, where the document says."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import pairwise, takewhile

from index.danish import fold, words
from index.passages import Status
from index.reading.standing.dates import date_in
from index.reading.standing.decided import Stage, is_choice, stage_of, successor_in

_ARCHIVED = re.compile(r"arkiv|archived")
_DRAFT = re.compile(r"udkast|draft|kladde|wip")
_BY_STAGE: Mapping[Stage, Status] = {
    "accepted": "current",
    "superseded": "superseded",
    "rejected": "superseded",
    "deprecated": "superseded",
    "proposed": "proposal",
    "unknown": "current",
}
# What is said of a document in force, with the words around it.
_IN_FORCE = frozenset(
    words(
        "current gældende gyldig vedtaget accepteret bekræftet virksom ikrafttrådt accepted "
        "approved godkendt active aktiv published valid "
        "publiceret udgivet final endelig besluttet decided adopted ratified stable released "
        "færdig done complete completed implemented implementeret i kraft in force er is af fra "
        "den since from by og and the januar februar marts april maj juni juli august september "
        "oktober november december january february march may june july october"
    )
)
_STATUS_LINE = re.compile(
    r"^[\s>*+|-]*(?:\*\*|__)?status(?:\*\*|__)?\s*[:|](?:\*\*|__)?\s*(?P<value>[^|\n]{2,400})",
    re.IGNORECASE,
)
_SUCCESSOR_LINE = re.compile(
    r"^[\s>*+|-]*(?:\*\*|__)?"
    r"(?P<value>(?:erstattet af|afløst af|superseded by|replaced by)\b.{2,400})",
    re.IGNORECASE,
)
_STATUS_HEADING = re.compile(r"^(?:#+\s*|\*\*|__)status:?(?:\*\*|__)?:?\s*$", re.IGNORECASE)
_CHECKBOX = re.compile(r"\s*[-*+]\s+\[(?P<mark>[ xX])\]\s+(?P<value>.{2,80})")
_BANNER = re.compile(
    r"draft version|^\W*(?:udkast|draft|kladde)\b|^\W*forslag til\b", re.IGNORECASE
)
_TITLE_DRAFT = re.compile(r"\b(?:udkast|draft|kladde)\b", re.IGNORECASE)
_TITLE_PROPOSAL = re.compile(r"^\W*(?:forslag|proposal)\b", re.IGNORECASE)
_OLD_PATH = re.compile(r"(?:^|[/_])(?:history|historik|archive|archived|arkiv|old|legacy)(?:/|$)")
_DATE_LINE = re.compile(
    r"^[\s>*+|_-]*(?:\*\*|__)?(?:dato|date|mødedato|vedtaget|besluttet|(?:sidst|senest) opdateret|"
    r"last updated)(?:\*\*|__)?\s*[:|](?:\*\*|__)?\s*(?P<value>.{6,30})",
    re.IGNORECASE,
)
DATE_KEYS = ("date", "dato", "last_modified_date", "last_modified_at", "last_updated", "updated")
# `Udkast / Vedtaget`, `Udkast, forslag eller vedtaget`: what to choose from.
_OFFER = re.compile(r"^\W*\w+ ?[/,].*\b(?:eller|or)\b|^\W*\w+(?: ?/ ?\w+)+\W*$")
_STATUS_SAYS = 80  # characters of what stands behind a status: prose may follow
_TOP = 25  # lines in which a document states its status and date


def status_of(path: str, front: Mapping[str, object], title: str, lines: Sequence[str]) -> Status:
    """Whether a document is in force: from its front matter, its path, its title or its top."""
    if isinstance(front.get("status"), str) and front["status"]:
        return status_said(str(front["status"]))
    if front.get("published") is False or front.get("draft") is True:
        return "draft"
    if _OLD_PATH.search(fold(path)):
        return "archived"
    if _TITLE_DRAFT.search(title):
        return "draft"
    if _TITLE_PROPOSAL.search(title):
        return "proposal"
    top = [line for line in lines if line.strip()][:_TOP]
    for number, line in enumerate(top):
        if match := _STATUS_LINE.match(line):
            # A table header names a column, which is no status either.
            return status_said(match["value"])
        if _STATUS_HEADING.match(line) and number + 1 < len(top):
            return _status_below(top[number + 1 :])
        if "draft version" in line.lower() or (_BANNER.match(line) and len(line) < 60):
            return "proposal" if "forslag" in line.lower() else "draft"
    return "current"


def _status_below(lines: Sequence[str]) -> Status:
    """The status that stands under its heading: a line, or the last box that is ticked."""
    boxes = [match for match in takewhile(bool, map(_CHECKBOX.match, lines)) if match]
    if not boxes:
        return status_said(lines[0])
    ticked = [match["value"] for match in boxes if match["mark"] != " "]
    return status_said(ticked[-1]) if ticked else "current"


def is_status(value: str) -> bool:
    """Whether a status is one that is known, and not just taken for being in force."""
    said = value[:_STATUS_SAYS]
    other = stage_of(said) not in ("accepted", "unknown")
    marked = _ARCHIVED.search(fold(said)) or _DRAFT.search(fold(said))
    return other or bool(marked) or all(word in _IN_FORCE or word.isdigit() for word in words(said))


def status_said(value: str) -> Status:
    """What a status says; what a template offers to choose from says nothing."""
    said = value[:_STATUS_SAYS]
    folded, stage = fold(said), stage_of(said)
    if is_choice(value) or _OFFER.search(value):
        return "current"
    if stage in ("proposed", "unknown") and _DRAFT.search(folded):
        return "draft"
    if stage != "superseded" and _ARCHIVED.search(folded):
        return "archived"
    return _BY_STAGE[stage]


def date_of(path: str, front: Mapping[str, object], title: str, lines: Sequence[str]) -> str:
    """The document's date as ISO 8601: from front matter, its top, its title or its name."""
    for stated in (front.get(key) for key in DATE_KEYS):
        if isinstance(stated, date):
            return stated.isoformat()[:10]
        if isinstance(stated, str) and (found := date_in(stated)):
            return found
    for line in [line for line in lines if line.strip()][:_TOP]:
        match = _DATE_LINE.match(line)
        if match and (found := date_in(match["value"])):
            return found
    return date_in(title) or date_in(path.rsplit("/", 1)[-1])


def successor_of(front: Mapping[str, object], lines: Sequence[str]) -> str:
    """What took the document's place, as it names it; empty where it names nothing."""
    for key in ("superseded_by", "superseded-by", "replaced_by", "erstattet_af"):
        if named := front.get(key):
            return successor_in(f"superseded by {named}")
    if isinstance(front.get("status"), str) and (found := successor_in(str(front["status"]))):
        return found
    top = [line for line in lines if line.strip()][:_TOP]
    for before, line in pairwise(["", *top]):
        match = _STATUS_LINE.match(line) or _SUCCESSOR_LINE.match(line)
        value = match["value"] if match else line if _STATUS_HEADING.match(before) else ""
        if found := successor_in(value):
            return found
    return ""

"""What kind of document it is, whether it is in force, and its date, where the document says."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import takewhile
from typing import get_args

from index.danish import fold, words
from index.passages import Kind, Status

# First match wins. Patterns are searched in the folded path, so that `Møde` is `moede`.
_KIND_BY_PATH: tuple[tuple[re.Pattern[str], Kind], ...] = (
    (re.compile(r"beslutning|/adr/|decision|\bodr\b"), "decision"),
    (re.compile(r"referat|minutes|/moede"), "minutes"),
    (re.compile(r"\bfaq\b|faq[./_-]|ofte[-_ ]stillede|spoergsmaal-og-svar|os2viden"), "faq"),
    (
        re.compile(
            r"contribut|guideline|retningslinj|code[-_]of[-_]conduct|pull_request_template|"
            r"issue_template|/criteria/|bidrag|kodestandard"
        ),
        "guideline",
    ),
    (
        re.compile(
            r"governance|governing|styregrup|koordinationsgrup|role_desc|/roller|roles\.|maintainers|"
            r"vedtaegt|produktforvaltning|project-product|products_and_communities|"
            r"\bprocess|projektadministration|ydelse|eskaler|produktniveau"
        ),
        "governance",
    ),
)
# GitHub's own file, not any page about security.
_SECURITY_POLICY = re.compile(r"(?:^|/)(?:SECURITY|Security)\.\w+$")
_STATUS_WORDS: tuple[tuple[re.Pattern[str], Status], ...] = (
    (
        re.compile(r"erstattet|superseded|deprecated|foraeldet|udgaaet|rejected|afvist"),
        "superseded",
    ),
    (re.compile(r"arkiv|archived"), "archived"),
    (re.compile(r"udkast|draft|kladde|wip"), "draft"),
    (
        re.compile(r"forslag|proposed|proposal|foreslaaet|til droeftelse|under behandling"),
        "proposal",
    ),
    (re.compile(r"."), "current"),
)
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
    r"^[\s>*+|-]*(?:\*\*|__)?status(?:\*\*|__)?\s*[:|](?:\*\*|__)?\s*(?P<value>[^|\n]{2,80})",
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
_ISO = re.compile(r"(?<!\d)(?P<year>20\d\d)[-.](?P<month>\d\d)[-.](?P<day>\d\d)(?!\d)")
_DANISH = re.compile(r"(?<!\d)(?P<day>\d{1,2})[-./](?P<month>\d{1,2})[-./](?P<year>20\d\d)(?!\d)")
_MONTHS = {
    name: number
    for names in (
        "januar februar marts april maj juni juli august september oktober november december",
        "january february march april may june july august september october november december",
    )
    for number, name in enumerate(names.split(), 1)
}
_WORDED = re.compile(
    rf"(?<!\d)(?P<day>\d{{1,2}})\.?\s+(?P<month>{'|'.join(_MONTHS)})\s+(?P<year>20\d\d)(?!\d)",
    re.IGNORECASE,
)
DATE_KEYS = ("date", "dato", "last_modified_date", "last_modified_at", "last_updated", "updated")
_TOP = 25  # lines in which a document states its status and date


def kind_of(path: str, front: Mapping[str, object], title: str, stated: Kind | None) -> Kind:
    """The kind a document says it is, else its source's, else what its path tells."""
    said = str(front.get("kind", "")).lower()
    for kind in get_args(Kind):
        if said == kind:
            return kind  # type: ignore[no-any-return]
    if stated is not None:
        return stated
    if _SECURITY_POLICY.search(path):
        return "guideline"
    folded = fold(f"/{path}")
    if re.match(r"\W*odr\b", fold(title)):
        return "decision"
    for pattern, found in _KIND_BY_PATH:
        if pattern.search(folded):
            return found
    return "documentation"


def status_of(path: str, front: Mapping[str, object], title: str, lines: Sequence[str]) -> Status:
    """Whether a document is in force: from its front matter, its path, its title or its top."""
    if isinstance(front.get("status"), str) and front["status"]:
        return _status_word(str(front["status"]))
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
            value = match["value"]
            # A template lists its choices; a table header names a column. Neither is a status.
            return "current" if "/" in value or "," in value else _status_word(value)
        if _STATUS_HEADING.match(line) and number + 1 < len(top):
            return _status_below(top[number + 1 :])
        if "draft version" in line.lower() or (_BANNER.match(line) and len(line) < 60):
            return "proposal" if "forslag" in line.lower() else "draft"
    return "current"


def _status_below(lines: Sequence[str]) -> Status:
    """The status that stands under its heading: a line, or the last box that is ticked."""
    boxes = [match for match in takewhile(bool, map(_CHECKBOX.match, lines)) if match]
    if not boxes:
        return _status_word(lines[0])
    ticked = [match["value"] for match in boxes if match["mark"] != " "]
    return _status_word(ticked[-1]) if ticked else "current"


def is_status(value: str) -> bool:
    """Whether a status is one that is known, and not just taken for being in force."""
    folded = fold(value[:80])
    other = any(pattern.search(folded) for pattern, status in _STATUS_WORDS if status != "current")
    return other or all(word in _IN_FORCE or word.isdigit() for word in words(value[:80]))


def _status_word(value: str) -> Status:
    folded = fold(value[:80])
    return next(status for pattern, status in _STATUS_WORDS if pattern.search(folded))


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


def date_in(text: str) -> str:
    """The first date in a text as ISO 8601; empty where there is none."""
    match = _ISO.search(text) or _DANISH.search(text) or _WORDED.search(text)
    if match is None:
        return ""
    month = _MONTHS.get(match["month"].lower()) or int(match["month"])
    try:
        return date(int(match["year"]), month, int(match["day"])).isoformat()
    except ValueError:
        return ""

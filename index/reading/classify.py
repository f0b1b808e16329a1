"""What kind of document it is, whether it is in force, and its date, where the document says."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import get_args

from index.danish import fold
from index.passages import Kind, Status

# First match wins. Patterns are searched in the folded path, so that `Møde` is `moede`.
_KIND_BY_PATH: tuple[tuple[re.Pattern[str], Kind], ...] = (
    (re.compile(r"beslutning|/adr/|decision|\bodr\b"), "decision"),
    (re.compile(r"referat|minutes|/moede"), "minutes"),
    (re.compile(r"\bfaq\b|faq[./_-]|ofte[-_ ]stillede|spoergsmaal-og-svar|os2viden"), "faq"),
    (
        re.compile(
            r"contribut|guideline|retningslinj|code[-_]of[-_]conduct|pull_request_template|"
            r"issue_template|/criteria/|security\.|bidrag|kodestandard"
        ),
        "guideline",
    ),
    (
        re.compile(
            r"governance|governing|styregrup|koordinationsgrup|role_desc|/roller|roles\.|maintainers|"
            r"vedtaegt|produktforvaltning|project-product|products_and_communities|"
            r"process|projektadministration|ydelse|eskaler|produktniveau"
        ),
        "governance",
    ),
)
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
_STATUS_LINE = re.compile(
    r"^[\s>*+|-]*(?:\*\*|__)?status(?:\*\*|__)?\s*[:|](?:\*\*|__)?\s*(?P<value>[^|\n]{2,80})",
    re.IGNORECASE,
)
_STATUS_HEADING = re.compile(r"^#+\s*status\s*$", re.IGNORECASE)
_BANNER = re.compile(
    r"draft version|^\W*(?:udkast|draft|kladde)\b|^\W*forslag til\b", re.IGNORECASE
)
_TITLE_DRAFT = re.compile(r"\b(?:udkast|draft|kladde)\b", re.IGNORECASE)
_TITLE_PROPOSAL = re.compile(r"^\W*(?:forslag|proposal)\b", re.IGNORECASE)
_OLD_PATH = re.compile(r"(?:^|[/_])(?:history|historik|archive|archived|arkiv|old|legacy)(?:/|$)")
_DATE_LINE = re.compile(
    r"^[\s>*+|-]*(?:\*\*|__)?(?:dato|date|mødedato|vedtaget|besluttet)(?:\*\*|__)?\s*[:|](?:\*\*|__)?"
    r"\s*(?P<value>.{6,30})",
    re.IGNORECASE,
)
_ISO = re.compile(r"(?<!\d)(?P<year>20\d\d)[-.](?P<month>\d\d)[-.](?P<day>\d\d)(?!\d)")
_DANISH = re.compile(r"(?<!\d)(?P<day>\d{1,2})[-./](?P<month>\d{1,2})[-./](?P<year>20\d\d)(?!\d)")
_TOP = 25  # lines in which a document states its status and date


def kind_of(path: str, front: Mapping[str, object], title: str, stated: Kind | None) -> Kind:
    """The kind a document says it is, else its source's, else what its path tells."""
    said = str(front.get("kind", "")).lower()
    for kind in get_args(Kind):
        if said == kind:
            return kind  # type: ignore[no-any-return]
    if stated is not None:
        return stated
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
            return _status_word(top[number + 1])
        if "draft version" in line.lower() or (_BANNER.match(line) and len(line) < 60):
            return "proposal" if "forslag" in line.lower() else "draft"
    return "current"


def _status_word(value: str) -> Status:
    folded = fold(value[:80])
    return next(status for pattern, status in _STATUS_WORDS if pattern.search(folded))


def date_of(path: str, front: Mapping[str, object], lines: Sequence[str]) -> str:
    """The document's date as ISO 8601, from front matter, its top or its name; else empty."""
    stated = front.get("date")
    if isinstance(stated, date):
        return stated.isoformat()[:10]
    if isinstance(stated, str) and (found := _parsed(stated)):
        return found
    for line in [line for line in lines if line.strip()][:_TOP]:
        match = _DATE_LINE.match(line)
        if match and (found := _parsed(match["value"])):
            return found
    return _parsed(path.rsplit("/", 1)[-1])


def _parsed(text: str) -> str:
    match = _ISO.search(text) or _DANISH.search(text)
    if match is None:
        return ""
    try:
        return date(int(match["year"]), int(match["month"]), int(match["day"])).isoformat()
    except ValueError:
        return ""

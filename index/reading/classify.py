"""What kind of document it is."""

import re
from collections.abc import Mapping
from typing import get_args

from index.danish import fold
from index.passages import Kind

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

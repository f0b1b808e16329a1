"""Navigation: paragraphs and lists that lead elsewhere and say nothing themselves."""

import re
from collections.abc import Sequence

_LONGEST = 4_000  # characters of a paragraph that may be navigation
_LINK_ITEM = re.compile(r"\s*(?:[-*+]|\d+[.)])\s+\[[^\]]*\]\((?P<target>[^)\s]*)[^)]*\)\s*")
_LINK_ROW = re.compile(
    r"(?:[\s|·•›»>/→←-]*\[[^\]]{0,200}\]\([^)\s]{0,500}\)[\s|·•›»>/→←-]*){2,100}+"
)
_TO_TOP = re.compile(
    r"[\s(*_↑⬆️^-]*\[[^\]]{0,20}\b(?:top|toppen|tilbage|back|indholdsfortegnelse(?:n)?)\b[^\]]{0,20}\]"
    r"\(#[^)\s]{0,200}\)[\s)*_↑⬆️^-]*",
    re.IGNORECASE,
)
_BADGES = re.compile(
    r"(?:\s*(?:\[!\[[^\]]{0,200}\]\([^)]{0,1000}\)\]\([^)]{0,1000}\)"
    r"|!\[[^\]]{0,200}\]\([^)]{0,500}(?:shields\.io|badge)[^)]{0,500}\))\s*){1,50}+"
)


def is_navigation(paragraph: str) -> bool:
    """Whether a paragraph is a row of links within the site, a way back to the top, or badges."""
    if "](" not in paragraph or len(paragraph) > _LONGEST:
        return False
    if _TO_TOP.fullmatch(paragraph) or _BADGES.fullmatch(paragraph):
        return True
    return "://" not in paragraph and bool(_LINK_ROW.fullmatch(paragraph))


def is_link_list(items: Sequence[str]) -> bool:
    """Whether a list's lines only point to pages of the same site, or to this page's headings."""
    if len(items) < 3:
        return False
    for item in items:
        match = _LINK_ITEM.fullmatch(item)
        if match is None or "://" in match["target"] or match["target"].startswith("mailto:"):
            return False
    return True

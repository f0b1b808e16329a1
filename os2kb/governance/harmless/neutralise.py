"""Text from outside, made harmless for a GitHub comment.

GitHub renders Markdown first and then looks for mentions and references in the text that is left,
so a backslash before `@` helps nothing; an empty HTML comment inside does, because it splits the
text (https://github.com/github/markup#github-markup, `@<!-- -->ida`). The result reads as the
original did, and neither mentions, refers, closes, links nor formats. CPR numbers and secrets are
withheld from all of it.
"""

import re
import unicodedata
from urllib.parse import quote, unquote, urlsplit

from os2kb.governance.harmless.withheld import withhold

SPLIT = "<!-- -->"
"""Shows nothing, and parts what would mean something together."""
_SPACES = re.compile(r"\s+")
_UNUSUAL = re.compile(r"[^\n -~]")
# Ids that GitHub gives comments, runs and commits; ten digits there are no CPR number.
_GITHUBS_ID = re.compile(
    r"(?:issuecomment-|discussioncomment-|discussion_r|review-|/runs/)\d+\b|\b[0-9a-f]{40}\b"
)
# Punctuation with a meaning anywhere in a line of GitHub's Markdown.
_MARKUP = re.compile(r"[\\`*_\[\]~|]")
_REACHES_OUT = re.compile(r"(?i):(?=//)|www(?=\.)|gh(?=-\d)|[@#]")
# What begins a block when it stands first: heading, list, rule, underline, table, numbered list.
_FIRST = re.compile(r"^([-+=:])")
_FIRST_NUMBER = re.compile(r"^(\d{1,9})([.)])")
_TO_ANOTHER_ISSUE = re.compile(r"(?i)^/[^/]+/[^/]+/(issues|pull|discussions)/\d")


class Markdown(str):
    """Markdown of our own making, safe to post as it is."""

    __slots__ = ()


def scrub(text: str) -> str:
    """The text without control, format and bidirectional characters and lone surrogates.

    CPR numbers and secrets are withheld. Line feeds and ordinary spaces stay; a tab becomes a
    space.
    """
    return withhold(_plain(text))


def _plain(text: str) -> str:
    unified = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    return _UNUSUAL.sub(_kept, unified)


def _kept(found: re.Match[str]) -> str:
    character = found[0]
    category = unicodedata.category(character)
    if category == "Cs":
        return "\N{REPLACEMENT CHARACTER}"
    if category in ("Zl", "Zp"):
        return "\n"
    return "" if category in ("Cc", "Cf") else character


def head(text: str, least: int) -> str:
    """The text's first characters and on to the next space, so that no secret is cut in two."""
    end = _SPACES.search(text, least)
    return text if end is None else text[: end.start()]


def neutralise(text: str, limit: int = 500) -> Markdown:
    """One line of Markdown that shows the text and does nothing else.

    Args:
        text: anything; line breaks become spaces.
        limit: characters of the text that are kept.
    """
    line = shortened(_one_line(text, limit), limit)
    return Markdown(_FIRST_NUMBER.sub(r"\1\\\2", _FIRST.sub(r"\\\1", _harmless(line))))


def _one_line(text: str, limit: int) -> str:
    """On one line, digits that were parted by more than a space may be a CPR number, too."""
    return withhold(_SPACES.sub(" ", scrub(head(text, 4 * limit + 1_000))).strip())


def _harmless(line: str) -> str:
    line = line.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    line = _MARKUP.sub(lambda found: "\\" + found[0], line)
    line = _REACHES_OUT.sub(lambda found: found[0] + SPLIT, line)
    return line.replace("$", "&#36;")  # after the rest, which would split its number sign


def code_span(text: str, limit: int = 200) -> Markdown:
    """The text as a code span, in which GitHub looks for nothing."""
    line = shortened(_one_line(text, limit), limit)
    if not line:
        return Markdown("")
    longest = max((len(run) for run in re.findall(r"`+", line)), default=0)
    fence = "`" * (longest + 1)
    pad = " " if longest else ""
    return Markdown(f"{fence}{pad}{line}{pad}{fence}")


def shortened(text: str, limit: int) -> str:
    """At most `limit` characters, cut at a word where one ends near, with an ellipsis."""
    if len(text) <= limit:
        return text
    kept = text[: limit - 1]
    space = kept.rfind(" ", limit - 30 if limit > 60 else 0)
    return (kept[:space] if space > 0 else kept).rstrip() + "…"


def safe_address(address: str) -> str:
    """A web address that may stand in a Markdown link; empty where it is none.

    Addresses of issues on GitHub go by its redirecting host, so that a link in our comment leaves
    no trace on the issue it leads to. One that holds a CPR number or a secret leads nowhere.
    """
    try:
        parts = urlsplit(_plain(address).strip())
        host = parts.hostname
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or not host:
        return ""
    netloc = parts.netloc.rpartition("@")[2]
    if not re.fullmatch(r"[\w.:\[\]-]+", netloc, re.ASCII):
        return ""
    if netloc.lower() in ("github.com", "www.github.com") and _TO_ANOTHER_ISSUE.match(parts.path):
        netloc = "redirect.github.com"
    path = quote(parts.path, safe="/%:;,~-._!$&+=")
    query = quote(parts.query, safe="/%:;,~-._!$&+=?")
    fragment = quote(parts.fragment, safe="/%:;,~-._!$&+=?")
    safe = (
        f"{parts.scheme}://{netloc}{path}"
        + (f"?{query}" if query else "")
        + (f"#{fragment}" if fragment else "")
    )
    return safe if is_harmless(safe) else ""


def is_harmless(address: str) -> bool:
    """Whether an address holds neither a CPR number nor a secret."""
    told = _GITHUBS_ID.sub("", unquote(address))
    return withhold(told) == told


def link(text: str, address: str, limit: int = 200) -> Markdown:
    """A link where the address is a web address, else its text alone."""
    shown, target = neutralise(text, limit), safe_address(address)
    return Markdown(f"[{shown}]({target})") if target and shown else shown

"""Text in Jira's wiki text, where nothing in it acts."""

import re

from os2kb.backlog.markup.wiki.emoticons import PATTERN as EMOTICON

# A sign acts unless it stands within a word or between spaces.
_ACTS = re.compile(
    rf"""
      (?P<backslash>\\)
    | (?P<entity>&(?=\#?\w{{1,32}};))
    | (?P<sign>(?<![^\W_])[*+^~-]|[*+^~-](?![^\W_])|(?<![^\W_])_|_(?![^\W_])|[{{}}\[\]|]
      |(?<=\?)\?|!(?!\s|\Z)|\A\#|(?={EMOTICON})[(:;])
    """,
    re.VERBOSE,
)
_BEGINS = re.compile(r"(h[1-6]|bq)(?=\.)")


def escaped(text: str, *, ends: bool) -> str:
    """The text so that it is shown as it is.

    A backslash has no escape of its own: two of them break the line, so it is an entity.

    Args:
        text: some characters of a line, without a line feed.
        ends: nothing follows in the line.
    """

    def harmless(found: re.Match[str]) -> str:
        match found.lastgroup:
            case "backslash":
                return "&#92;"
            case "entity":
                return "&amp;"
            case _:
                return found[0] if _between_spaces(text, found.start()) else "\\" + found[0]

    shown = _ACTS.sub(harmless, text)
    if not ends and text.endswith("!"):
        return shown[:-1] + "\\!"
    return shown


def at_start(line: str) -> str:
    """A written line so that its first word begins no block."""
    return (
        _BEGINS.sub(lambda found: f"&#{ord(found[0][0])};{found[0][1:]}", line, count=1)
        if (_BEGINS.match(line))
        else line
    )


def _between_spaces(text: str, at: int) -> bool:
    return text[at] in "*+^~-_" and text[at - 1 : at].isspace() and text[at + 1 : at + 2].isspace()

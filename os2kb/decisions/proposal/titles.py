"""Titles from outside where Markdown is not read: a commit's message, a pull request's title.

GitHub looks for mentions, references and closing keywords there, too, and a commit's message acts
once it is on the default branch. An empty comment would be seen, so what would act is taken out.
"""

import re

from os2kb.decisions.tidy import one_line

_LONGEST = 120
_ADDRESS = re.compile(r"(?:https?:)?//\S*", re.IGNORECASE)
_ACTS = re.compile(r"[@#<>]|\b(gh)-(?=\d)|\bwww\.", re.IGNORECASE)
_SKIPS = re.compile(
    r"\[\s*(skip[ -]ci|ci[ -]skip|no[ -]ci|skip[ -]actions|actions[ -]skip)\s*\]", re.I
)


def plain_title(title: str) -> str:
    """The title with nothing in it that mentions, refers, closes or links."""
    line = one_line(title)
    for pattern, instead in ((_SKIPS, r"\1"), (_ADDRESS, ""), (_ACTS, r"\1 ")):
        line = pattern.sub(instead, line)
    line = " ".join(line.split())
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1].rstrip()}…"

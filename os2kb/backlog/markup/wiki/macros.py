"""The macros of Jira's wiki text: code and quotes stay, of others only the text within."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from os2kb.backlog.markup.document import Block, Code

# A word in code, `{{info}}`, is no macro.
_VERBATIM = re.compile(
    r"(?<![\\{])\{(?P<name>code|noformat)(?::(?P<options>[^{}\n]{0,500}))?\}(?!\})"
)
_QUOTE = re.compile(r"(?<![\\{])\{quote\}(?!\})")
_ADF = re.compile(r"(?<![\\{])\{adf(?::[^{}\n]{0,200})?\}(?!\})")
_PANEL = re.compile(r"(?<![\\{])\{(?:panel|info|note|tip|warning|expand|section|column)"
                    r"(?::[^{}\n]{0,500})?\}(?!\})")  # fmt: skip
_NOTHING = re.compile(
    r"(?<![\\{])\{(?:color|anchor|toc|status|jira|attachments|gallery|html|chart|cloak|viewfile)"
    r"(?::[^{}\n]{0,500})?\}(?!\})"
)


@dataclass(slots=True)
class Taken:
    """A text with a mark, a number between two NULs, for each block that was taken out of it.

    Attributes:
        blocks: by number.
        shown: what each says, for places that hold no blocks.
        stripped: macros were taken out whole.
    """

    blocks: list[tuple[Block, ...]] = field(default_factory=list)
    shown: list[str] = field(default_factory=list)
    stripped: bool = False

    def take(self, text: str, read: Callable[[str], tuple[Block, ...]]) -> str:
        """The text with marks in the place of code and quotes, and without other macros.

        Args:
            text: without NUL.
            read: what stands in a quote, as blocks.
        """
        return self._quotes(self._without_macros(self._verbatim(text)), read)

    def _verbatim(self, text: str) -> str:
        """Nothing in code acts, so code comes first. What is not closed is text."""
        kept: list[str] = []
        at = after = 0
        unclosed: set[str] = set()
        while found := _VERBATIM.search(text, at):
            name = found["name"]
            closing = f"{{{name}}}"
            end = -1 if name in unclosed else text.find(closing, found.end())
            if end < 0:
                unclosed.add(name)
                at = found.end()
                continue
            inside = text[found.end() : end]
            code = Code(inside, _language(found["options"] or "") if name == "code" else "")
            kept += [text[after : found.start()], self._mark((code,), " ".join(inside.split()))]
            at = after = end + len(closing)
        return "".join((*kept, text[after:]))

    def _without_macros(self, text: str) -> str:
        pieces = _ADF.split(text)
        if len(pieces) > 2:
            text = " ".join(pieces[::2])
        bare = _NOTHING.sub("", _PANEL.sub("\n\n", text))
        self.stripped |= len(pieces) > 2 or bare != text
        return bare

    def _quotes(self, text: str, read: Callable[[str], tuple[Block, ...]]) -> str:
        """Quotes do not nest: the second sign closes the first."""
        pieces = _QUOTE.split(text)
        if len(pieces) % 2 == 0:  # the last one is not closed, and is text
            pieces[-2:] = ["{quote}".join(pieces[-2:])]
        for at in range(1, len(pieces), 2):
            pieces[at] = self._mark(read(pieces[at]), " ".join(pieces[at].split()))
        return "".join(pieces)

    def _mark(self, blocks: tuple[Block, ...], shown: str) -> str:
        self.blocks.append(blocks)
        self.shown.append(shown)
        return f"\0{len(self.blocks) - 1}\0"


def _language(options: str) -> str:
    """`python` of `python|title=x.py`, or of `title=x.py|language=python`."""
    for option in options.split("|"):
        name, equals, value = option.strip().partition("=")
        if not equals or name.strip().lower() in ("language", "lang"):
            return value.strip() if equals else name
    return ""

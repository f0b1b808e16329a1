"""Text in GitHub's Markdown, where nothing in it acts."""

import re

SPLIT = "<!-- -->"
"""Shows nothing, and keeps GitHub from seeing a mention or a reference."""

_ACTS = re.compile(
    r"""
      (?P<mention>(?<![^\W_])(?:@(?=[^\W_])|(?i:gh)(?=-\d))|\#(?=\d))
    | (?P<dollar>\$)
    | (?P<escape>[`\[\]|~]|\\(?=[!-/:-@\[-`{-~]|\Z)|<(?=[A-Za-z/!?])|&(?=\#?\w{1,32};)
      |\*(?!\s)|(?<!\s)\*|\A[*^]|(?<![^\W_])_|_(?![^\W_]))
    """,
    re.VERBOSE,
)
_BEGINS = re.compile(r"(?P<sign>[#>+=:|-])|(?P<number>\d{1,9})(?=[.)])")


def escaped(text: str) -> str:
    """The text so that it is shown as it is, and mentions nobody.

    Args:
        text: some characters of a line, without a line feed.
    """
    formula = text.count("$") > 1

    def harmless(found: re.Match[str]) -> str:
        match found.lastgroup:
            case "mention":
                return found[0] + SPLIT
            case "dollar":
                return "&#36;" if formula else "$"
            case _:
                return "\\" + found[0]

    return _ACTS.sub(harmless, text)


def at_start(line: str) -> str:
    """A written line so that it begins no block."""
    match = _BEGINS.match(line)
    if match is None or line.startswith("#" + SPLIT):
        return line
    if match["number"]:
        return f"{match['number']}\\{line[match.end() :]}"
    return "\\" + line


def fence(text: str) -> str:
    """A fence longer than any in a text."""
    return "`" * (max(2, _longest(text)) + 1)


def code_span(text: str) -> str:
    """Text as a code span."""
    signs = "`" * (_longest(text) + 1)
    pad = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{signs}{pad}{text}{pad}{signs}"


def _longest(text: str) -> int:
    return max(map(len, re.findall("`+", text)), default=0)

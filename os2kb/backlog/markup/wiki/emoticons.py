"""The small pictures of Jira's wiki text, as characters."""

import re

_PICTURES = {
    "(*r)": "⭐", "(*g)": "⭐", "(*b)": "⭐", "(*y)": "⭐", "(*)": "⭐",
    "(/)": "✅", "(x)": "❌", "(!)": "⚠️", "(?)": "❓", "(+)": "➕", "(-)": "➖",
    "(on)": "💡", "(off)": "💡", "(i)": "ℹ️", "(y)": "👍", "(n)": "👎",
    ":)": "🙂", ":(": "🙁", ":P": "😛", ":D": "😀", ";)": "😉",
}  # fmt: skip
PATTERN = "|".join(map(re.escape, _PICTURES))


def picture(emoticon: str) -> str:
    """The character for an emoticon."""
    return _PICTURES[emoticon]

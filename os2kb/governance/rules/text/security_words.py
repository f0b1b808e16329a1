"""Whether a text is worth weighing: a search for words that costs far less than reading Markdown.

Every cue of `vulnerability_cues` that counts needs a word of these; a text without them cannot
reach `UNCERTAIN`, however its Markdown reads. A test holds the two together.
"""

import html
import re

_WORDS = (
    *("sikkerhed", "security", "sårbar", "vulnerab", "sql", "injection", "traversal", "arbitrary"),
    *("cross-site", "cross site", "code execution", "open redirect", "prototype pollution"),
    *("fixation", "hijack", "privilege escalation", "rettighedseskalering", "denial of service"),
    *("omgå", "bypass", "logget ind", "logge ind", "uden login", "uden autentificering"),
    *("logging in", "logged in", "without auth", "unauthenticated", "exploit", "udnyttes"),
    *("0-day", "0 day", "zero-day", "zero day", "attacker", "angriber"),
    *("cve-", "proof of concept", "proof-of-concept", "proof of-concept", "proof-of concept"),
)
_SHORT = re.compile(r"\b(?:xss|csrf|ssrf|xxe|idor|rce|poc|hack)")
# Somebody else's, and what is theirs; a way for it to get out, and what gets out.
_PAIRS: tuple[tuple[tuple[str, ...], re.Pattern[str]], ...] = (
    (
        ("andre", "fremmede", "other user", "other people", "another user", "anyone"),
        re.compile(
            r"(?:andre|fremmede|other user|other people|another user|anyone).{0,120}?"
            r"(?:data|oplysninger|sager|konti|cpr|besked|dokument|record|account|message"
            r"|information|document|case)"
        ),
    ),
    (
        ("læk", "eksponere", "leak", "expose", "hardcoded", "hard-coded", "hardkodet"),
        re.compile(
            r"adgangskode|kodeord|password|nøgle|api[- ]?key|token|secret|hemmelighed|private key"
            r"|credential|legitimationsoplysning"
        ),
    ),
)
_MARKUP = str.maketrans("", "", "*_~`\\[]")
_UNSEEN = re.compile(r"<[^<>]*>|(?<=\])\([^()\s]*\)")  # tags, and where links lead


def worth_weighing(markdown: str) -> bool:
    """Whether a text may hold a cue once it is read as Markdown."""
    text = markdown.lower()
    if "&" in text:
        text = html.unescape(text).lower()
    # Markup inside a word vanishes when the text is read; what only looks like it does not.
    bare = _UNSEEN.sub("", text).translate(_MARKUP)
    text = " ".join((text if bare == text else f"{text}\n{bare}").split())
    return (
        any(word in text for word in _WORDS)
        or any(any(word in text for word in one) and both.search(text) for one, both in _PAIRS)
        or _SHORT.search(text) is not None
    )

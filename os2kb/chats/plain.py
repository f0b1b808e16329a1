"""A plain text, made harmless for where it is shown.

A line that is nothing but an address of the web is a link. In every other line nothing is: text
from outside stands there.
"""

import re
from collections.abc import Callable
from hashlib import sha256

from os2kb.governance.harmless.neutralise import is_harmless, scrub, shortened

_ADDRESS = re.compile(r"https?://[\w.:\[\]-]+(?:[/?#][\w./~%+=&?#;,@!:-]*)?", re.ASCII)
_SPACES = re.compile(r"\s+")
_LEADS_SOMEWHERE = re.compile(r"(?i)(\w://|\bwww\.)(?=\S)")
_LONGEST_LINE = 2_000
# What has a meaning in Zulip's Markdown. It knows no backslash before such a character, and shows
# an entity as the character without looking at it again
# (https://github.com/zulip/zulip/blob/main/zerver/lib/markdown/__init__.py).
_ZULIPS = re.compile(r"[`*~\[@#|]|\$(?=\$)|!(?=\w)|<(?=\w)|&(?=[#\w])|:(?=\S)|\.(?=[^\W\d])|^[>+/]")


def reference(once: str) -> str:
    """What a message is known by later, from the name under which it is sent once."""
    return sha256(once.encode("utf-8", "replace")).hexdigest()[:16]


def one_line(text: str, limit: int) -> str:
    """The text in one line, without what cannot be seen."""
    return shortened(_SPACES.sub(" ", scrub(text[: 4 * limit])).strip(), limit)


def in_zulip(text: str, limit: int) -> str:
    """Zulip's Markdown that shows the text; what is beyond the limit is left out, line by line."""
    return _within("\n".join(_line(one, _zulip_line) for one in text.split("\n")), limit)


def in_mail(text: str, limit: int) -> str:
    """The text as a program that reads mail may show it: it makes links of what looks like one."""
    return _within("\n".join(_line(one, _mail_line) for one in text.split("\n")), limit)


def zulip_line(text: str, limit: int) -> str:
    """One line of Zulip's Markdown that shows the text."""
    return _zulip_line(one_line(text, limit))


def topic(text: str, limit: int) -> str:
    """The text as the name of a topic, which is no Markdown."""
    return one_line(_mail_line(one_line(text, 4 * limit)), limit)


def _line(line: str, harmless: Callable[[str], str]) -> str:
    line = line.strip()
    if _ADDRESS.fullmatch(line) and len(line) <= _LONGEST_LINE and is_harmless(line):
        return line
    return harmless(one_line(line, _LONGEST_LINE))


def _zulip_line(line: str) -> str:
    return _ZULIPS.sub(lambda found: f"&#{ord(found[0])};", line)


def _mail_line(line: str) -> str:
    return _LEADS_SOMEWHERE.sub(r"\1 ", line)


def _within(text: str, limit: int) -> str:
    text = text.strip()
    if len(text) <= limit:
        return text
    return text[: text.rfind("\n", 0, limit - 2) + 1] + "…"

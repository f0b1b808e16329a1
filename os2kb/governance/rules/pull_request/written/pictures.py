"""The pictures of a Markdown text."""

import re
from collections.abc import Iterator

from os2kb.governance.reading.prose import unquoted

_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_ELEMENT = re.compile(r"<(?:img|video|source)\b[^>]{0,2000}\bsrc\s*=", re.IGNORECASE)
# A film that is dropped into a comment becomes its bare address.
_UPLOADED = re.compile(r"https://[\w.-]{1,200}/\S{0,200}assets/\S")


def has_picture(markdown: str) -> bool:
    """Whether a picture or a film is shown, outside quotes, code and comments."""
    return any(_shown(markdown))


def _shown(markdown: str) -> Iterator[bool]:
    for token in unquoted(markdown):
        if token.type == "html_block":
            yield _ELEMENT.search(_COMMENT.sub("", token.content)) is not None
        elif token.type == "inline":
            for child in token.children or ():
                if child.type == "image":
                    yield True
                elif child.type == "html_inline":
                    yield _ELEMENT.match(child.content) is not None
                elif child.type == "text":
                    yield _UPLOADED.search(child.content) is not None

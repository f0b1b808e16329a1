"""A text in a product's own words where it has some, else in ours.

Both go the same way: what is written is made harmless first, and only then are the placeholders
filled, once, so that nothing which is filled in is read as a placeholder.
"""

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files

from index.passages import Language
from os2kb.governance.harmless.neutralise import Markdown, neutralise
from os2kb.governance.harmless.safe_markdown import safe_markdown
from os2kb.governance.wording.check import wording_problems
from os2kb.governance.wording.wordings import FOLDER, MOST_CHARS, WORDINGS

_PLACEHOLDER = re.compile(r"\{\{\s*([a-z-]+)\s*\}\}")
_BLANK_LINES = re.compile(r"\n{3,}")


def worded(
    name: str, language: Language, own: Mapping[str, str], values: Mapping[str, str]
) -> Markdown:
    """One text in one language.

    A line whose placeholders are all empty is left out.

    Args:
        name: one of `WORDINGS`.
        own: the repository's own texts, by path; one with a mistake in it is not used.
        values: of each placeholder; neutralised unless it is Markdown of our own making.
    """
    lines = (_filled(line, values) for line in _template(name, language, own).split("\n"))
    text = "\n".join(line for line in lines if line is not None)
    return Markdown(_BLANK_LINES.sub("\n\n", text).strip("\n") + "\n")


def _filled(line: str, values: Mapping[str, str]) -> str | None:
    names = [name for name in _PLACEHOLDER.findall(line) if name in values]
    if names and not any(values[name] for name in names):
        return None
    return _PLACEHOLDER.sub(lambda found: _shown(values.get(found[1]), found[0]), line).rstrip()


def _shown(value: str | None, written: str) -> str:
    """A value as it may be posted; what is no placeholder after all stays as it was written."""
    if value is None:
        return written
    return value.strip("\n") if isinstance(value, Markdown) else neutralise(value)


def _template(name: str, language: Language, own: Mapping[str, str]) -> Markdown:
    path = f"{FOLDER}/{language}/{name}.md"
    theirs = own.get(path)
    if theirs is not None and _is_usable(path, theirs):
        return _harmless(theirs)
    return _harmless(ours(name, language))


@lru_cache(maxsize=256)
def _is_usable(path: str, text: str) -> bool:
    return not wording_problems(path, text)


@lru_cache(maxsize=256)
def _harmless(text: str) -> Markdown:
    return safe_markdown(text, MOST_CHARS, links=True)


@cache
def ours(name: str, language: Language) -> str:
    """The text as it is where a product has none of its own."""
    folder = files("os2kb.governance") / "texts" / language / "wording"
    return (folder / f"{WORDINGS[name].name}.md").read_text("utf-8")

"""Front matter: what a document says about itself before its first line of text."""

import re
from collections.abc import Mapping
from datetime import date
from itertools import islice

import yaml

_OPENING = re.compile(r"---[ \t]*(?P<glued>[\w-]+:.*)?$")
_LONGEST = 200  # lines
_LARGEST = 50_000  # characters
_DEEPEST, _MOST = 2, 100  # lists and maps within lists and maps, and what each may hold
_PAIR = re.compile(r"\w[\w-]*:\s")
# libyaml takes a tenth of the time. It calls itself for each list in a list, so that a text of
# thousands of them would end the process; what may hold so many is left to Python's loader.
_Loader = type[yaml.SafeLoader | yaml.CSafeLoader]
_FAST: _Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # not built on every platform
_NESTS = re.compile(r"[\[{]|[-?:](?=[ \t])")
_MANY = 500


def front_matter(lines: list[str]) -> tuple[Mapping[str, object], list[str]]:
    """The front matter's values, and the lines with it blanked so that line numbers stand."""
    start = next((n for n, line in enumerate(lines[:3]) if line.strip()), 0)
    match = _OPENING.fullmatch(lines[start].rstrip()) if lines else None
    if match is None:
        return {}, lines
    end = next(
        (n for n in range(start + 1, len(lines)) if lines[n].strip() in {"---", "..."}), None
    )
    if end is None or end - start > _LONGEST:
        return {}, lines
    written = [match["glued"] or "", *lines[start + 1 : end]]
    blanked = [""] * (end + 1) + lines[end + 1 :]
    return _yaml("\n".join(written)), blanked


def _yaml(written: str) -> Mapping[str, object]:
    if len(written) > _LARGEST:
        return {}
    try:
        loaded = yaml.load(written, _loader(written))  # noqa: S506 - both are the safe ones
    except (yaml.YAMLError, ValueError, RecursionError):
        # Liquid or an unquoted colon: take the plain `key: value` lines that can be read.
        pairs = (line.split(":", 1) for line in written.split("\n") if _PAIR.match(line))
        return {key: value.strip().strip("\"'") for key, value in pairs}
    if not isinstance(loaded, dict):
        return {}
    return {str(key).lower(): _plain(value) for key, value in list(loaded.items())[:_MOST]}


def _loader(written: str) -> _Loader:
    few = sum(1 for _ in islice(_NESTS.finditer(written), _MANY)) < _MANY
    return _FAST if few else yaml.SafeLoader


def _plain(value: object, depth: int = 0) -> object:
    """A value that can be shown: aliases of aliases could make a few lines a thousand million."""
    if isinstance(value, str | bool | float | date):
        return value
    if isinstance(value, int):
        return value if abs(value) < 10**15 else None
    if isinstance(value, list) and depth < _DEEPEST:
        return [_plain(one, depth + 1) for one in value[:_MOST]]
    if isinstance(value, dict) and depth < _DEEPEST:
        return {str(key): _plain(one, depth + 1) for key, one in list(value.items())[:_MOST]}
    return None

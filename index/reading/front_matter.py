"""Front matter: what a document says about itself before its first line of text."""

import re
from collections.abc import Mapping

import yaml

_OPENING = re.compile(r"---[ \t]*(?P<glued>[\w-]+:.*)?$")
_LONGEST = 200  # lines


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
    try:
        loaded = yaml.safe_load(written)
    except (yaml.YAMLError, ValueError, RecursionError):
        # Liquid or an unquoted colon: take the plain `key: value` lines that can be read.
        pairs = (
            line.split(":", 1) for line in written.split("\n") if re.match(r"\w[\w-]*:\s", line)
        )
        return {key: value.strip().strip("\"'") for key, value in pairs}
    return {str(k).lower(): v for k, v in loaded.items()} if isinstance(loaded, dict) else {}

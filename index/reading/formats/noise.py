"""Noise: what stands in a file for the machinery that shows it, and says nothing to a reader."""

import re

_FENCE = re.compile(r"[ \t]*(?:>[ \t]?)*(?P<marks>`{3,}|~{3,})(?P<info>[^`]*)$")
_LIQUID_TAG = re.compile(r"\{%-?.{0,500}?-?%\}")
_LIQUID_OUTPUT = re.compile(r"\{\{.{0,500}?\}\}")
_LABEL = re.compile(r"[^:]{0,40}:[\s*_]*")  # all that is left of `Updated: {{ site.time }}`
_KRAMDOWN = re.compile(r"\{:[:\w#.\s/-][^{}\n]*\}|\{:\}")
_SIMPLE_ATTRIBUTES = re.compile(r"(?<=\))\{[.#:][^{}\n]*\}|(?<=\S)[ \t]+\{[.][^{}\n]*\}[ \t]*$")
_ID = re.compile(r"\{:?[ \t]*#[^{}\n]*\}[ \t]*$")
_EMBEDDED = re.compile(
    r"!\[[^\]\n]{0,300}\]\(\s?<?data:[^)\s]*>?\s*\)|<img\b[^>]{0,300}\bsrc=[\"']?data:[^>]*>"
)
_EMBEDDED_DEFINITION = re.compile(r"^\s*\[[^\]\n]+\]:\s*<?data:\S*>?\s*$")
_DATA_ADDRESS = re.compile(r"data:[\w/+.-]+;base64,[A-Za-z0-9+/=]*")
# Images, certificates and keys; those in a string have their line breaks written as `\\n`.
_ENCODED = re.compile(r"(?:[A-Za-z0-9+/=]|\\n){200,}")
_TOC = re.compile(r"^\s*(?:\[\[?_?toc_?\]\]?|(?:[-*+]|\d+\.)\s+toc)\s*$", re.IGNORECASE)


def without_noise(lines: list[str]) -> list[str]:
    """The same lines, one for one, with the noise taken out.

    Gone are HTML comments, Liquid tags, kramdown attributes, images embedded as base64 and other
    long encoded runs, and `[TOC]`. Code fences keep all but encoded runs, since Liquid and
    attributes in code are what the document is about.
    """
    cleaned: list[str] = []
    fence = ""
    in_comment = False
    closing_ahead = _comment_ends(lines)
    for number, line in enumerate(lines):
        if not in_comment and (match := _FENCE.match(line)):
            marks = match["marks"]
            if not fence:
                fence = marks
            elif marks.startswith(fence) and not match["info"].strip():
                fence = ""
        if fence:
            cleaned.append(_ENCODED.sub("", _DATA_ADDRESS.sub("", line)))
            continue
        line, in_comment = _without_comments(line, in_comment, closing_ahead[number])
        cleaned.append(_without_inline_noise(line))
    return cleaned


def without_encoded_runs(lines: list[str]) -> list[str]:
    """The same lines without long runs of encoded data; all the noise other formats have."""
    return [_ENCODED.sub("", _DATA_ADDRESS.sub("", line)) for line in lines]


def without_ids(lines: list[str]) -> list[str]:
    """The same lines, with headings rid of `{#id}` and of attributes beside their text."""
    return [_without_id(line) if line.lstrip()[:1] == "#" else line for line in lines]


def _without_id(heading: str) -> str:
    match = _ID.search(heading)
    return heading[: match.start()].rstrip(" \t") if match else heading


def _comment_ends(lines: list[str]) -> list[bool]:
    """For each line, whether a later line closes a comment: an unclosed one is just text."""
    ahead = False
    ends = []
    for line in reversed(lines):
        ends.append(ahead)
        ahead = ahead or "-->" in line
    return ends[::-1]


def _without_comments(line: str, inside: bool, closed_later: bool) -> tuple[str, bool]:
    kept = ""
    while line:
        if inside:
            _, closed, line = line.partition("-->")
            inside = not closed
            continue
        before, opened, rest = line.partition("<!--")
        kept += before
        if opened and "-->" not in rest and not closed_later:
            return kept + rest, False
        inside = bool(opened)
        line = rest
    return kept, inside


def _without_inline_noise(line: str) -> str:
    if _TOC.match(line) or _EMBEDDED_DEFINITION.match(line):
        return ""
    if "{" in line:
        filled = _LIQUID_OUTPUT.sub("", _LIQUID_TAG.sub("", line))
        if filled != line and _LABEL.fullmatch(filled):
            return ""
        line = filled
        line = _SIMPLE_ATTRIBUTES.sub("", _KRAMDOWN.sub("", line))
    if len(line) > 200:
        line = _DATA_ADDRESS.sub("", _EMBEDDED.sub("", line))
        line = _ENCODED.sub("", line)
    return line

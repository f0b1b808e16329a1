"""The files that a proposal changes: its own, and those of the entries that it replaces."""

import re
from dataclasses import replace
from pathlib import PurePosixPath

from os2kb.decisions.decision import Decision
from os2kb.decisions.entry import Entry, Format
from os2kb.decisions.proposal.entry import replaced_by
from os2kb.decisions.proposal.insertion import ONE_FILE, inserted
from os2kb.decisions.proposal.seen import Log
from os2kb.decisions.reading.read import read_file
from os2kb.decisions.words import STATUSES
from os2kb.decisions.writing.adr import written_adr
from os2kb.decisions.writing.files import written_file

WRITTEN: frozenset[Format] = frozenset({"files", "adr"})
"""The formats in which an entry has a file of its own."""
_VALUE = re.compile(
    r"(?P<before>\s*[-*+]?\s*(?:\*\*|__)?[^:*_|]{2,30}(?:\*\*|__)?\s*:\s*(?:\*\*|__)?\s*)\S.*"
)


def files_of(decision: Decision, path: str, log: Log) -> dict[str, str]:
    """Path to text, its own file first; none where it cannot be put into the log's one file."""
    if log.format in ONE_FILE:
        return _in_one_file(decision, path, log)
    files = {path: written(decision, log.format)}
    for old in replaced_by(decision, log):
        text = log.texts.get(old)
        if old != path and text is not None and (marked := superseded(old, text, decision, path)):
            files[old] = marked
    return files


def _in_one_file(decision: Decision, path: str, log: Log) -> dict[str, str]:
    """The file with the entry, and those marked that it replaces."""
    text = log.texts.get(path)
    made = inserted(text, path, decision, log.format) if text is not None else ""
    for old in decision.supersedes if made else ():
        entry = next((one for one in read_file(path, made) if one.decision.id == old), None)
        if entry is None or _names(entry, decision, path):
            continue
        marked = _edited(entry, made, decision)
        said = {one.decision.id: one for one in read_file(path, marked)} if marked else {}
        if old in said and _names(said[old], decision, path):
            made = marked
    return {path: made} if made else {}


def written(decision: Decision, as_format: Format) -> str:
    """An entry's file."""
    return written_adr(decision) if as_format == "adr" else written_file(decision)


def superseded(path: str, text: str, by: Decision, at: str) -> str:
    """The file of an entry that another replaces, marked as such; empty where it cannot be, or is.

    A file that somebody wrote by hand keeps all but the line of its status.

    Args:
        path: the file's.
        text: what it says now.
        by: the new decision.
        at: where its file is.
    """
    entries = read_file(path, text)
    if len(entries) != 1 or _names(entries[0], by, at):
        return ""
    marked = _rewritten(entries[0], text, by) or _edited(entries[0], text, by)
    found = read_file(path, marked) if marked else ()
    return marked if len(found) == 1 and _names(found[0], by, at) else ""


def _names(entry: Entry, by: Decision, at: str) -> bool:
    old = entry.decision
    known = {by.id, PurePosixPath(at).name} & set(old.superseded_by)
    return old.status == "superseded" and bool(known)


def _rewritten(entry: Entry, text: str, by: Decision) -> str:
    """A file as we write it, written anew; empty for one that somebody else wrote."""
    old = entry.decision
    for as_format in sorted(WRITTEN):
        if written(old, as_format) == text:
            said = STATUSES["superseded"].da
            return written(replace(old, status_text=said, superseded_by=(by.id,)), as_format)
    return ""


def _edited(entry: Entry, text: str, by: Decision) -> str:
    """The same file with another status; empty where it stands on no line of its own."""
    lines = text.split("\n")
    at = entry.places.get("status", 0) - 1
    if 0 <= at < len(lines) and lines[at].lstrip().startswith("#"):
        at = next((n for n in range(at + 1, len(lines)) if lines[n].strip()), -1)
    if not 0 <= at < len(lines):
        return ""
    english = entry.format == "adr"
    kind = by.type or {"adr": "ADR", "log": "BDR"}.get(entry.format, "SDR")
    said = f"{'Superseded by' if english else 'Erstattet af'} {kind}-{by.id}"
    ended = "\r" if lines[at].endswith("\r") else ""
    found = _VALUE.fullmatch(lines[at].rstrip("\r"))
    lines[at] = (found["before"] + said if found else said) + ended
    return "\n".join(lines)

"""Whether links within the log lead somewhere."""

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from posixpath import normpath
from urllib.parse import unquote

from os2kb.decisions.entry import Entry
from os2kb.decisions.guard import unguarded
from os2kb.decisions.lint.finding import Finding, Log, fault

_LINK = re.compile(r"\]\(\s*<?(?P<target>[^\s)>]{1,1000})")
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)
_ON_THE_FORGE = re.compile(r"https?://[^/]+/[^/]+/[^/]+/(?:blob|tree|raw)/[^/]+/(?P<path>[^?#]+)")
_LONG = 5_000  # characters of a line that are looked at


def broken_links(entry: Entry, log: Log) -> Iterator[Finding]:
    """`link`: another file of the log that a link leads to is there, also by its address."""
    folder = PurePosixPath(entry.path).parent
    for number, line in log.written(entry):
        for match in _LINK.finditer(line[:_LONG]):
            written = match["target"]
            path = _path(unguarded(written), folder, log)
            if path is None or path in log.paths or not log.paths:
                continue
            found = _moved(path, log)
            yield fault(
                entry,
                "link",
                number,
                (f"Linket til {path} fører ingen steder hen.", f"The link to {path} is dead."),
                (
                    f"Mente du {found}?" if found else "Ret linket, eller fjern det.",
                    f"Did you mean {found}?" if found else "Mend the link, or take it out.",
                ),
                suggestion=_mended(line, written, path, found),
            )


def _path(target: str, folder: PurePosixPath, log: Log) -> str | None:
    """The file that a link leads to, from the top of the log; None for what lies beyond it."""
    if match := _ON_THE_FORGE.match(target):
        inside = unquote(match["path"]).rstrip("/")
        # The log may be a folder of its repository: the end of the address tells.
        here = PurePosixPath(inside)
        beside = here.suffix == ".md" and here.parent.name == (folder.name or log.folder)
        return str(folder / here.name) if beside else None
    if _SCHEME.match(target) or target.startswith(("#", "/", "{")):
        return None
    path = normpath(str(folder / unquote(target.partition("#")[0].partition("?")[0])))
    return None if path.startswith("..") else path.removesuffix("/")


def _moved(path: str, log: Log) -> str | None:
    """The one file whose name ends as the lost one's: it was given a date or a number."""
    stem = PurePosixPath(path).name
    found = [one for one in log.paths if one.endswith(("-" + stem, "/" + stem))]
    return found[0] if len(found) == 1 else None


def _mended(line: str, written: str, path: str, found: str | None) -> str | None:
    if not found or line.count(written) != 1:
        return None
    old, new = PurePosixPath(path).name, PurePosixPath(found).name
    return line.replace(written, written.replace(old, new)) if old in written else None

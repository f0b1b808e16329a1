"""Files and folders of a repository.

https://docs.github.com/en/rest/repos/contents
"""

import base64
import binascii
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from os2kb.forges.github.transport import Transport
from os2kb.forges.port import Entry, EntryKind, NotFound, NotText
from os2kb.forges.scene import File

_KINDS: Mapping[str, EntryKind] = {"file": "file", "dir": "folder"}


def file(github: Transport, full_name: str, path: str, commit: str) -> File | None:
    """See `os2kb.forges.port.Forge.file`."""
    if _climbs(path):
        return None
    try:
        data = _at(github, full_name, path, **({"ref": commit} if commit else {}))
    except NotFound:
        return None
    text = _bytes(data, full_name, path).decode("utf-8", "replace")
    return File(path=path, text=text, url=str(data.get("html_url") or ""))


def content(github: Transport, full_name: str, path: str) -> bytes:
    """See `os2kb.forges.port.Forge.content`."""
    if _climbs(path):
        raise _nothing_there(full_name, path)
    return _bytes(_at(github, full_name, path), full_name, path)


def listing(github: Transport, full_name: str, path: str) -> tuple[Entry, ...]:
    """See `os2kb.forges.port.Forge.listing`."""
    if path and _climbs(path):
        raise _nothing_there(full_name, path)
    data = _at(github, full_name, path)
    below = f"{path}/" if path else ""
    if isinstance(data, dict):
        return (_entry(data, path),)
    return tuple(_entry(one, f"{below}{one['name']}") for one in data if "/" not in one["name"])


def _at(github: Transport, full_name: str, path: str, **parameters: str) -> Any:
    return github.get(full_name, f"/repos/{full_name}/contents/{quote(path)}", **parameters)


def _entry(data: Mapping[str, Any], path: str) -> Entry:
    kind = _KINDS.get(str(data.get("type")), "link")
    return Entry(path, kind, str(data.get("sha", "")), int(data.get("size") or 0))


def _bytes(data: Any, full_name: str, path: str) -> bytes:
    try:
        if isinstance(data, dict) and data.get("encoding") == "base64":
            return base64.b64decode(data["content"])
    except (binascii.Error, ValueError, KeyError):
        pass
    raise NotText(
        f"{path} i {full_name} er ikke en tekstfil på højst 1 MB",
        f"{path} in {full_name} is no text file of at most 1 MB",
    )


def _climbs(path: str) -> bool:
    """Whether a path would leave the repository it is asked of."""
    return any(part in ("", ".", "..") for part in path.split("/"))


def _nothing_there(full_name: str, path: str) -> NotFound:
    return NotFound(f"{path} findes ikke i {full_name}", f"{path} is not in {full_name}")

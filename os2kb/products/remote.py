"""A source that lies elsewhere: what it is, and the folder it is mirrored into."""

import re
from dataclasses import dataclass, replace
from hashlib import sha256
from ipaddress import ip_address
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from index.passages import Source

RemoteKind = Literal["issues", "discussions", "folder", "os2loop", "webdav"]


@dataclass(frozen=True, slots=True)
class Remote:
    """A source as the products file describes it, or a Policy (`folder`).

    Attributes:
        source: what the index will know it as; its location is set by `mirrored`.
        where: `owner/name`, the path of an export, or the address of a WebDAV folder.
        label: only issues or discussions that carry it.
        category: only discussions of this category.
        path: of a folder, from the repository's root; empty for all of it.
        without: paths in it that are sources of their own.
    """

    source: Source
    kind: RemoteKind
    where: str
    label: str = ""
    category: str = ""
    path: str = ""
    without: tuple[str, ...] = ()

    @property
    def repository(self) -> str:
        """The repository it is read from; empty where it is none."""
        return self.where if self.kind in ("issues", "discussions", "folder") else ""

    def folder(self, index_dir: Path) -> Path:
        """Where its mirror lies."""
        name = self.source.name
        if self.kind == "folder":  # its name holds slashes; no name in the products file starts so
            mark = sha256(name.encode()).hexdigest()[:8]
            name = f"_{re.sub(r'[^A-Za-z0-9.-]', '-', name)[:80]}-{mark}"
        return index_dir / "sources" / name

    def mirrored(self, index_dir: Path, web: str) -> Source:
        """The mirror as a source of the index.

        Args:
            web: where people read the forge, for the addresses of issues and discussions.
        """
        folder, url = str(self.folder(index_dir)), self.source.url
        if self.repository and not url:
            url = f"{web}/{self.repository}/{self.kind}/{{stem}}#{{anchor}}"
        if self.kind in ("webdav", "folder"):
            return replace(self.source, location=folder)
        # Pages of ours name the answer's anchor as kramdown would have it.
        return replace(self.source, location=folder, url=url, anchors="kramdown")


def is_safe(address: str) -> bool:
    """Whether a password may be sent there: https, or this machine itself."""
    parts = urlsplit(address)
    if parts.scheme == "https":
        return bool(parts.hostname)
    return parts.scheme == "http" and is_loopback(parts.hostname or "")


def is_loopback(host: str) -> bool:
    """Whether a host is this machine itself."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False

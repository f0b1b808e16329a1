"""A folder over WebDAV, such as one in Nextcloud (RFC 4918).

Files keep their paths and formats; the index reads those it knows. What has not changed by its
ETag is not fetched again.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

import httpx
from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException
from pydantic import SecretStr

from index.reading.contents import SUFFIXES, largest
from os2kb.knowledge.sources.fetched import Left, Page, Unreachable

_LARGEST_LIST = 20 * 1024 * 1024  # bytes of one folder's listing
_MOST_BYTES = 1024 * 1024 * 1024
_MOST_FILES = 20_000
_MOST_FOLDERS = 5_000
_DEEPEST = 20
_SECONDS = 30.0
_MULTI_STATUS = 207
_LENGTH = re.compile(r"[0-9]{1,18}")
_ASKED = (
    b'<?xml version="1.0"?><d:propfind xmlns:d="DAV:"><d:prop><d:resourcetype/><d:getetag/>'
    b"<d:getcontentlength/><d:getlastmodified/></d:prop></d:propfind>"
)


@dataclass(frozen=True, slots=True)
class Login:
    """An account, and the server it is for: it is sent to no other."""

    server: str
    user: str
    password: SecretStr

    def auth_for(self, address: str) -> httpx.BasicAuth | None:
        """What to log in to an address with."""
        if not self.user or _origin(self.server) != _origin(address):
            return None
        return httpx.BasicAuth(self.user, self.password.get_secret_value())


@dataclass(frozen=True, slots=True)
class _Entry:
    """A file or folder on the server; `path` is decoded and relative, `address` as it is asked."""

    path: str
    address: str
    is_folder: bool
    tag: str
    size: int


def read_webdav(
    address: str, login: Login | None, known: Mapping[str, str]
) -> Iterable[Page | Left]:
    """Every document in a folder and below it.

    Raises:
        Unreachable: the server does not answer, refuses us, or has no such folder.
    """
    base = address.rstrip("/") + "/"
    auth = login.auth_for(base) if login else None
    with httpx.Client(auth=auth, timeout=_SECONDS, headers={"User-Agent": "os2kb"}) as client:
        taken = 0
        for number, entry in enumerate(_entries(client, base)):
            if number >= _MOST_FILES or taken > _MOST_BYTES:
                raise Unreachable(
                    f"the folder holds more than {_MOST_FILES} files or "
                    f"{_MOST_BYTES // 1024**2} MB; name a smaller one"
                )
            if known.get(entry.path) == entry.tag:
                yield Page(entry.path, entry.tag, None)
            elif entry.size > largest(entry.path):
                yield Left(entry.path, _too_large(entry), entry.tag)
            else:
                content = _download(client, entry)
                taken += len(content) if content else 0
                if content is None:
                    yield Left(entry.path, _too_large(entry))
                else:
                    yield Page(entry.path, entry.tag, content)


def _entries(client: httpx.Client, base: str) -> Iterator[_Entry]:
    """Every document below the base, folder by folder: many servers refuse endless depth."""
    waiting, seen = [(base, 0)], {base}
    while waiting:
        if len(seen) > _MOST_FOLDERS:
            raise Unreachable(f"it has more than {_MOST_FOLDERS} folders; name a smaller one")
        address, depth = waiting.pop(0)
        for entry in _listed(client, base, address):
            if entry.is_folder:
                if entry.address not in seen and depth < _DEEPEST:
                    seen.add(entry.address)
                    waiting.append((entry.address, depth + 1))
            elif "." + entry.path.rpartition(".")[2].lower() in SUFFIXES:
                yield entry


def _listed(client: httpx.Client, base: str, address: str) -> Iterator[_Entry]:
    headers = {"Depth": "1", "Content-Type": "application/xml"}
    with _asked(client, "PROPFIND", address, content=_ASKED, headers=headers) as response:
        _refuse(response, address, _MULTI_STATUS)
        listing = _bounded(response, _LARGEST_LIST)
    if listing is None:
        raise Unreachable("a folder's listing is far too large; name a smaller folder")
    try:
        root = ElementTree.fromstring(listing)
    except (ElementTree.ParseError, DefusedXmlException, ValueError) as error:
        raise Unreachable("the server's answer is not WebDAV; check the address") from error
    for found in root.iterfind("{DAV:}response"):
        entry = _entry(found, base, address)
        if entry and entry.address.rstrip("/") != address.rstrip("/"):
            yield entry


def _entry(found: Any, base: str, asked: str) -> _Entry | None:
    """What a response tells of; None where it lies outside the folder, or is hidden."""
    try:
        address = urljoin(asked, (found.findtext("{DAV:}href") or "").strip())
        path = _path_below(base, address)
    except ValueError:  # no address at all
        return None
    if path is None:
        return None
    prop = "{DAV:}propstat/{DAV:}prop/{DAV:}"
    is_folder = found.find(f"{prop}resourcetype/{{DAV:}}collection") is not None
    length = (found.findtext(f"{prop}getcontentlength") or "").strip()
    tag = found.findtext(f"{prop}getetag") or found.findtext(f"{prop}getlastmodified") or ""
    size = int(length) if _LENGTH.fullmatch(length) else 0
    return _Entry(path, address, is_folder, f"{tag.strip()} {size}" if tag else "", size)


def _path_below(base: str, address: str) -> str | None:
    """An address as a path that cannot lead out of the mirror; None where it could."""
    if _origin(address) != _origin(base):
        return None
    root, whole = unquote(urlsplit(base).path), unquote(urlsplit(address).path)
    if not whole.startswith(root):
        return None
    parts = whole[len(root) :].rstrip("/").split("/")
    if parts == [""]:
        return ""
    strange = any(
        not part
        or part.startswith(".")
        or len(part.encode("utf-8", "replace")) > 200
        or any(not letter.isprintable() or letter in "\\\ufffd" for letter in part)
        for part in parts
    )
    return None if strange else "/".join(parts)


def _download(client: httpx.Client, entry: _Entry) -> bytes | None:
    """A document; None where it is larger than the server said it was."""
    with _asked(client, "GET", entry.address) as response:
        _refuse(response, entry.address, httpx.codes.OK)
        return _bounded(response, largest(entry.path))


@contextmanager
def _asked(
    client: httpx.Client, method: str, address: str, **request: Any
) -> Iterator[httpx.Response]:
    try:
        with client.stream(method, address, **request) as response:
            yield response
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        host = urlsplit(address).hostname
        raise Unreachable(f"{host} cannot be reached ({type(error).__name__})") from error


def _bounded(response: httpx.Response, most: int) -> bytes | None:
    content = bytearray()
    for chunk in response.iter_bytes():
        content += chunk
        if len(content) > most:
            return None
    return bytes(content)


def _refuse(response: httpx.Response, address: str, wanted: int) -> None:
    status = response.status_code
    if status == wanted:
        return
    cures = {
        401: "set OS2KB_WEBDAV_URL, OS2KB_WEBDAV_USER and OS2KB_WEBDAV_PASSWORD to an account "
        "that may read it",
        403: "the account of OS2KB_WEBDAV_USER may not read it",
        404: "there is no such folder or file",
    }
    where = " (moved; write the new address)" if response.is_redirect else ""
    said = cures.get(status, "check the address")
    raise Unreachable(f"{urlsplit(address).hostname} answered {status}{where}: {said}")


def _too_large(entry: _Entry) -> str:
    most = largest(entry.path)
    size = max(entry.size, most + 1)  # what the server said may be less than what it sent
    return f"too large: {size / 1024**2:.1f} MB, and {most // 1024**2} MB at most"


def _origin(address: str) -> tuple[str, str, int | None]:
    parts = urlsplit(address)
    port = parts.port or {"https": 443, "http": 80}.get(parts.scheme)
    return parts.scheme, (parts.hostname or "").lower(), port

"""Responses that are written once, and not sent again to who has them already."""

from collections.abc import Callable, Mapping
from hashlib import blake2b
from threading import Lock

from cachetools import LRUCache
from fastapi import Request
from fastapi.responses import Response

from index.passages import Language
from os2kb.version import VERSION
from webhooks.pages.site import SECURITY, page

REMEMBERED = 8 * 1024 * 1024  # bytes of bodies
_HTML = "text/html; charset=utf-8"
VARY = "Accept, Accept-Language"
RestsOn = tuple[object, ...]
"""All that a body is made of, and the version of the software; it is the same while they are."""


class Sent:
    """The responses of some routes. What is asked for often is remembered; errors are not.

    Args:
        always: headers of each: `SECURITY`, or `SCRIPTED` where pages have scripts.
    """

    def __init__(self, always: Mapping[str, str] = SECURITY) -> None:
        self._always = always
        self._bodies: LRUCache[str, bytes] = LRUCache(REMEMBERED, getsizeof=len)
        self._looking = Lock()

    def page(
        self,
        request: Request,
        rests_on: RestsOn,
        language: Language,
        write: Callable[[], str],
        status: int = 200,
    ) -> Response:
        """A page, or 304 where the client has it.

        Args:
            write: called where it is not remembered.
        """
        if status != 200:
            return page(write(), language, {**self._always, "Vary": VARY}, status)
        return self._sent(request, rests_on, _HTML, write, {"Content-Language": language})

    def body(
        self, request: Request, rests_on: RestsOn, media_type: str, write: Callable[[], str]
    ) -> Response:
        """A body of any kind, or 304."""
        return self._sent(request, rests_on, media_type, write, {})

    def _sent(
        self,
        request: Request,
        rests_on: RestsOn,
        media_type: str,
        write: Callable[[], str],
        more: Mapping[str, str],
    ) -> Response:
        # Weak: packed or not, it is the same to its reader.
        known = repr((VERSION, media_type, rests_on)).encode("utf-8", "surrogatepass")
        tag = f'W/"{blake2b(known, digest_size=12).hexdigest()}"'
        headers = {"ETag": tag, "Cache-Control": "no-cache", "Vary": VARY}
        if tag in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        with self._looking:
            written = self._bodies.get(tag)
        if written is None:
            written = write().encode()
            if len(written) <= REMEMBERED:
                with self._looking:
                    self._bodies[tag] = written
        return Response(written, media_type=media_type, headers={**self._always, **more, **headers})

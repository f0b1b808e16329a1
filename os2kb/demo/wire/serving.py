"""A demo server on loopback: its socket, its thread, and connections that can be cut."""

import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from starlette.types import ASGIApp, Scope
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

_RESET_ON_CLOSE = struct.pack("ii", 1, 0)


class CuttableProtocol(HttpToolsProtocol):
    """uvicorn's HTTP protocol, which lets a request have its own connection cut."""

    def on_headers_complete(self) -> None:
        """Hand the request its connection."""
        # A key of our own, which the type of the scope does not know.
        self.scope["os2kb.cut"] = self.cut  # type: ignore[typeddict-unknown-key]
        super().on_headers_complete()

    def cut(self) -> None:
        """Reset the connection (RST) without a word."""
        if self.cycle is not None:
            self.cycle.disconnected = True
        if self.transport is None:
            return
        raw = self.transport.get_extra_info("socket")
        raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET_ON_CLOSE)
        self.transport.abort()


def cut(scope: Scope) -> None:
    """Reset the connection that a request came by."""
    scope["os2kb.cut"]()


def listen(port: int = 0) -> socket.socket:
    """A listening socket on loopback; port 0 lets the kernel choose."""
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind(("127.0.0.1", port))
    listener.listen(256)
    return listener


def address(listener: socket.socket) -> str:
    """The URL of what listens there."""
    return f"http://127.0.0.1:{listener.getsockname()[1]}"


@contextmanager
def serving(application: ASGIApp, listener: socket.socket) -> Iterator[None]:
    """Serve an application from a thread of its own while the block runs."""
    server = server_of(application)
    thread = threading.Thread(
        target=server.run, kwargs={"sockets": [listener]}, name="demo", daemon=True
    )
    thread.start()
    try:
        yield
    finally:
        server.should_exit = True
        thread.join(10)


def server_of(application: ASGIApp) -> uvicorn.Server:
    """A server that ends soon after it is told to."""
    config = uvicorn.Config(
        application,
        http=CuttableProtocol,
        lifespan="off",
        log_level="warning",
        access_log=False,
        proxy_headers=False,
        timeout_graceful_shutdown=1,
    )
    return uvicorn.Server(config)

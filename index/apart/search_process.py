"""One version of the index in a process of its own: a question a line in, a body a line out.

    python -m index.apart.search_process FOLDER     standard input is a socket, read and written

An empty line says that it has read the index, or that it has no answer. It ends when the other end
of the socket is closed, and so also when the service is killed.
"""

import gc
import json
import os
import signal
import socket
import sys
from contextlib import suppress
from pathlib import Path

from index.apart.bodies import from_line
from index.search import Index

_NICER = 5  # than the service: where there is not enough for both, deliveries come first


def answer_lines(index: Index, wire: socket.socket) -> None:
    """Answer until the other end is closed."""
    with wire, wire.makefile("rwb") as lines:
        lines.write(b"\n")
        lines.flush()
        for line in lines:
            lines.write(_body(index, line) + b"\n")
            lines.flush()


def _body(index: Index, line: bytes) -> bytes:
    try:
        return from_line(line).body(index)
    except Exception:  # noqa: BLE001 - the service then searches itself, and tells of the error
        return b""


def main() -> None:
    """Serve the version in the folder that is named."""
    # Ctrl-C goes to all processes of a terminal; the service closes the socket when it is done.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.nice(_NICER)
    try:
        index = Index.load(Path(sys.argv[1]))
    except Exception as error:  # noqa: BLE001 - the last line of its log, in the service's form
        sys.exit(json.dumps({"event": "search_process_failed", "error": repr(error)}))
    gc.freeze()  # what was read stays: it need not be gone through again and again
    with suppress(ConnectionError):
        answer_lines(index, socket.socket(fileno=sys.stdin.fileno()))


if __name__ == "__main__":
    main()

"""os2kb's commands as processes of their own, forked from one that has imported all they need.

Each is a process like any other, with its own memory, files, environment and end, and can be
killed. Only the imports came before it: two seconds of processor time, which more than a hundred
starts would each take anew. Where the start itself is shown, a test starts Python instead.
"""

import multiprocessing
import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from multiprocessing.process import BaseProcess
from pathlib import Path

_IMPORTED = [
    "alembic.command",
    "os2kb.cli.commands",
    "os2kb.cli.failure",
    "os2kb.doctor",
    "os2kb.engine.engine",
    "os2kb.forges.github",
    "pydantic.v1",
    "pytest",  # the main module of who asks, which multiprocessing imports again for each
    "sqlalchemy.dialects.sqlite",
    "uvicorn.loops.uvloop",
    "uvicorn.protocols.http.httptools_impl",
    "webhooks.app",
]

# Only on Linux is a fork safe whatever libraries are loaded; elsewhere each imports for itself.
_FORKS = sys.platform == "linux"
_CONTEXT = multiprocessing.get_context("forkserver" if _FORKS else "spawn")
_CONTEXT.set_forkserver_preload(_IMPORTED)


@dataclass(frozen=True, slots=True)
class Forked:
    """A process that was begun so, with the words of `subprocess.Popen`."""

    process: BaseProcess

    @property
    def pid(self) -> int:
        assert self.process.pid
        return self.process.pid

    def poll(self) -> int | None:
        """How it ended; None while it runs."""
        return self.process.exitcode

    def wait(self, timeout: float | None = None) -> int:
        self.process.join(timeout)
        ended = self.process.exitcode
        assert ended is not None, f"still running after {timeout} s"
        return ended

    def terminate(self) -> None:
        self.process.terminate()

    def kill(self) -> None:
        self.process.kill()


def fork(
    arguments: Sequence[str], environment: Mapping[str, str], folder: Path, out: Path, errors: Path
) -> Forked:
    """Begin `os2kb ARGUMENTS` in a folder; what it says is added to the two files."""
    given = ([*arguments], {**environment}, str(folder), str(out), str(errors))
    # A daemon: one that a failed test leaves behind ends with the tests.
    process = _CONTEXT.Process(target=_run, args=given, daemon=True)
    process.start()
    return Forked(process)


def _run(
    arguments: list[str], environment: dict[str, str], folder: str, out: str, errors: str
) -> None:
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    for path, descriptor in ((out, 1), (errors, 2)):
        opened = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        os.dup2(opened, descriptor)
        os.close(opened)
    sys.argv = ["os2kb", *arguments]
    from os2kb.cli import main

    main()

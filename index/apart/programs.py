"""Modules of ours as programs, found where this process found them and not where they run."""

import os
import sys
from pathlib import Path

_ROOT = str(Path(__file__).parents[2])


def command(module: str, *arguments: str) -> list[str]:
    """The command line of a module. `-P`: a folder it runs in may hold files of any name."""
    return [sys.executable, "-P", "-m", module, *arguments]


def environment() -> dict[str, str]:
    """The environment in which `command` finds the module."""
    paths = (_ROOT, os.environ.get("PYTHONPATH", ""))
    return {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, paths))}

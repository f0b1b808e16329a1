"""Fitting the lsa model, in a process of its own where that is worth its start.

The process that builds may also be the one that serves: it keeps its memory and its interpreter
lock, and what scikit-learn costs (a second and 100 MB) is gone with the process that needed it.

    python -m index.embedders.fitting FOLDER     fit on FOLDER/texts.json, save into FOLDER
"""

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from index.apart.programs import command, environment
from index.embedders import EmbedderUnavailable
from index.embedders.lsa import Lsa, sample

_HERE_UP_TO = 500  # texts: they are fitted in less time than a process takes to start
_TEXTS = "texts.json"


class FittingFailed(EmbedderUnavailable):
    """The process that fits the model ended without one. The message holds its last line."""


def fit(texts: Sequence[str], folder: Path) -> Lsa:
    """Learn from texts, and save the model into a folder.

    Raises:
        FittingFailed: its process was ended, for example for want of memory.
    """
    if len(texts) <= _HERE_UP_TO:
        model = Lsa.fit(texts)
        model.save(folder)
        return model
    folder.mkdir(parents=True, exist_ok=True)
    given = folder / _TEXTS
    given.write_text(json.dumps(sample(texts)), "ascii")
    try:
        _run(folder)
    finally:
        given.unlink()
    return Lsa.load(folder)


def _run(folder: Path) -> None:
    """This module as a program."""
    done = subprocess.run(  # noqa: S603 - our own interpreter and module
        command("index.embedders.fitting", str(folder.resolve())),
        env=environment(),
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
    if done.returncode:
        last = (done.stderr.strip() or f"exit code {done.returncode}").splitlines()[-1]
        raise FittingFailed(f"the search model could not be fitted: {last}")


if __name__ == "__main__":
    place = Path(sys.argv[1])
    Lsa.fit(json.loads((place / _TEXTS).read_text("ascii"))).save(place)

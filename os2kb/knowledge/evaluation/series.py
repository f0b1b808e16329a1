"""What evaluations came to, one after the other: `evaluations.jsonl` beside the index.

Figures alone are kept: no question, no answer and no document's name.
"""

import logging
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

_FILE = "evaluations.jsonl"
_MOST = 500  # that are kept; the oldest go
_log = logging.getLogger(__name__)


class Evaluated(BaseModel):
    """One run of `os2kb index eval`.

    Attributes:
        at: when it ended.
        file: the name of its file of questions.
        asked: how they were put, where not as they stand there (`ascii`, `typos 2`); else empty.
        internal: whether internal documents took part.
        version: of the index.
        n: questions.
        recall5: the share of answerable questions with a right passage among the first five.
        ndcg10: how high right passages stand.
        rightly: the share of answerable questions that were answered rightly; None: not asked.
        falsely: the share of the other questions that were answered all the same; None: no such.
    """

    model_config = ConfigDict(frozen=True)

    at: datetime
    file: str
    asked: str = ""
    internal: bool = False
    version: str
    n: int
    recall5: float | None
    ndcg10: float | None
    rightly: float | None = None
    falsely: float | None = None

    @property
    def sort(self) -> tuple[str, str, bool]:
        """Only runs of the same sort can be compared."""
        return self.file, self.asked, self.internal


def evaluated(measured: Mapping[str, Any], at: datetime) -> Evaluated:
    """What is kept of what `os2kb index eval --json` prints."""
    about, answers = measured["about"], measured.get("answers", {})
    spelling = about["spelling"]
    asked = ["ascii"] if spelling["ascii"] else []
    asked += [f"typos {spelling['typos']}"] if spelling["typos"] else []
    return Evaluated(
        at=at,
        file=about["file"],
        asked=", ".join(asked),
        internal=about["internal"],
        version=about["version"],
        n=measured["n"],
        recall5=measured["recall"]["5"],
        ndcg10=measured["ndcg10"],
        rightly=_share(answers.get("answered_rightly", 0), answers.get("answerable", 0)),
        falsely=_share(answers.get("answered_falsely", 0), answers.get("unanswerable", 0)),
    )


def every(index_dir: Path) -> tuple[Evaluated, ...]:
    """The runs that are kept, oldest first. A line that cannot be read is none."""
    found = []
    try:
        lines = (index_dir / _FILE).read_text("utf-8", "replace").splitlines()
    except OSError:
        return ()
    for line in lines[-_MOST:]:
        try:
            found.append(Evaluated.model_validate_json(line))
        except ValidationError:
            continue
    return tuple(found)


def remember(index_dir: Path, run: Evaluated) -> None:
    """Add a run. Where that cannot be written, the log says so: the figures are printed anyhow."""
    lines = [one.model_dump_json() for one in (*every(index_dir), run)][-_MOST:]
    written = index_dir / f"{_FILE}.new"
    try:
        written.write_text("".join(f"{line}\n" for line in lines), "utf-8")
        written.replace(index_dir / _FILE)
    except OSError as error:
        _log.warning("this evaluation cannot be kept (%s); free some room", error.strerror)


def comparable(runs: Sequence[Evaluated]) -> tuple[Evaluated, ...]:
    """Those of the same sort as the newest, oldest first."""
    return tuple(one for one in runs if one.sort == runs[-1].sort) if runs else ()


def _share(count: int, of: int) -> float | None:
    return count / of if of else None

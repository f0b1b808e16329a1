"""Issues that people labelled: what the classifier learns from and is judged by."""

import csv
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

COLUMNS = ("repo", "label", "title", "body")


class BadIssues(Exception):
    """The labelled issues cannot be learned from. The message names the cure."""


@dataclass(frozen=True, slots=True)
class LabelledIssue:
    """An issue and the type a person gave it.

    When it was written is left out on purpose: a public collection takes the newest of each type,
    so dates tell the types apart there, and nowhere else (see docs/triage.md).
    """

    repository: str
    label: str
    title: str
    body: str


def read_issues(path: Path) -> tuple[LabelledIssue, ...]:
    """The issues of a CSV file with at least the columns `repo`, `label`, `title` and `body`.

    Raises:
        BadIssues: it is not there, not UTF-8, lacks a column, or a row has no label.
    """
    csv.field_size_limit(min(sys.maxsize, 2**31 - 1))  # a body may be longer than csv's 128 KB
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = csv.DictReader(file, strict=True)
            missing = [name for name in COLUMNS if name not in (rows.fieldnames or ())]
            if missing:
                raise BadIssues(f"{path}: add the columns {', '.join(missing)} to its first line")
            return tuple(_issue(row, f"{path}:{rows.line_num}") for row in rows)
    except OSError as wrong:
        raise BadIssues(f"{path}: {wrong.strerror}; name a CSV file, or owner/repo") from wrong
    except (UnicodeDecodeError, csv.Error) as wrong:
        raise BadIssues(f"{path}: save it as CSV in UTF-8 ({wrong})") from wrong


def data_hash(issues: Sequence[LabelledIssue]) -> str:
    """Names the issues exactly, in whatever order they stand."""
    digest = sha256()
    for line in sorted(
        "\0".join((one.repository, one.label, one.title, one.body)) for one in issues
    ):
        digest.update(line.encode("utf-8", "surrogatepass") + b"\1")
    return digest.hexdigest()


def _issue(row: dict[str, str | None], place: str) -> LabelledIssue:
    repository, label, title, body = (row[name] or "" for name in COLUMNS)
    if not repository.strip() or not label.strip():
        raise BadIssues(f"{place}: the row needs both repo and label")
    return LabelledIssue(repository.strip(), label.strip(), title, body)

"""Accepted decisions whose text changed since, as a local repository's git knows."""

import json
import subprocess
from pathlib import Path

import pytest
from typer.testing import CliRunner

from index.reading.git_versions import earlier_versions
from os2kb.cli.commands import app

DRIFT = (
    "# [SDR] Fælles drift\n\n- **Dato**: 2026-05-02\n- **Status**: Forslag\n"
    "- **Beslutningstagere**: Styregruppen\n\n## Beslutning\n\nDriften udbydes samlet.\n"
)
ACCEPTED = DRIFT.replace("Forslag", "Accepteret")
NAME = "2026-05-02-fælles-drift.md"


@pytest.fixture
def log(tmp_path: Path) -> Path:
    git(tmp_path, "init", "--quiet")
    (tmp_path / "beslutninger").mkdir()
    return tmp_path / "beslutninger"


def git(folder: Path, *arguments: str) -> str:
    who = ("-c", "user.name=ida", "-c", "user.email=ida@example.dk")
    done = subprocess.run(
        ["git", *who, *arguments], cwd=folder, check=True, capture_output=True, text=True
    )
    return done.stdout


def commit(log: Path, text: str, name: str = NAME) -> None:
    (log / name).write_text(text, "utf-8")
    git(log, "add", "--all", ".")
    git(log, "commit", "--quiet", "--message=ny", "--date=2026-06-01T12:00:00Z")


def told(log: Path) -> list[dict[str, object]]:
    result = CliRunner().invoke(app, ["decisions", "lint", str(log), "--json"])
    items = json.loads(result.stdout)["items"]
    return [one for one in items if one["rule"] == "changed"]


def test_what_was_accepted_and_says_something_else_is_told_with_both_versions(log: Path) -> None:
    commit(log, DRIFT.replace("samlet", "hver for sig"))
    commit(log, ACCEPTED)
    commit(log, ACCEPTED.replace("samlet", "i to dele"))
    (found,) = told(log)
    said = found["message"]["da"]  # type: ignore[index]
    changed = git(log, "log", "-1", "--format=%cs (%h)", "--abbrev=7").strip()
    assert f"Før {changed}: “Driften udbydes samlet.”. Nu: “Driften udbydes i to dele.”." in said
    assert (found["path"], found["line"], found["level"]) == (NAME, 7, "warning")


def test_what_a_proposal_said_and_what_is_put_back_is_no_change(log: Path) -> None:
    commit(log, DRIFT.replace("samlet", "hver for sig"))
    commit(log, ACCEPTED)
    commit(log, ACCEPTED.replace("samlet", "i to dele"))
    commit(log, ACCEPTED + "\n## Risici\n\nIngen.\n")
    assert told(log) == []


def test_a_file_is_known_by_its_new_name(log: Path) -> None:
    commit(log, ACCEPTED)
    git(log, "mv", NAME, "2026-05-02-drift.md")
    commit(log, ACCEPTED.replace("samlet", "i to dele"), "2026-05-02-drift.md")
    assert [one["path"] for one in told(log)] == ["2026-05-02-drift.md"]
    assert [one.text for one in earlier_versions(log)["2026-05-02-drift.md"]] == [ACCEPTED]


def test_a_folder_without_history_has_nothing_to_tell(log: Path, tmp_path: Path) -> None:
    commit(log, ACCEPTED)
    assert earlier_versions(log) == {}
    assert earlier_versions(Path("/")) == {}
    (log / NAME).write_bytes(b"\xff\xfe\x00\x01")
    git(log, "commit", "--quiet", "--all", "--message=data")
    assert told(tmp_path / "beslutninger") == []

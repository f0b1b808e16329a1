"""`os2kb decisions` on the command line, on a log in a folder."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from index.build import build
from index.passages import Source
from os2kb.cli.commands import app
from os2kb.decisions.approval import Approval
from os2kb.decisions.reading.read import read_file
from os2kb.store.database import open_database, upgrade
from os2kb.store.decisions import DecisionLog, keep_log

DRIFT = (
    "# [SDR] Fælles drift\n\n- **Nr.**: 42\n- **Dato**: 2026-05-02\n- **Status**: Accepteret\n"
    "- **Beslutningstagere**: Styregruppen\n\n## Beslutning\n\nDriften udbydes samlet.\n"
)


@pytest.fixture
def log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "beslutninger"
    folder.mkdir()
    (folder / "2026-05-02-faelles-drift.md").write_text(DRIFT, "utf-8")
    newer = DRIFT.replace("42", "43").replace("05-02", "06-02").replace("Fælles drift", "Møder")
    newer = newer.replace("Driften udbydes samlet.", "Fire om året.")
    (folder / "2026-06-02-moeder.md").write_text(newer, "utf-8")
    (folder / "README.md").write_text("# Om loggen\n\nHer står beslutninger.\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")
    return folder


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["decisions", *arguments])


def test_a_log_is_listed_with_the_newest_first(log: Path) -> None:
    items = json.loads(run("list", "--json").stdout)["items"]
    assert [one["id"] for one in items] == ["43", "42"]
    assert items[1] | {"repairs": []} == {
        "name": "42", "id": "42", "type": "SDR", "title": "Fælles drift", "date": "2026-05-02",
        "status": "accepted", "status_text": "Accepteret", "deciders": ["Styregruppen"],
        "supersedes": [], "superseded_by": [], "issue": None, "ticket": None, "product": None,
        "path": "2026-05-02-faelles-drift.md", "lines": [1, 10], "format": "files",
        "confidence": 1.0, "approval": None, "repairs": [],
    }  # fmt: skip
    table = run("list").stdout
    assert table.index("Møder") < table.index("Fælles drift")
    assert "Accepteret" in table
    assert "Accepted" in run("list", str(log), "--english").stdout


def test_an_entry_is_shown_by_its_number_or_file(log: Path) -> None:
    for name in ("42", "#042", "2026-05-02", "2026-05-02-faelles-drift.md"):
        assert "Driften udbydes samlet." in run("show", name, str(log)).stdout
    shown = json.loads(run("show", "42", "--json").stdout)
    assert shown["texts"]["decision"] == "Driften udbydes samlet."
    assert "Læst med sikkerhed 1,0 af 1" in run("show", "42").stdout
    assert "with confidence 1.0 of 1" in run("show", "42", "--english").stdout


def test_a_listed_name_can_be_given_to_show(log: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    name = "2026-06-02-hvor-ofte-vi-holder-moede-i-brugerklubben"
    (log / f"{name}.md").write_text(DRIFT.replace("- **Nr.**: 42\n", ""), "utf-8")
    monkeypatch.setenv("COLUMNS", "80")
    lines = [line.split("│") for line in run("list").stdout.splitlines()]
    assert name in "".join(cells[1].strip() for cells in lines if len(cells) > 1)


def test_a_file_that_cannot_be_read_is_told_of_in_the_readers_words(tmp_path: Path) -> None:
    folder = str(tmp_path)
    assert "kan ikke læses: den findes ikke." in run("extract", str(tmp_path / "x.md")).stderr
    assert "kan ikke læses: det er en mappe; nævn dens filer." in run("extract", folder).stderr
    assert "it is a folder; name its files." in run("extract", folder, "--english").stderr


def test_an_entry_that_is_not_there_is_told_with_where_to_look(log: Path) -> None:
    result = run("show", "7")
    assert result.exit_code == 1
    assert (
        "Der er ingen beslutning 7. Se dem med: os2kb decisions list beslutninger" in result.stderr
    )
    assert run("show", "2026").exit_code == 1


def test_lint_ends_with_one_for_mistakes_only(log: Path) -> None:
    result = run("lint")
    assert (result.exit_code, result.stdout) == (0, "2 beslutninger, og der er intet at rette.\n")
    file = log / "2026-05-02-faelles-drift.md"
    file.write_text(DRIFT.replace("2026-05-02", "i maj"), "utf-8")
    result = run("lint")
    assert result.exit_code == 1
    assert "2026-05-02-faelles-drift.md:4: Datoen “i maj” kan ikke være rigtig." in result.stdout
    assert "    forslag: - **Dato**: 2026-05-02\n" in result.stdout
    assert "1 ting skal rettes, og 0 bør ses efter." in result.stdout
    (found,) = json.loads(run("lint", str(log), "--json").stdout)["items"]
    assert (found["rule"], found["level"], found["suggestion"]) == (
        "date",
        "error",
        "- **Dato**: 2026-05-02",
    )
    file.write_text(DRIFT.replace("Driften udbydes samlet.", ""), "utf-8")
    result = run("lint", "--english")
    assert (result.exit_code, "warning: Only the heading says" in result.stdout) == (0, True)


def test_a_page_of_its_own_can_be_named(log: Path) -> None:
    assert run("lint", str(log / "2026-05-02-faelles-drift.md")).exit_code == 0
    items = json.loads(run("list", str(log / "2026-06-02-moeder.md"), "--json").stdout)["items"]
    assert [one["id"] for one in items] == ["43"]


@pytest.mark.parametrize("command", ["list", "lint"])
def test_where_there_is_no_log_the_command_ends_with_two(command: str, log: Path) -> None:
    assert "findes ikke" in run(command, "ingen").stderr
    assert run(command, "ingen").exit_code == 2
    assert run(command, str(log / "README.md")).exit_code == 2
    assert json.loads(run(command, str(log / "README.md"), "--json").stdout) == {"items": []}


def test_what_would_steer_a_terminal_is_not_printed(log: Path) -> None:
    text = DRIFT.replace("Fælles drift", "Fælles \x1b[2J\u202edrift").replace("Accepteret", "\x9bx")
    (log / "2026-05-02-faelles-drift.md").write_text(text, "utf-8")
    for command in (("list",), ("lint",), ("show", "42")):
        assert not {"\x1b", "\x9b", "\u202e"} & set(run(*command).stdout)


def test_nobodys_address_or_number_is_printed(log: Path) -> None:
    held = {"Fælles drift": "Drift hos ida@gmail.com", "Styregruppen": "Ida, tlf. 20 30 41 51"}
    text = DRIFT.replace("samlet.", "samlet. Skriv til bo.dahl@kommune.dk eller kontakt@os2.eu.")
    for old, new in held.items():
        text = text.replace(old, new)
    (log / "2026-05-02-faelles-drift.md").write_text(text, "utf-8")
    for command in (("list",), ("list", "--json"), ("show", "42"), ("show", "42", "--json")):
        printed = run(*command).stdout
        assert not any(one in printed for one in ("ida@gmail", "20 30 41", "bo.dahl@")), command
    assert "kontakt@os2.eu" in run("show", "42").stdout
    assert run("lint").exit_code == 1


@pytest.fixture
def kept(log: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The log is a product's; an internal one is in the store beside it, and one in the index."""
    monkeypatch.setenv("OS2KB_DATA_DIR", str(tmp_path / "data"))
    database = open_database(f"sqlite:///{tmp_path / 'data' / 'os2kb.db'}")
    upgrade(database)
    for key, public, title in (("github:1:a", True, "Fælles drift"), ("github:2:b", False, "Løn")):
        entries = read_file("drift.md", DRIFT.replace("Fælles drift", title))
        keep_log(database, DecisionLog(key, "os2demo", public=public), entries, lambda _: "")
    source = tmp_path / "kilde"
    (source / "adr").mkdir(parents=True)
    (source / "adr" / "0007-koe.md").write_text(
        "# ADR 7 - Use a queue\n\nStatus: Accepted\n\n## Decision\n\nJobs wait in a queue.\n"
    )
    found = [Source("kilde", str(source), "os2demo")]
    build(found, tmp_path / "data" / "index", now=datetime(2026, 6, 4, tzinfo=UTC))


def titles(result: Result) -> list[str]:
    return [one["title"] for one in json.loads(result.stdout)["items"]]


def test_a_products_decisions_are_listed_without_its_folder(kept: None) -> None:
    listed = run("list", "--product", "os2demo", "--json")
    assert titles(listed) == ["Fælles drift", "Use a queue"]
    assert "Interne beslutninger er ikke taget med: 1." in listed.stderr
    both = run("list", "--product", "os2demo", "--internal", "--json")
    assert sorted(titles(both)) == ["Fælles drift", "Løn", "Use a queue"]


def test_a_products_decision_is_shown_as_one_of_a_folder_is(kept: None, log: Path) -> None:
    of_product = json.loads(run("show", "42", "--product", "os2demo", "--json").stdout)
    of_folder = json.loads(run("show", "42", str(log), "--json").stdout)
    assert of_product | {"path": ""} == of_folder | {"path": ""}


def test_what_was_merged_unapproved_is_shown_as_that(kept: None, tmp_path: Path) -> None:
    database = open_database(f"sqlite:///{tmp_path / 'data' / 'os2kb.db'}")
    entries = [replace(one, approval=Approval()) for one in read_file("drift.md", DRIFT)]
    keep_log(database, DecisionLog("github:1:a", "os2demo", public=True), entries, lambda _: "")
    shown = run("show", "42", "--product", "os2demo").stdout
    assert "Godkendelse: Flettet uden godkendelse" in shown
    assert "Approval: Merged without an approval" in (
        run("show", "42", "--product", "os2demo", "--english").stdout
    )


def test_a_product_without_decisions_is_told_with_those_that_have_some(kept: None) -> None:
    result = run("list", "--product", "os2andet")
    assert result.exit_code == 2
    assert "os2demo" in result.stderr
    assert "os2kb index build" in result.stderr


def test_before_anything_was_read_it_is_told_what_reads_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OS2KB_DATA_DIR", str(tmp_path / "tom"))
    result = run("list", "--product", "os2demo")
    assert (result.exit_code, result.stdout) == (2, "")
    for cure in ("os2kb index build", "os2kb decisions sync"):
        assert cure in result.stderr


def test_one_decision_is_no_decisions(log: Path) -> None:
    (log / "2026-06-02-moeder.md").unlink()
    assert run("lint").stdout == "1 beslutning, og der er intet at rette.\n"
    assert run("lint", "--english").stdout == "1 decision, and there is nothing to mend.\n"


def test_a_path_and_a_product_are_not_asked_for_at_once(kept: None, log: Path) -> None:
    assert run("list", str(log), "--product", "os2demo").exit_code == 2

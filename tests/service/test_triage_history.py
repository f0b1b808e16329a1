"""`os2kb triage` over a demo GitHub and over CSV files."""

import csv
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from os2kb.cli.commands import app
from os2kb.forges.github import GitHub
from os2kb.triage.history import labelled_history
from os2kb.triage.issues import COLUMNS, BadIssues, LabelledIssue
from os2kb.triage.store import load
from tests.service.running import World, connected, world
from tests.unit.triage.labelled import issues

SHARED = "version: 1\\nlabels: {type: {bug: Bug, question: Spørgsmål}, security: it-sikkerhed}\\n"
SEED = f"""
app: {{id: 4242, slug: os2kb}}
people: [ida, kim]
repositories:
  os2display/.github:
    id: 100
    files: {{.github/os2kb.yml: "{SHARED}"}}
  os2display/api:
    id: 101
    labels: {{Bug: d73a4a, Spørgsmål: cc317c, It-sikkerhed: b60205}}
    issues:
      - {{number: 1, by: ida, title: Fejl i kalender, body: Den er tom for 010190-1234.,
         state: closed, labels: [Bug]}}
      - {{number: 2, by: ida, title: "Hvordan?", labels: [Spørgsmål]}}
      - {{number: 3, by: ida, title: Begge dele, labels: [Bug, Spørgsmål]}}
      - {{number: 4, by: ida, title: Ingen af delene}}
      - {{number: 5, by: ida, title: Hul i login, labels: [Bug, It-sikkerhed]}}
      - {{number: 6, by: ida, title: Kalenderen blinker, body: Nummer 4}}
  os2forms/forms:
    id: 102
    labels: {{Bug: d73a4a}}
"""


@pytest.fixture(scope="module")
def github() -> Iterator[World]:
    with world(SEED) as made:
        yield made


@pytest.fixture
def forge(github: World, tmp_path: Path) -> GitHub:
    return connected(github, tmp_path)


def test_history_is_what_carries_one_type_label_and_holds_no_secrets(forge: GitHub) -> None:
    assert labelled_history(forge, "os2display/api") == (
        LabelledIssue("os2display/api", "bug", "Fejl i kalender", "Den er tom for ██████-████."),
        LabelledIssue("os2display/api", "question", "Hvordan?", ""),
    )


def test_a_repository_whose_labels_nobody_named_is_refused(forge: GitHub) -> None:
    with pytest.raises(BadIssues, match=r"labels\.type"):
        labelled_history(forge, "os2forms/forms")


def test_what_was_learned_labels_an_issue_that_does_not_tell_its_type(
    github: World, tmp_path: Path
) -> None:
    settings = {
        "OS2KB_DATA_DIR": str(tmp_path / "data"),
        "OS2KB_GITHUB_API_URL": github.github.api,
        "OS2KB_GITHUB_APP_ID": str(github.app_id),
        "OS2KB_GITHUB_PRIVATE_KEY": github.private_key,
    }

    def os2kb(*arguments: str) -> str:
        ran = CliRunner().invoke(app, arguments, env=settings)
        assert ran.exit_code == 0, ran.output
        return ran.stdout

    def planned() -> list[str]:
        told = json.loads(os2kb("plan", "os2display/api#6", "--json"))
        return [action["label"] for action in told["actions"] if action["kind"] == "add-label"]

    assert planned() == []
    said = {"bug": "{} blinker", "question": "Mon {} er den samme"}
    things = ("Kalenderen", "Skærmen", "Formularen", "Skabelonen", "Billedet", "Feltet") * 6
    written = tmp_path / "issues.csv"
    with written.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(COLUMNS)
        for number, thing in enumerate(things):
            for label, title in said.items():
                rows.writerow(("os2display/api", label, title.format(thing), f"Nummer {number}"))
    os2kb("triage", "train", str(written))
    assert planned() == ["Bug"]


def test_what_was_trained_on_a_file_serves_from_its_folder(tmp_path: Path) -> None:
    ran = CliRunner().invoke(
        app,
        [
            "triage",
            "train",
            str(table(tmp_path, 20, 1)),
            "--out",
            str(tmp_path / "triage"),
            "--json",
        ],
    )
    assert ran.exit_code == 0, ran.output
    told = json.loads(ran.stdout)
    model = load(tmp_path / "triage")
    assert (told["issues"], told["data"]) == (60, model.data)
    assert told["f1"] == pytest.approx(model.measured.f1)


def test_eval_prints_scores_as_the_competition_counts_them(tmp_path: Path) -> None:
    ran = CliRunner().invoke(
        app, ["triage", "eval", str(table(tmp_path, 20, 1)), str(table(tmp_path, 9, 2)), "--json"]
    )
    assert ran.exit_code == 0, ran.output
    told = json.loads(ran.stdout)
    assert told["n"] == 27
    (types,) = told["by"].values()
    every = [types[label]["f1"] for label in ("bug", "feature", "question")]
    assert types["average"]["f1"] == pytest.approx(sum(every) / 3)
    assert told["f1"] == pytest.approx(types["average"]["f1"])
    assert set(told["known"]) == {"precision", "coverage"}


def table(folder: Path, count: int, seed: int) -> Path:
    path = folder / f"issues-{seed}.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(COLUMNS)
        rows.writerows((i.repository, i.label, i.title, i.body) for i in issues(count, seed=seed))
    return path

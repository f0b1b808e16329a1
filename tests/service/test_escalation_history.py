"""`os2kb escalation` over the real history of a demo GitHub."""

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from os2kb.cli.commands import app
from tests.service.running import World, installed_beside, world

REPOSITORY = "os2demo/os2demo"
POLICY = """
version: 1
labels:
  severity: {kritisk: "fejl: kritisk", mindre: "fejl: mindre"}
  status: {needs-info: afventer svar}
  security: It-sikkerhed
people: {organisations: {Leverandør A/S: [bo]}, suppliers: [Leverandør A/S], coordinators: [kim]}
escalation:
  status: vedtaget
  severities:
    kritisk: {criteria: Ingen kan arbejde, respond: 2h, plan: 1d, fix: 3d}
    mindre: {criteria: Resten, respond: 5d}
"""
FORM = """
name: Fejl
description: Noget virker ikke
body: [{type: dropdown, id: severity, attributes: {label: Hvor slemt?, options: [Mindre]}}]
"""
SEED = f"""
app: {{id: 4242, slug: os2kb}}
people: [ida, bo, kim]
repositories:
  os2demo/os2demo:
    id: 101
    labels: {{"fejl: kritisk": d73a4a, "fejl: mindre": fbca04, It-sikkerhed: b60205, Bug: d73a4a}}
    collaborators: {{ida: read, bo: write, kim: maintain}}
    files:
      README.md: Et produkt
      .github/os2kb.yml: {json.dumps(POLICY)}
      .github/ISSUE_TEMPLATE/fejl.yml: {json.dumps(FORM)}
    branches: {{ret: {{commits: [{{by: bo, message: Ret, files: {{a.txt: a}}}}]}}}}
    issues:
      - {{by: ida, title: Før tiden, at: 2025-12-01T08:00:00Z, labels: ["fejl: kritisk"]}}
      - {{by: ida, title: Intet svar 48151623, at: 2026-02-02T08:00:00Z,
         labels: ["fejl: kritisk", Bug]}}
      - {{by: ida, title: Svaret og lukket, at: 2026-02-03T08:00:00Z, labels: ["fejl: kritisk"],
         state: closed, comments: [
           {{by: ida, body: Haster, at: 2026-02-03T08:30:00Z}},
           {{by: bo, body: Rettet, at: 2026-02-03T09:00:00Z}}]}}
      - {{by: ida, title: Efter formularen, at: 2026-02-04T08:00:00Z,
         body: "### Hvor slemt?\\n\\nMindre", comments: [
           {{by: bo, body: Vi ser på det, at: 2026-02-09T09:00:00Z}}]}}
      - {{by: ida, title: Ingen klasse, at: 2026-02-05T08:00:00Z, labels: [Bug]}}
      - {{by: ida, title: Fundet en sårbarhed i login, at: 2026-02-05T09:00:00Z,
         body: Jeg har fundet en sårbarhed i login., labels: ["fejl: kritisk"]}}
    pulls: [{{by: bo, title: Ret, head: ret, at: 2026-02-06T08:00:00Z, labels: ["fejl: kritisk"]}}]
"""
SPAN = ["--since", "2026-01-01", "--until", "2026-02-27"]
QUICK = "escalation: {severities: {kritisk: {criteria: Alt nede, respond: 1h}}}\n"


@pytest.fixture(scope="module")
def github() -> Iterator[World]:
    with world(SEED) as made:
        yield made


def os2kb(github: World, folder: Path, *arguments: str, **more: str) -> tuple[int, str]:
    settings = {
        "OS2KB_DATA_DIR": str(folder / "data"),
        "OS2KB_GITHUB_API_URL": github.github.api,
        "OS2KB_GITHUB_TOKEN": "person-ida",
        "COLUMNS": "80",
        **more,
    }
    ran = CliRunner().invoke(app, ["escalation", *arguments], env=settings)
    return ran.exit_code, ran.output


def simulated(github: World, folder: Path, *arguments: str) -> dict[str, Any]:
    code, said = os2kb(github, folder, "simulate", REPOSITORY, *SPAN, *arguments, "--json")
    assert code == 0, said
    found: dict[str, Any] = json.loads(said)
    return found


def test_the_past_is_held_against_two_models_and_nothing_is_written(tmp_path: Path, github: World):
    running = installed_beside(tmp_path, github)
    whole, quick = tmp_path / "hel.yml", tmp_path / "hurtig.yml"
    whole.write_text(POLICY, "utf-8")
    quick.write_text(QUICK, "utf-8")
    page, sheet = tmp_path / "rapport.html", tmp_path / "tal.csv"
    models = ["--model", str(whole), "--model", str(quick)]
    files = ["--html", str(page), "--csv", str(sheet)]
    done = running.run("escalation", "simulate", REPOSITORY, *SPAN, *models, *files, "--json")
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)

    assert github.writes == []
    # Neither the one that was opened before, nor the pull request.
    assert (found["issues"], found["unread"]) == (5, 0)
    ours, other = found["items"]
    assert (ours["model"], ours["status"]) == ("hel.yml", "vedtaget")
    assert ours["classes"]["kritisk"] == {
        "subjects": 2,
        "late": 1,
        "broken": {"respond": 1, "plan": 1, "fix": 1},
        "told": {"1": 2, "2": 1},
        "awaits": {},
    }
    assert ours["classes"]["mindre"]["subjects"] == 1
    assert (ours["unclassed"], ours["vulnerabilities"]) == (1, 1)
    assert [(one["to"], one["times"], one["most_in_a_week"]) for one in ours["messages"]] == [
        ("@bo", 3, 3),
        ("@kim", 1, 1),
    ]
    # The one that was answered within an hour and a bit is late by the quicker model, too.
    assert other["classes"]["kritisk"]["broken"] == {"respond": 1}
    assert other["unclassed"] == 2

    cells = list(csv.reader(sheet.read_text("utf-8-sig").splitlines(), delimiter=";"))
    assert cells[0] == ["Afsnit", "Tal", "hel.yml", "hurtig.yml"]
    assert ["kritisk", "ikke svaret i tide", "1", "1"] in cells
    assert ["Beskeder", "'@kim", "1", "1"] in cells
    told = page.read_text("utf-8")
    assert "Eskaleringsmodellen prøvet på fortiden" in told
    assert "48151623" not in told + done.stdout


def test_a_public_repository_needs_no_bot_and_no_model_of_its_own(tmp_path: Path, github: World):
    code, table = os2kb(github, tmp_path, "simulate", REPOSITORY, *SPAN)
    assert code == 0, table
    said = " ".join(table.split())
    assert "os2demo/os2demo: 5 sager, oprettet fra 1.1.2026 til og med 27.2.2026." in said
    assert "kritisk sager 2 ikke svaret i tide 1" in said
    assert "Sager uden alvorsgrad: 1." in said
    assert all(len(line) <= 80 for line in table.splitlines())


def test_what_nobody_gave_a_class_is_counted_as_it_is_told_to(tmp_path: Path, github: World):
    found = simulated(github, tmp_path, "--label", "bug", "--assume", "mindre", "--english")
    (ours,) = found["items"]
    assert (found["issues"], ours["unclassed"]) == (2, 0)
    assert ours["classes"]["mindre"]["broken"] == {"respond": 1}
    assert "Issues that nobody gave a class are counted as mindre." in found["notes"]


@pytest.mark.parametrize(
    ("arguments", "model", "code", "said"),
    [
        (["--since", "2026-03-01", "--until", "2026-02-01"], QUICK, 2, "--since skal være en dag"),
        (["--assume", "slem"], QUICK, 2, "“slem” er ingen af alvorsgraderne kritisk"),
        ([], "labels: {}\n", 1, "model.yml:1: Filen har ingen eskaleringsmodel"),
        (["--english"], "escalation: {x: 1}\n", 1, "model.yml:1: Unknown key `x`"),
        (["--html", "no/such/folder/x.html"], QUICK, 2, "angiv en anden fil"),
    ],
)
def test_what_cannot_be_done_is_said_before_anything_is_read(
    arguments: list[str], model: str, code: int, said: str, tmp_path: Path, github: World
):
    file = tmp_path / "model.yml"
    file.write_text(model, "utf-8")
    ended, output = os2kb(
        github, tmp_path, "simulate", REPOSITORY, "--model", str(file), *arguments
    )
    assert ended == code
    assert said in " ".join(output.replace("│", " ").split())


def test_a_report_tells_how_a_product_s_promises_were_kept(tmp_path: Path, github: World):
    products = tmp_path / "products.yml"
    products.write_text("products: {os2demo: {repositories: [os2demo/os2demo]}}", "utf-8")
    page, sheet = tmp_path / "rapport.html", tmp_path / "sager.csv"
    files = ["--html", str(page), "--csv", str(sheet)]
    code, said = os2kb(
        *(github, tmp_path, "report", "os2demo", "--since", "2026-01-01", *files, "--json"),
        OS2KB_PRODUCTS=str(products),
    )
    assert code == 0, said
    found = json.loads(said)
    assert found["repositories"] == [REPOSITORY]
    assert (found["totals"]["issues"], found["totals"]["open"]) == (4, 3)
    assert found["totals"]["response_hours"]["median"] == 13.0  # 1 and 25 working hours
    assert found["classes"]["kritisk"]["broken"] == {"respond": 1, "plan": 1, "fix": 1}
    # What was opened before the span is open still, and late.
    assert [one["subject"].rpartition("#")[2] for one in found["near"]] == ["1", "2"]
    assert found["vulnerabilities"] == 1
    assert len(found["items"]) == 5
    rows = list(csv.reader(sheet.read_text("utf-8-sig").splitlines(), delimiter=";"))
    assert [row[0] for row in rows[1:]] == [f"{REPOSITORY}#{n}" for n in (5, 4, 3, 2, 1)]
    assert "Sådan blev løfterne holdt" in page.read_text("utf-8")
    assert github.writes == []


def test_a_report_is_read_in_eighty_columns(tmp_path: Path, github: World):
    code, table = os2kb(github, tmp_path, "report", REPOSITORY, "--since", "2026-01-01")
    assert code == 0, table
    assert all(len(line) <= 80 for line in table.splitlines())
    assert "…" not in table  # nothing is cut off
    assert "svar – for sent" in table
    assert "Mulige sårbarheder: 1." in table


def read_one_by_one(github: World) -> list[str]:
    """The numbers of the issues whose events were read, since last asked."""
    exchanges = github.github.traffic.exchanges
    found = [one.path.split("/")[-2] for one in exchanges if one.path.endswith("/events")]
    exchanges.clear()
    return sorted(found)


def test_what_was_kept_is_not_read_again(tmp_path: Path, github: World):
    keep = ["--keep", str(tmp_path / "past")]
    read_one_by_one(github)
    first = simulated(github, tmp_path, *keep)
    assert read_one_by_one(github) == ["2", "3", "4", "5", "6"]
    again = simulated(github, tmp_path, *keep)
    assert read_one_by_one(github) == ["6"]  # it may be a vulnerability: nothing of it is kept
    assert again["items"] == first["items"]
    (file,) = (tmp_path / "past").iterdir()
    assert "48151623" not in file.read_text("utf-8")


def test_a_timeline_tells_who_had_the_ball_as_of_any_moment(tmp_path: Path, github: World):
    asked = ("timeline", f"{REPOSITORY}#2", "--at", "2026-02-02T12:00")
    code, said = os2kb(github, tmp_path, *asked, "--json")
    assert code == 0, said
    found = json.loads(said)
    assert (found["severity"], found["elapsed"]) == ("kritisk", "3h00m")
    (held,) = found["timeline"]
    assert (held["holder"], held["worked"]) == ("us", "3h00m")
    assert [(one["name"], one["broken"]) for one in found["promises"]] == [
        ("respond", True),
        ("plan", False),
        ("fix", False),
    ]
    assert [(one["rung"], one["to"]) for one in found["told"]] == [(1, ["@bo"]), (2, ["@kim"])]
    code, table = os2kb(github, tmp_path, *asked)
    assert "2.2.2026 kl. 09.00  2.2.2026 kl. 12.00  bolden er hos os" in table
    assert "Trin 2, produktkoordinator, nået 2.2.2026 kl. 11.00: @kim" in table
    _, closed = os2kb(github, tmp_path, "timeline", f"{REPOSITORY}#3", "--english")
    assert "it is closed" in closed
    assert "Closed: Tuesday 3 February" in closed


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["#2", "--at", "2026-01-01"], 0, "Den var ikke oprettet endnu."),
        (["#2", "--at", "i går"], 2, "--at “i går” er intet tidspunkt"),
        (["#7"], 2, "Det er en pull request"),
        (["#6"], 2, "Det kan være en sårbarhed, så her vises intet."),
    ],
)
def test_a_timeline_that_cannot_be_shown_says_why(
    arguments: list[str], code: int, said: str, tmp_path: Path, github: World
):
    subject, *more = arguments
    ended, output = os2kb(github, tmp_path, "timeline", f"{REPOSITORY}{subject}", *more)
    assert (ended, said in output) == (code, True), output

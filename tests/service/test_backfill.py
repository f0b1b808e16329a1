"""`os2kb backfill`: what a Policy makes of all that a repository has, and what is left alone."""

import json
from base64 import b64encode
from pathlib import Path
from typing import Any

import pytest

from tests.loopback import HTTP
from tests.service.running import Service, World, installed_beside, service

pytestmark = pytest.mark.slow
API, QUIET = "os2display/api", "os2display/quiet"
BUG = {"title": "Fejl: Login virker ikke", "body": "### Type\nFejl\n\nSiden er hvid."}
SECRET = "Sikkerhedshul i login 48151623"


def filled(world: World, repository: str) -> None:
    """Two open bugs, a question nobody can place, a closed bug and a pull request."""
    with world.person("ida") as ida:
        for title in ("Fejl: Login virker ikke", "Fejl: Siden er hvid", "Kalenderen"):
            issue = {"title": title, "body": ""}
            assert ida.post(f"/repos/{repository}/issues", json=issue).status_code == 201
        assert ida.post(f"/repos/{repository}/issues", json=BUG).status_code == 201
    with world.person("bo") as bo:
        closed = bo.patch(f"/repos/{repository}/issues/4", json={"state": "closed"})
        assert closed.status_code == 200
        sha = bo.get(f"/repos/{repository}/branches/main").json()["commit"]["sha"]
        ref = {"ref": "refs/heads/feature/x", "sha": sha}
        assert bo.post(f"/repos/{repository}/git/refs", json=ref).status_code == 201
        change = {"message": "Ret", "content": "eA==", "branch": "feature/x"}
        assert bo.put(f"/repos/{repository}/contents/src/x.py", json=change).status_code == 201
        pull = {"title": "Ret <b>login</b>", "body": "Nu.", "head": "feature/x", "base": "main"}
        assert bo.post(f"/repos/{repository}/pulls", json=pull).status_code == 201


def as_json(running: Service, *arguments: str) -> dict[str, Any]:
    done = running.run("backfill", *arguments, "--json")
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def order_fault(world: World, path: str, then: str) -> None:
    order = {"match": {"method": "GET", "path": path}, "times": 1, "then": then}
    answer = HTTP.post(f"{world.github.web}/_demo/faults", json=order)
    assert answer.is_success, answer.text


def test_everything_open_is_looked_at_and_nothing_is_written(tmp_path: Path, github: World):
    filled(github, QUIET)
    running = installed_beside(tmp_path, github)
    page = tmp_path / "rapport.html"
    found = as_json(running, QUIET, "--html", str(page))
    table = running.run("backfill", QUIET)

    assert github.writes == []
    assert (found["subjects"], found["unread"], found["changing"]) == (4, 0, 3)
    assert found["mode"] == "observe"
    assert found["rules"]["linked-issue"] == {"pass": 0, "fail": 1, "unknown": 0, "n/a": 0}
    assert found["rules"]["type-label"] == {"pass": 2, "fail": 0, "unknown": 1, "n/a": 0}
    assert found["labels"]["Bug"] == {"add": 2, "remove": 0}
    assert found["labels"]["mangler issue"] == {"add": 1, "remove": 0}
    assert [item["kind"] for item in found["items"]] == ["pull_request", *["issue"] * 3]
    shown = page.read_text("utf-8")
    assert "Ret &lt;b&gt;login&lt;/b&gt;" in shown
    assert "Hverken titel, beskrivelse eller gren nævner et issue." in shown
    assert "linked-issue" in table.stdout
    assert "4 af 4 læst; ville få eller miste en etiket: 3; intet er skrevet" in " ".join(
        table.stdout.split()
    )
    assert all(word in table.stdout for word in ("skal rettes", "ved ikke", "ville blive sat på"))


def test_the_last_months_bring_in_what_was_closed_and_leave_it_alone(tmp_path: Path, github: World):
    filled(github, QUIET)
    running = installed_beside(tmp_path, github)
    found = as_json(running, QUIET, "--months", "3")
    assert found["subjects"] == 5
    (closed,) = [item for item in found["items"] if not item["open"]]
    assert closed["add"] == []


def test_applying_sets_labels_never_a_comment_and_nothing_the_second_time(
    tmp_path: Path, github: World
):
    filled(github, API)
    running = installed_beside(tmp_path, github)
    first = as_json(running, API, "--apply")
    assert first["written"] == 4
    assert github.labels(API, 1) == ["Bug"]
    assert sorted(github.labels(API, 5)) == ["mangler changelog", "mangler issue"]
    assert all(github.bot_comments(API, number) == [] for number in range(1, 6))
    assert github.labels(API, 4) == []

    before = github.writes
    assert as_json(running, API, "--apply")["written"] == 0
    assert github.writes == before


def test_a_policy_is_tried_before_it_stands_anywhere(tmp_path: Path, github: World):
    filled(github, API)
    running = installed_beside(tmp_path, github)
    file = tmp_path / "ny.yml"
    file.write_text("version: 1\nguidelines: {rules: {title: {level: advise, max_length: 12}}}\n")
    found = as_json(running, API, "--policy", str(file))
    assert found["rules"]["title"] == {"pass": 0, "fail": 1, "unknown": 0, "n/a": 0}
    assert "linked-issue" not in found["rules"]
    assert found["mode"] == "observe"

    file.write_text("version: 1\nguidelines: {rules: {duplicate: advise}}\n")
    shown = running.run("backfill", API, "--policy", str(file), "--english").stdout
    assert "Where a Policy is only tried, nobody looks up" in " ".join(shown.split())

    file.write_text("version: 1\nlables: {}\n")
    wrong = running.run("backfill", API, "--policy", str(file))
    assert wrong.returncode == 1
    assert "ny.yml:2: Ukendt nøgle `lables`" in wrong.stdout
    both = running.run("backfill", API, "--policy", str(file), "--apply")
    assert "leave out --apply" in " ".join(both.stderr.replace("│", " ").split())
    assert github.writes == []


def in_force(world: World, repository: str, policy: str) -> None:
    with world.person("kim") as kim:
        path = f"/repos/{repository}/contents/.github/os2kb.yml"
        sha = kim.get(path).json()["sha"]
        change = {"message": "Policy", "content": b64encode(policy.encode()).decode(), "sha": sha}
        assert kim.put(path, json=change).status_code == 200


def test_a_policy_with_a_mistake_is_told_with_its_line_and_is_no_success(
    tmp_path: Path, github: World
):
    filled(github, QUIET)
    in_force(github, QUIET, "version: 1\nlables: {}\n")
    running = installed_beside(tmp_path, github)
    asked = (["plan", f"{QUIET}#1"], ["backfill", QUIET], ["backfill", QUIET, "--apply"])
    for arguments in asked:
        done = running.run(*arguments)
        assert done.returncode == 1, arguments
        assert ".github/os2kb.yml:2: Ukendt nøgle `lables`" in done.stdout
        assert "intet at gøre" not in done.stdout
    told = running.run("plan", f"{QUIET}#1", "--json")
    assert told.returncode == 1
    assert json.loads(told.stdout)["problems"][0]["line"] == 2
    told = running.run("backfill", QUIET, "--json")
    assert json.loads(told.stdout)["items"][0]["line"] == 2
    assert github.writes == []


def test_a_policy_that_would_be_refused_once_it_stands_is_not_tried(tmp_path: Path, github: World):
    running = installed_beside(tmp_path, github)
    file = tmp_path / "ny.yml"
    file.write_text("version: 1\nguidelines: {source: fremmed/andet:CONTRIBUTING.md}\n")
    done = running.run("backfill", API, "--policy", str(file))
    assert done.returncode == 1
    assert "ny.yml:2: " in done.stdout
    assert "har ikke fået fremmed/andet" in done.stdout


def test_labels_that_the_repository_lacks_are_named(tmp_path: Path, github: World):
    filled(github, QUIET)
    running = installed_beside(tmp_path, github)
    file, page = tmp_path / "ny.yml", tmp_path / "rapport.html"
    file.write_text("version: 1\nlabels: {type: {bug: Findes ikke, question: '<b>Heller'}}\n")
    tried = ["backfill", QUIET, "--policy", str(file), "--html", str(page)]
    lost = "repositoriet: “Findes ikke”, “<b>Heller”. De bliver ikke sat"
    assert lost in " ".join(running.run(*tried).stdout.split())
    assert "“Findes ikke”, “&lt;b&gt;Heller”" in page.read_text("utf-8")
    assert as_json(running, *tried[1:])["missing_labels"] == ["Findes ikke", "<b>Heller"]

    in_force(github, QUIET, "version: 1\nlabels: {type: {bug: Findes ikke}}\n")
    assert "Findes ikke" in running.run("plan", f"{QUIET}#1").stdout
    told = json.loads(running.run("plan", f"{QUIET}#1", "--json").stdout)
    assert told["missing_labels"] == ["Findes ikke"]


def test_observing_binds_a_backfill_that_would_apply(tmp_path: Path, github: World):
    filled(github, QUIET)
    running = installed_beside(tmp_path, github)
    assert as_json(running, QUIET, "--apply")["written"] == 0
    assert github.writes == []


def test_a_running_service_sets_the_labels_and_comments_on_nothing(tmp_path: Path, github: World):
    with service(tmp_path, github) as running:
        github.github.hooks.pause()
        filled(github, API)
        done = running.run("backfill", API, "--apply")
        assert "bedt om at se på 3 af dem" in done.stderr, done.stderr
        running.settle()
    assert github.labels(API, 2) == ["Bug"]
    assert sorted(github.labels(API, 5)) == ["mangler changelog", "mangler issue"]
    assert all(github.bot_comments(API, number) == [] for number in range(1, 6))


def test_a_command_is_left_to_the_delivery_that_brings_it_and_is_not_carried_out_twice(
    tmp_path: Path, github: World
):
    running = installed_beside(tmp_path, github)
    with github.person("kim") as kim:
        assert kim.post(f"/repos/{API}/issues", json={"title": "Noget", "body": "x"}).is_success
        said = kim.post(f"/repos/{API}/issues/1/comments", json={"body": "/os2 label Bug"})
        assert said.is_success
        as_json(running, API, "--apply")
        assert github.labels(API, 1) == []

        done = running.run("apply", f"{API}#1")
        assert done.returncode == 0, done.stderr
        assert github.labels(API, 1) == ["Bug"]
        assert kim.delete(f"/repos/{API}/issues/1/labels/Bug").is_success
    as_json(running, API, "--apply")
    running.run("apply", f"{API}#1")
    assert github.labels(API, 1) == []


def test_a_subject_that_cannot_be_read_costs_the_others_nothing(tmp_path: Path, github: World):
    filled(github, QUIET)
    running = installed_beside(tmp_path, github)
    order_fault(github, "/issues/2$", "404")
    found = as_json(running, QUIET)
    assert (found["subjects"], found["unread"]) == (4, 1)
    (lost,) = [item for item in found["items"] if item["error"]]
    assert lost["subject"] == f"github:{QUIET}#2"


def test_a_rate_limit_is_waited_out(tmp_path: Path, github: World):
    filled(github, QUIET)
    running = installed_beside(tmp_path, github)
    order_fault(github, "/issues/2", "secondary-rate-limit:1")
    done = running.run("backfill", QUIET, "--json")
    assert json.loads(done.stdout)["unread"] == 0
    assert "GitHub beder os vente til" in done.stderr


def test_the_title_of_what_must_not_be_public_is_not_shown(tmp_path: Path, github: World):
    with github.person("ida") as ida:
        report = {"title": SECRET, "body": "Jeg har fundet en sårbarhed i login."}
        assert ida.post(f"/repos/{QUIET}/issues", json=report).status_code == 201
    running = installed_beside(tmp_path, github)
    page = tmp_path / "rapport.html"
    done = running.run("backfill", QUIET, "--json", "--html", str(page))
    assert json.loads(done.stdout)["labels"]["It-sikkerhed"] == {"add": 1, "remove": 0}
    assert "48151623" not in done.stdout + done.stderr + page.read_text("utf-8")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["os2display"], "skriv ejer/repo"),
        (["os2display", "--english"], "write owner/repo"),
        (["os2display/nope"], "os2display/nope"),
        ([QUIET, "--html", "no/such/folder/x.html"], "angiv en anden fil"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_sentence(
    arguments: list[str], said: str, tmp_path: Path, github: World
):
    running = installed_beside(tmp_path, github)
    done = running.run("backfill", *arguments)
    assert done.returncode != 0
    assert said in " ".join(done.stderr.replace("│", " ").split())
    assert "Traceback" not in done.stderr

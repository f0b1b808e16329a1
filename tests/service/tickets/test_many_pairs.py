"""`os2kb jira plan`, `sync` and `undo`: all pairs of issue and ticket, on real HTTP."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from os2kb.demo.jira.changes import add_comment
from os2kb.demo.wire.limits import read_fault
from os2kb.store.backlog import runs
from os2kb.store.backlog.tickets import subject_of_ticket, unlink_ticket
from os2kb.store.deliveries import Arrival, keep
from tests.service.running import SECRET, until
from tests.service.tickets.many import API, BOTH_WAYS, BY_LABEL, Many, many, subject

pytestmark = pytest.mark.slow


def test_a_plan_tells_what_is_out_of_step_and_writes_nothing(tmp_path: Path):
    with many(tmp_path) as it:
        it.set_in_jira("DEMO-2", "ida", priority={"name": "Low"})
        shown = it.run("plan")
        assert "2 af 3 par er ude af trit, 0 felter venter" in shown
        assert "Intet fra Jira ville blive offentligt på GitHub." in shown
        assert "sæt feltet priority i Jira til “Highest”" in shown
        found = it.json("plan", "--project", "DEMO")
        assert (found["pairs"], [one["ticket"] for one in found["items"]]) == (
            3,
            ["DEMO-1", "DEMO-3"],
        )
        assert [one["kind"] for one in found["items"][0]["actions"]] == ["set-field"]
        assert "os2kb jira sync --apply" in it.run("runs"), "how to begin the first"
        assert it.run("sync").endswith("intet er skrevet.")
        assert it.writes == (0, 0)


def test_both_sides_are_read_in_bulk(tmp_path: Path):
    with many(tmp_path) as it:
        it.run("plan")
        reads = [one for one in it.github.github.traffic.exchanges if one.actor == "os2kb[bot]"]
        assert not [one.path for one in reads if "/issues/" in one.path]
        asked = [one.path for one in it.jira.jira.traffic.exchanges if "/issue" in one.path]
        assert asked == ["/rest/api/3/issue/bulkfetch"]


def days_ago(days: int) -> datetime:
    return datetime.now(UTC) - timedelta(days=days)


def test_of_a_span_only_what_changed_in_it_is_read(tmp_path: Path):
    with many(tmp_path) as it:
        for one in it.jira.jira.issues.values():
            one.updated_at = days_ago(300)
        for issue in it.github.github.repositories[101].issues.values():
            issue.updated_at = days_ago(300)
        it.jira.issue("DEMO-2").updated_at = days_ago(60)
        it.github.github.repositories[101].issues[3].updated_at = days_ago(90)
        found = it.json("plan", "--since", f"{days_ago(100):%Y-%m-%d}")
        assert found["pairs"] == 2
        assert {one["ticket"] for one in found["items"]} == {"DEMO-2", "DEMO-3"}
        (fetched,) = [one for one in it.jira.jira.traffic.exchanges if "bulkfetch" in one.path]
        assert len(fetched.request["issueIdsOrKeys"]) == 2
        lately = f"{days_ago(30):%Y-%m-%d}"
        none = it.run("sync", "--apply", "--since", lately)
        assert none == f"Intet issue og ingen ticket i Jira er ændret siden {lately}."


def test_what_a_search_does_not_know_of_yet_is_known_by_its_delivery(tmp_path: Path):
    with many(tmp_path) as it:
        for one in it.jira.jira.issues.values():
            one.indexed = False
        for issue in it.github.github.repositories[101].issues.values():
            issue.updated_at = days_ago(300)
        now = datetime.now(UTC)
        told = subject_of_ticket(str(it.jira.issue("DEMO-2").id))
        arrival = Arrival(
            "jira", "1", "jira:issue_updated", "", {}, b"{}", now, "accepted", subject=told
        )
        with it.store.begin() as connection:
            keep(connection, [arrival])
        found = it.json("plan", "--since", f"{days_ago(1):%Y-%m-%d}")
        assert [one["ticket"] for one in found["items"]] == ["DEMO-2"]


def test_credentials_that_are_refused_stop_it_with_one_sentence_and_nothing_is_lost(
    tmp_path: Path,
):
    with many(tmp_path) as it:
        account = it.jira.jira.people.pop("os2kb")
        done = it.service.run("jira", "sync", "--apply")
        assert done.returncode == 1
        assert done.stderr.count("Jira godtager ikke vores nøgle") == 1
        assert len(it.jira.jira.traffic.exchanges) == 1, "or the account would be locked"
        it.jira.jira.people["os2kb"] = account
        assert it.json("sync", "--apply")["run"] == 1, "the same run goes on"
        assert it.priorities == ["Highest", "Low", "Highest"]


def test_a_run_brings_them_into_step_once_and_is_taken_back_where_nothing_changed_since(
    tmp_path: Path,
):
    with many(tmp_path) as it:
        assert "Kørsel 1: 3 par er set på, 3 var ude af trit" in it.run("sync", "--apply")
        assert it.priorities == ["Highest", "Low", "Highest"]
        assert it.writes[0] == 0, "nobody is told of old threads"
        before = it.writes
        again = it.json("sync", "--apply")
        assert (again["run"], again["out_of_step"], again["items"]) == (2, 0, [])
        assert it.writes == before

        it.set_in_jira("DEMO-2", "kim", priority={"name": "High"})
        shown = it.run("undo", "1")
        assert "2 af 3 kan tages tilbage; intet er skrevet." in shown
        whys = [one["why_not"] for one in it.json("undo", "1")["items"]]
        assert sorted(whys) == ["", "", "nogen har ændret det siden"]
        assert it.priorities == ["Highest", "High", "Highest"]
        assert "2 af 3 er taget tilbage." in it.run("undo", "1", "--apply")
        assert it.priorities == ["Medium", "High", "Medium"], "people win"
        assert "Intet af det, som kørsel 1 skrev, kan tages tilbage." in it.run("undo", "1")
        assert "Kørsel 2 skrev intet" in it.run("undo", "2", "--apply")
        listed = it.run("runs")
        assert listed.count("Bedt om") == 2, listed
        assert "│ 3 │ 3 │" in listed, "no column is cut off"
        assert "0 af 3 par er ude af trit" in it.run("plan"), "what was taken back stays so"
        listed = it.json("runs")["items"]
        assert [(one["id"], one["out_of_step"]) for one in listed] == [(2, 0), (1, 3)]


def test_a_run_that_was_stopped_goes_on_from_where_it_came_to(tmp_path: Path):
    with many(tmp_path) as it:
        stopped = runs.begin(it.store, "sync", datetime.now(UTC))
        runs.go_on(it.store, stopped.id, subject(1).key, 1, 0)
        done = it.service.run("jira", "sync", "--apply")
        assert "Kørsel 1 blev stoppet efter 1 par; den fortsættes derfra." in done.stderr
        assert "Kørsel 1: 3 par er set på, 2 var ude af trit" in " ".join(done.stdout.split())
        assert it.priorities == ["Medium", "Low", "Highest"]


def test_killed_in_the_middle_it_goes_on_and_does_nothing_twice(tmp_path: Path):
    with many(tmp_path) as it:
        limits = it.jira.jira.limits
        limits.faults.append(read_fault("slow:20", "PUT", "/issue/"))
        killed = it.service.begin("jira", "sync", "--apply")
        until(lambda: not limits.faults, what="the first write")
        killed.kill()
        killed.wait()
        found = it.json("sync", "--apply")
        assert (found["run"], found["pairs"]) == (1, 3)
        assert it.priorities == ["Highest", "Low", "Highest"]
        changes = [len(it.jira.issue(f"DEMO-{n}").changes) for n in (1, 2, 3)]
        assert changes == [1, 1, 1], "nothing was done twice"


def test_while_the_service_runs_it_does_the_work_and_takes_it_back(tmp_path: Path):
    with many(tmp_path) as it:
        it.github.github.hooks.configure(f"{it.service.url}/webhooks/github", SECRET)
        it.service.start()
        done = it.service.run("jira", "sync", "--apply")
        assert "Den kørende tjeneste gør arbejdet" in done.stderr
        it.service.settle()
        assert it.priorities == ["Highest", "Low", "Highest"]
        assert it.github.writes == [], "bound to what brings them into step"
        assert "tjeneste er bedt om at tage 3 af 3 tilbage" in it.run("undo", "1", "--apply")
        it.service.settle()
        assert it.priorities == ["Medium", "Medium", "Medium"]
        it.service.stop()


def test_issues_that_are_to_have_a_ticket_get_one_and_it_is_unlinked_again_by_undo(
    tmp_path: Path,
):
    with many(tmp_path, BY_LABEL) as it:
        with it.github.person("ida") as ida:
            for title in ("Et ønske", "Et til"):
                ida.post(f"/repos/{API}/issues", json={"title": title}).raise_for_status()
        with it.github.person("bo") as bo:
            for number in (4, 5):
                path = f"/repos/{API}/issues/{number}/labels"
                bo.post(path, json={"labels": ["Til Jira"]}).raise_for_status()
        assert "opret en ticket i DEMO: “Et ønske”" in it.run("plan")
        found = it.json("sync", "--apply")
        assert (found["pairs"], found["out_of_step"]) == (5, 5)
        assert [it.jira.issue(f"DEMO-{n}").values["summary"] for n in (4, 5)] == [
            *("Et ønske", "Et til")
        ]
        assert it.json("sync", "--apply")["out_of_step"] == 0
        it.run("undo", "1", "--apply")
        assert it.jira.issue("DEMO-4").links == {}
        assert it.json("plan")["items"] == [], "who takes a ticket back wants none"


def test_where_nothing_is_linked_a_run_says_so_and_leaves_no_trace(tmp_path: Path):
    with many(tmp_path) as it:
        for number in (1, 2, 3):
            unlink_ticket(it.store, subject(number).key)
        for command in (["plan"], ["sync", "--apply", "--project", "DEMO"]):
            none = it.run(*command)
            assert "Intet issue følges med en ticket i" in none
            assert "`/os2 jira link" in none
        assert it.json("runs")["items"] == []


def say_in_jira(it: Many, key: str, body: str, role: str = "") -> None:
    there = it.jira.jira
    with there.lock:
        add_comment(there, there.people["ida"], it.jira.issue(key), body, role)


def title_of(it: Many, number: int) -> str:
    return it.github.github.repositories[101].issues[number].title


def test_what_was_said_before_the_link_is_counted_and_stays(tmp_path: Path):
    with many(tmp_path, BOTH_WAYS) as it:
        add_comment(
            it.jira.jira, it.jira.jira.people["ida"], it.jira.issue("DEMO-1"), "Fra gamle dage"
        )
        old = it.jira.issue("DEMO-1").comments[0]
        old.at = old.updated_at = old.at - timedelta(days=400)
        assert "1 kommentarer er fra før det" in it.run("plan")


def test_a_plan_tells_exactly_what_would_become_public_and_nothing_else(tmp_path: Path):
    with many(tmp_path, BOTH_WAYS) as it:
        assert it.json("sync", "--apply")["pairs"] == 3, "what both say is noted"
        before = it.writes
        assert it.json("sync", "--apply")["out_of_step"] == 0
        assert it.writes == before

        say_in_jira(it, "DEMO-1", "Vi er *i gang*.")
        say_in_jira(it, "DEMO-1", "Kun for os: 48151623", "Administrators")
        it.set_in_jira("DEMO-2", "ida", summary="Login er nede")
        it.set_in_jira("DEMO-3", "ida", description="Kun i Jira: 48151623")
        done = it.service.run("jira", "plan", "--json")
        assert "48151623" not in done.stdout
        items = json.loads(done.stdout)["items"]
        told = [one["text"] for item in items for one in item["public"]]
        (comment, title) = told
        assert title == "Login er nede"
        assert "Vi er **i gang**." in comment
        shown = it.run("plan")
        assert "Fra Jira ville blive offentligt på GitHub:" in shown
        assert f"github:{API}#2 title: Login er nede" in shown

        run = it.json("sync", "--apply")["run"]
        assert title_of(it, 2) == "Login er nede"
        assert any(comment in said for said in it.github.bot_comments(API, 1))
        bodies = [str(one.body) for one in it.github.github.traffic.writes]
        assert not any("48151623" in body for body in bodies)
        it.run("undo", str(run), "--apply")
        assert title_of(it, 2) == "Fejl 2"
        assert it.github.bot_comments(API, 1) == []
        assert it.json("plan")["items"] == [], "what was taken back is not carried again"


def test_before_a_policy_acts_a_plan_tells_what_it_would_do(tmp_path: Path):
    with many(tmp_path, BOTH_WAYS.replace("mode: act", "mode: observe")) as it:
        shown = it.run("plan")
        assert "3 af 3 par er ude af trit" in shown, "GitHub's texts are not in Jira yet"
        assert "For 3 af dem ser os2kb kun med: der skrives intet, før mode er `act`." in shown
        assert it.json("sync", "--apply")["out_of_step"] == 0
        assert it.writes == (0, 0)


def test_a_plan_names_what_waits_for_a_person(tmp_path: Path):
    with many(tmp_path, BOTH_WAYS) as it:
        it.json("sync", "--apply")
        it.set_in_jira("DEMO-2", "ida", summary="Jiras titel")
        with it.github.person("bo") as bo:
            bo.patch(f"/repos/{API}/issues/2", json={"title": "GitHubs titel"})
        assert "1 felter venter på et menneskes valg" in it.run("plan")
        it.run("sync", "--apply")
        assert (title_of(it, 2), it.jira.issue("DEMO-2").values["summary"]) == (
            *("GitHubs titel", "Jiras titel"),
        )
        (note,) = it.github.bot_comments(API, 2)
        assert "/os2 jira sync title jira" in note


def test_one_that_cannot_be_read_costs_the_others_nothing(tmp_path: Path):
    with many(tmp_path) as it:
        del it.jira.jira.issues[it.jira.issue("DEMO-1").id]
        it.github.github.repositories[101].issues[2].deleted = True
        found = it.json("sync", "--apply")
        unread = [one["ticket"] for one in found["items"] if one["unread"]]
        assert unread == ["DEMO-1", "DEMO-2"]
        assert it.jira.issue("DEMO-3").values["priority"] == "Highest"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["undo", "7"], "der er ingen kørsel 7"),
        (["undo", "7", "--english"], "there is no run 7"),
        (["plan", "--since", "i går"], "er ingen dag"),
        (["plan", "--project", "NOPE"], "har projektet NOPE; der er DEMO"),
        (["sync", "--project", "NOPE", "--apply"], "har projektet NOPE; der er DEMO"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_sentence(
    arguments: list[str], said: str, tmp_path: Path
):
    with many(tmp_path) as it:
        done = it.service.run("jira", *arguments)
        assert done.returncode == 2
        assert said in done.stderr
        assert "Traceback" not in done.stderr

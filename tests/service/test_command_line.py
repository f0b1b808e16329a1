"""The command line beside a running service, and the check on a pull request."""

import json
from base64 import b64encode
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.contract.api_description import ApiDescription
from tests.service.conftest import POLICY, SEED
from tests.service.people import API, BUG, comment, open_issue, open_pull_request
from tests.service.running import Service, World, installed_beside, service, world

pytestmark = pytest.mark.slow
DESCRIPTION = Path(__file__).parents[3] / "shared" / "data" / "github-openapi.json"


def propose_policy(world: World, policy: str) -> tuple[int, str]:
    """A pull request that changes the Policy; returns its number and head commit."""
    with world.person("kim") as kim:
        sha = kim.get(f"/repos/{API}/branches/main").json()["commit"]["sha"]
        ref = {"ref": "refs/heads/feature/regler", "sha": sha}
        assert kim.post(f"/repos/{API}/git/refs", json=ref).status_code == 201
        path = f"/repos/{API}/contents/.github/os2kb.yml"
        known = kim.get(path).json()["sha"]
        changed = kim.put(
            path,
            json={
                "message": "Ret regler",
                "content": b64encode(policy.encode()).decode(),
                "sha": known,
                "branch": "feature/regler",
            },
        )
        assert changed.status_code == 200, changed.text
        pull = {"title": "Regler", "body": "", "head": "feature/regler", "base": "main"}
        opened = kim.post(f"/repos/{API}/pulls", json=pull).json()
    return opened["number"], opened["head"]["sha"]


def check_runs(world: World, sha: str) -> list[dict[str, object]]:
    with world.person("kim") as kim:
        found: list[dict[str, object]] = kim.get(f"/repos/{API}/commits/{sha}/check-runs").json()[
            "check_runs"
        ]
    return found


def test_a_pull_request_that_breaks_the_policy_gets_a_check_on_its_line(
    github: World, installed: Callable[[], Path]
):
    with service(installed(), github) as running:
        _, sha = propose_policy(github, POLICY.replace("guidelines:", "guidlines:"))
        running.settle(github)
        (check,) = [one for one in check_runs(github, sha) if one["name"] == "os2kb / policy"]
        assert check["conclusion"] == "failure"
        (remark,) = sent_annotations(github)
        line = POLICY.replace("guidelines:", "guidlines:").splitlines().index("guidlines:") + 1
        assert remark["start_line"] == line
        assert "guidelines" in remark["message"]


def sent_annotations(world: World) -> list[dict[str, object]]:
    """What the bot sent with its check."""
    return [
        remark
        for write in world.github.traffic.writes
        if "check-runs" in write.path
        for remark in write.body["output"]["annotations"]
    ]


def test_a_policy_that_is_wrong_stops_every_action_in_its_repository(
    github: World, installed: Callable[[], Path]
):
    with service(installed(), github) as running:
        with github.person("kim") as kim:
            path = f"/repos/{API}/contents/.github/os2kb.yml"
            broken = POLICY.replace("labels:", "lables:").encode()
            body = {
                "message": "Uheld",
                "content": b64encode(broken).decode(),
                "sha": kim.get(path).json()["sha"],
            }
            assert kim.put(path, json=body).status_code == 200
        number = open_issue(github, "ida", BUG)
        comment(github, "ida", number, "/os2 why")
        running.settle(github)
        assert github.writes == []
        comment(github, "ida", number, "/os2 help")
        comment(github, "kim", number, "/os2 help")
        running.settle(github)
        (reply,) = github.bot_comments(API, number)
        assert "gør intet her, før den er rettet" in reply
        assert "lables" in reply
        found = json.loads(running.run("doctor", "--json").stdout)["items"]
        (policy,) = [
            one for one in found if one["part"] == f"Policy of {API}" and one["verdict"] == "wrong"
        ]
        assert "lables" in policy["detail"]
        assert "labels" in policy["detail"]


def test_a_plan_shows_what_would_be_done_and_writes_nothing(
    github: World, installed: Callable[[], Path]
):
    with service(installed(), github, mode="observe") as running:
        number = open_pull_request(github, "Ret login", "Nu virker det.")
        running.settle(github)
        printed = running.run("plan", f"{API}#{number}", "--json")
        plan = json.loads(printed.stdout)
        assert plan["subject"] == f"github:{API}#{number}"
        verdicts = {finding["rule"]: finding["verdict"] for finding in plan["findings"]}
        assert verdicts["linked-issue"] == "fail"
        assert verdicts["changelog"] == "fail"
        assert "label:add:mangler issue" in {action["key"] for action in plan["actions"]}
        assert github.writes == []
        danish = running.run("plan", f"{API}#{number}").stdout
        assert "skal rettes" in danish
        assert "sæt etiketten" in danish
        english = running.run("plan", f"{API}#{number}", "--english").stdout
        assert "to be mended" in english
        assert "put on the label" in english


def test_apply_beside_a_running_service_is_done_by_the_service(
    github: World, installed: Callable[[], Path]
):
    with service(installed(), github) as running:
        github.github.hooks.configure("", "")  # GitHub's deliveries get lost
        number = open_issue(github, "ida", BUG)
        asked = running.run("apply", f"{API}#{number}")
        assert asked.returncode == 0
        assert "Den kørende tjeneste" in asked.stderr
        running.settle()
        assert github.labels(API, number) == ["Bug"]


def test_apply_without_a_service_does_the_work_itself(github: World, installed: Callable[[], Path]):
    with service(installed(), github) as running:
        github.github.hooks.configure("", "")
        running.stop()
        number = open_issue(github, "ida", BUG)
        done = running.run("apply", f"{API}#{number}", "--json")
        assert done.returncode == 0, done.stderr
        assert github.labels(API, number) == ["Bug"]


def test_a_mistake_on_the_command_line_is_answered_in_one_sentence(
    github: World, installed: Callable[[], Path]
):
    mistakes = {
        ("plan", "nothing"): "skriv ejer/repo#42",
        ("plan", "nothing", "--english"): "write owner/repo#42",
        ("plan", "os2display/none#1"): "os2display/none: findes ikke, eller App'en er ikke",
        ("plan", "os2display/none#1", "--english"): "not there, or the App is not installed",
        ("plan", "os2display/api#999"): "os2kb: os2display/api/issues/999: findes ikke",
        ("deliveries", "show", "999"): "no delivery 999",
    }
    with service(installed(), github) as running:
        for arguments, said in mistakes.items():
            answer = running.run(*arguments)
            assert answer.returncode == 1
            assert said in answer.stderr
            assert "Traceback" not in answer.stderr


def test_the_doctor_finds_nothing_wrong_with_a_sound_installation(
    github: World, installed: Callable[[], Path]
):
    with service(installed(), github) as running:
        printed = running.run("doctor", "--json")
        found = json.loads(printed.stdout)["items"]
        assert {one["part"]: one["verdict"] for one in found if one["verdict"] == "wrong"} == {}
        assert {"store", "index", "webhook", "GitHub", "App on os2display", "Jira", "LLM"} <= {
            one["part"] for one in found
        }
        assert printed.returncode == 0


def test_all_that_the_bot_asks_and_sends_fits_githubs_description(
    github: World, installed: Callable[[], Path]
):
    if not DESCRIPTION.is_file():
        pytest.skip("needs ../shared/data/github-openapi.json (npm: @octokit/openapi)")
    with service(installed(), github) as running:
        number = open_issue(github, "ida", BUG)
        open_pull_request(github, "Ret login", f"Løser #{number}")
        propose_policy(github, POLICY + "quiet: false\n")
        comment(github, "kim", number, "/os2 why\n\n/os2 ask Hvem godkender en pull request?")
        running.settle(github)
        running.run("doctor")
        described = ApiDescription.load(DESCRIPTION)
        asked = [
            one
            for one in github.github.traffic.exchanges
            if (one.actor.endswith("[bot]") or one.actor.startswith("app:"))
            and not one.path.endswith("/graphql")  # its description is of REST
        ]
        assert len(asked) > 30
        assert {one.method for one in asked} >= {"GET", "POST"}
        problems = {problem for one in asked for problem in described.violations(one)}
        assert problems == set()


def test_the_doctor_names_labels_and_guidelines_that_are_not_there(
    github: World, installed: Callable[[], Path]
):
    with service(installed(), github) as running:
        with github.person("kim") as kim:
            path = f"/repos/{API}/contents/.github/os2kb.yml"
            misspelt = POLICY.replace("bug: Bug", "bug: Bugg")
            body = {
                "message": "Uheld",
                "content": b64encode(misspelt.encode()).decode(),
                "sha": kim.get(path).json()["sha"],
            }
            assert kim.put(path, json=body).status_code == 200
        found = json.loads(running.run("doctor", "--json").stdout)["items"]
        (policy,) = [one for one in found if one["part"] == f"Policy of {API}"]
        assert policy["verdict"] == "wrong"
        assert "Bugg" in policy["detail"]


def test_the_doctor_tells_of_teams_that_the_app_cannot_see(installed: Callable[[], Path]):
    blind = (
        "installations: [{account: os2display, permissions: {metadata: read, contents: read, "
        "issues: write, pull_requests: write, checks: write, statuses: read}}]\n"
    )
    policy = f"{POLICY}commands: {{undo: ['@os2display/maintainers']}}\n"
    seed = SEED.replace(json.dumps(POLICY), json.dumps(policy))
    with world(seed + blind) as github:
        running = installed_beside(installed(), github)
        found = json.loads(running.run("doctor", "--json").stdout)["items"]
        (told,) = [one for one in found if one["part"] == f"Policy of {API}"]
        assert told["verdict"] == "wrong"
        assert "Members: read" in told["cure"]
        (other,) = [one for one in found if one["part"] == "Policy of os2display/quiet"]
        assert other["verdict"] == "ok"


def test_the_doctor_finds_a_misspelt_setting(tmp_path: Path):
    found = json.loads(Service(tmp_path, {"OS2KB_PROT": "8"}).run("doctor", "--json").stdout)
    (setting,) = [one for one in found["items"] if one["part"] == "settings"]
    assert "OS2KB_PROT" in setting["detail"]
    assert "OS2KB_PORT" in setting["cure"]

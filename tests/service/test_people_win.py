"""Commands over real HTTP: carried out once, by whom the Policy names, and taken back."""

import base64
import random
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.service.conftest import POLICY, SEED
from tests.service.people import (
    API,
    BUG,
    comment,
    open_issue,
    order_fault,
    people_first,
    redeliver_everything,
)
from tests.service.running import Service, World, service, world

pytestmark = pytest.mark.slow
COMMANDS = "commands: {undo: ['@os2display/maintainers'], label: triage}\n"


def write_policy(world: World, text: str) -> None:
    """Put a Policy on the default branch."""
    path = f"/repos/{API}/contents/.github/os2kb.yml"
    with world.person("kim") as kim:
        change = {
            "message": "Policy",
            "content": base64.b64encode(text.encode()).decode(),
            "sha": kim.get(path).json()["sha"],
        }
        assert kim.put(path, json=change).status_code == 200


def reactions(world: World, number: int) -> list[str]:
    """What we reacted with on an issue's comments."""
    with world.person("kim") as kim:
        comments = kim.get(f"/repos/{API}/issues/{number}/comments").json()
        found = [kim.get(f"/repos/{API}/issues/comments/{one['id']}/reactions") for one in comments]
    return [one["content"] for answer in found for one in answer.json()]


def last_reply(world: World, number: int) -> str:
    return world.bot_comments(API, number)[-1].partition("\n")[2].strip()


def settled_with(world: World, running: Service, who: str, number: int, text: str) -> str:
    comment(world, who, number, text)
    running.settle(world)
    return last_reply(world, number)


def test_people_choose_ignore_and_undo_and_every_delivery_may_come_again(
    github: World, installed: Callable[[], Path]
):
    with service(installed(), github) as running:
        write_policy(github, POLICY + COMMANDS)
        number = open_issue(github, "ida", BUG)
        running.settle(github)
        assert github.labels(API, number) == ["Bug"]

        said = settled_with(github, running, "ida", number, "/os2 label Spørgsmål")
        assert "kan du ikke bruge her" in said
        assert reactions(github, number) == ["-1"]
        assert github.labels(API, number) == ["Bug"]

        said = settled_with(github, running, "bo", number, "/os2 label spørgsmål")
        assert said == "Etiketten `Spørgsmål` er på, og den lader jeg være."
        assert github.labels(API, number) == ["Spørgsmål"]

        # kim may maintain, but only the team of bo may undo.
        settled_with(github, running, "kim", number, "/os2 undo")
        assert reactions(github, number) == ["-1", "-1"]
        said = settled_with(github, running, "bo", number, "/os2 undo")
        assert "- etiketten `Spørgsmål` er taget af igen" in said
        assert "- etiketten `Bug` er sat på igen" in said
        assert github.labels(API, number) == ["Bug"]
        settled_with(github, running, "bo", number, "/os2 undo")
        assert github.labels(API, number) == ["Bug"]

        before = github.writes
        random.Random(4).shuffle(github.github.hooks.deliveries)
        redeliver_everything(github, running)
        redeliver_everything(github, running)
        running.settle(github)
        assert github.writes == before


def test_a_status_comment_that_was_undone_is_gone_and_stays_so(
    github: World, installed: Callable[[], Path]
):
    from tests.service.people import open_pull_request

    with service(installed(), github) as running:
        number = open_pull_request(github, "Ret login", "Nu virker det.")
        running.settle(github)
        assert len(github.bot_comments(API, number)) == 1
        settled_with(github, running, "kim", number, "/os2 undo")
        assert github.labels(API, number) == []
        (reply,) = github.bot_comments(API, number)
        assert "min kommentar er slettet" in reply
        with github.person("bo") as bo:
            assert bo.patch(f"/repos/{API}/issues/{number}", json={"body": "Mere"}).is_success
        running.settle(github)
        assert github.labels(API, number) == []
        assert github.bot_comments(API, number) == [reply]


def test_what_is_left_out_is_said_with_who_asked_for_it(
    github: World, installed: Callable[[], Path]
):
    from tests.service.people import open_pull_request

    with service(installed(), github) as running:
        number = open_pull_request(github, "Ret login", "Nu virker det.")
        running.settle(github)
        left_out = "/os2 ignore linked-issue aftalt på mødet\n/os2 ignore changelog"
        settled_with(github, running, "kim", number, left_out)
        said = "kim har bedt om det: `linked-issue`, `changelog`"
        status = github.bot_comments(API, number)[0]
        assert f"Intet at rette; jeg ser bort fra 2 regler ({said})." in status
        assert "følger" not in status
        with github.person("kim") as kim:
            head = kim.get(f"/repos/{API}/pulls/{number}").json()["head"]["sha"]
            runs = kim.get(f"/repos/{API}/commits/{head}/check-runs").json()["check_runs"]
        check = next(one["output"] for one in runs if one["name"] == "os2kb / guidelines")
        assert check["title"] == "Intet at rette; ser bort fra linked-issue, changelog"
        assert said in check["summary"]
        assert "kim har skrevet /os2 ignore" in settled_with(
            github, running, "ida", number, "/os2 why"
        )

        before = github.writes
        redeliver_everything(github, running)
        running.settle(github)
        assert github.writes == before

        settled_with(github, running, "kim", number, "/os2 resume changelog")
        status = github.bot_comments(API, number)[0]
        assert "Én ting skal rettes" in status
        assert "Jeg ser bort fra én regel (kim har bedt om det: `linked-issue`)." in status


def test_commands_given_while_observing_are_not_carried_out_when_it_acts(
    github: World, installed: Callable[[], Path]
):
    with service(installed(), github) as running:
        write_policy(github, POLICY.replace("mode: act", "mode: observe"))
        number = open_issue(github, "ida", {"title": "Noget", "body": "x"})
        for text in ("/os2 label Bug", "/os2 launch", "/os2 pause"):
            comment(github, "kim", number, text)
        running.settle(github)
        assert github.writes == []
        write_policy(github, POLICY)
        comment(github, "ida", number, "Mere om det")
        running.settle(github)
        assert github.writes == []
        assert settled_with(github, running, "kim", number, "/os2 label Bug")
        assert github.labels(API, number) == ["Bug"]


def test_a_team_that_the_app_cannot_see_lets_nobody_in(installed: Callable[[], Path]):
    blind = (
        "installations: [{account: os2display, permissions: "
        "{metadata: read, issues: write, pull_requests: write, checks: write, contents: read}}]\n"
    )
    with world(SEED + blind) as github, service(installed(), github) as running:
        write_policy(github, POLICY + COMMANDS)
        number = open_issue(github, "ida", BUG)
        running.settle(github)
        assert "kan du ikke bruge her" in settled_with(github, running, "bo", number, "/os2 undo")
        assert github.labels(API, number) == ["Bug"]
        assert running.counts()["failed"] == 0
        assert "team_not_visible" in running.log


def test_a_command_whose_writes_lose_their_answers_is_carried_out_once(
    github: World, installed: Callable[[], Path]
):
    with service(installed(), github) as running:
        number = open_issue(github, "ida", BUG)
        running.settle(github)
        with people_first(github):
            comment(github, "ida", number, "/os2 pause")
            comment(github, "kim", number, "/os2 label Spørgsmål")
            comment(github, "kim", number, "/os2 undo")
            order_fault(github, "/labels", "502-after-write", "POST")
            order_fault(github, "/labels/", "502-after-write", "DELETE")
        running.settle(github)
        assert reactions(github, number) == ["-1"]
        assert "Spørgsmål" not in github.labels(API, number)
        refused, chosen, undone = github.bot_comments(API, number)
        assert "kan du ikke bruge her" in refused
        assert "Etiketten `Spørgsmål` er på" in chosen
        assert "etiketten `Spørgsmål` er taget af igen" in undone

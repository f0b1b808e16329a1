"""The main job: signed deliveries in, governed issues and cited answers out; once each."""

import json
import random
from base64 import b64encode
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.loopback import HTTP
from tests.service.people import (
    API,
    BUG,
    comment,
    open_issue,
    open_pull_request,
    order_fault,
    people_first,
    redeliver_everything,
)
from tests.service.running import World, service, until

pytestmark = pytest.mark.slow


def test_an_issue_a_question_and_a_pull_request_are_handled_once_each(
    github: World, installed: Callable[[], Path]
):
    with service(installed(), github) as running:
        bug = open_issue(github, "ida", BUG)
        pull = open_pull_request(github, "Ret login", "Nu virker det.")
        comment(github, "ida", bug, "/os2 ask Hvor mange godkendelser skal en pull request have?")
        running.settle(github)

        assert github.labels(API, bug) == ["Bug"]
        assert sorted(github.labels(API, pull)) == ["mangler changelog", "mangler issue"]
        (status,) = github.bot_comments(API, pull)
        assert status.startswith("<!-- os2kb:status -->")
        assert "Hver pull request skal henvise til et issue." in status
        assert "docs/CONTRIBUTING.md#" in status
        (answer,) = github.bot_comments(API, bug)
        assert "godkend" in answer
        assert "1." in answer

        before = github.writes
        redeliver_everything(github, running)
        running.settle(github)
        assert github.writes == before

        assert "engine_step_failed" not in running.log

        # The same identifiers again have no effect at all.
        stored = sum(running.counts().values())
        for delivery in list(github.github.hooks.deliveries):
            assert running.deliver(delivery.event, delivery.body, delivery.guid).status_code == 202
        assert sum(running.counts().values()) == stored


def test_a_new_question_is_answered_unasked_once_and_a_pull_request_gets_a_check(
    github: World, installed: Callable[[], Path]
):
    asks = {"title": "Hvor mange godkendelser skal en pull request have?", "body": "Vi er i tvivl."}
    with service(installed(), github) as running:
        asked = open_issue(github, "ida", asks)
        nonsense = open_issue(
            github, "ida", {**asks, "title": "Hvor mange kilo vejer en voksen blåhval?"}
        )
        watched = open_issue(github, "ida", asks, "os2display/quiet")
        pull = open_pull_request(github, "Ret login", "Nu virker det.")
        running.settle(github)

        (answer,) = github.bot_comments(API, asked)
        assert answer.startswith("<!-- os2kb:question -->")
        assert "skal have to godkendelser" in answer
        assert "**Løste det dit spørgsmål?**" in answer
        assert github.bot_comments(API, nonsense) == []
        assert github.bot_comments("os2display/quiet", watched) == []

        (check,) = github.checks(API, pull)
        assert (check["name"], check["conclusion"]) == ("os2kb / guidelines", "action_required")
        assert check["output"]["title"] == "2 ting skal rettes"

        before = github.writes
        redeliver_everything(github, running)
        running.settle(github)
        assert github.writes == before


def test_a_product_speaks_in_its_own_words_from_its_default_branch_alone(
    github: World, installed: Callable[[], Path]
):
    def put(path: str, text: str, branch: str) -> None:
        body = {"message": "Ret tekst", "content": b64encode(text.encode()).decode()}
        with github.person("kim") as kim:
            made = kim.put(f"/repos/{API}/contents/{path}", json={**body, "branch": branch})
        assert made.status_code == 201, made.text

    missing = ".github/os2kb/da/status-missing.md"
    put(missing, "Kære bidragyder, vi mangler:\n\n{{ missing }}", "main")
    put(".github/os2kb/da/thanks.md", "Tak, {{ navn }}", "main")
    with service(installed(), github) as running:
        pull = open_pull_request(github, "Ret login", "Nu virker det.")
        put(".github/os2kb/da/welcome.md", "Hej {{ navn }}", "feature/x")
        running.settle(github)

        (status,) = github.bot_comments(API, pull)
        assert "Kære bidragyder, vi mangler:\n\n- **" in status
        checks = {one["name"]: one for one in github.checks(API, pull)}
        assert checks["os2kb / texts"]["conclusion"] == "failure"
        assert "author" in checks["os2kb / texts"]["output"]["summary"]


def test_no_label_is_ever_created(github: World, installed: Callable[[], Path]):
    with service(installed(), github) as running:
        open_issue(
            github, "ida", {"title": "Ønske: mørkt tema", "body": "Vi ønsker et mørkt tema."}
        )
        open_issue(github, "ida", {"title": "Fejl: Nede", "body": "x"}, "os2display/quiet")
        running.settle(github)
        created = [write.created_labels for write in github.github.traffic.writes]
        assert not any(created)


def test_observing_writes_nothing_but_what_was_asked(github: World, installed: Callable[[], Path]):
    with service(installed(), github) as running:
        number = open_issue(github, "ida", BUG, "os2display/quiet")
        running.settle(github)
        assert github.writes == []
        comment(github, "ida", number, "/os2 why", "os2display/quiet")
        running.settle(github)
        assert github.writes == [("POST", f"/repos/os2display/quiet/issues/{number}/comments")]


@pytest.mark.parametrize("mode", ["off", "observe"])
def test_the_installations_mode_bounds_every_policy(
    mode: str, github: World, installed: Callable[[], Path]
):
    with service(installed(), github, mode=mode) as running:
        open_issue(github, "ida", BUG)
        running.settle(github)
        assert github.writes == []


def test_a_label_that_a_person_took_off_stays_off(github: World, installed: Callable[[], Path]):
    with service(installed(), github) as running:
        number = open_issue(github, "ida", BUG)
        running.settle(github)
        with github.person("kim") as kim:
            assert kim.delete(f"/repos/{API}/issues/{number}/labels/Bug").status_code == 200
            assert (
                kim.patch(f"/repos/{API}/issues/{number}", json={"body": "Mere"}).status_code == 200
            )
        running.settle(github)
        assert github.labels(API, number) == []


def test_a_vulnerability_is_never_repeated(github: World, installed: Callable[[], Path]):
    secret = "man kan ændre tallet 48151623 i adressen"
    with service(installed(), github) as running:
        number = open_issue(
            github,
            "ida",
            {"title": "Sikkerhedshul i login", "body": f"Jeg har fundet en sårbarhed: {secret}"},
        )
        comment(github, "ida", number, f"/os2 ask Er det en sårbarhed, at {secret}?")
        running.settle(github)
        assert github.labels(API, number) == ["It-sikkerhed"]
        said = "\n".join(github.bot_comments(API, number))
        assert "48151623" not in said
        assert "security/advisories/new" in said
        assert "48151623" not in running.log


def test_two_hundred_deliveries_survive_being_killed_again_and_again(
    github: World, installed: Callable[[], Path]
):
    dice = random.Random(7)
    with service(installed(), github) as running:
        github.github.hooks.pause()
        numbers = [open_issue(github, "ida", BUG) for _ in range(40)]
        for number in numbers:
            for turn in range(4):
                comment(github, "ida", number, "/os2 help" if turn == 1 else f"nummer {turn}")
        bodies = [(one.event, one.body, one.guid) for one in list(github.github.hooks.deliveries)]
        assert len(bodies) == 200
        dice.shuffle(bodies)
        acknowledged = 0
        kills = set(dice.sample(range(20, 180), 4))
        for place, (event, body, identifier) in enumerate(bodies):
            acknowledged += running.deliver(event, body, identifier).status_code == 202
            if place in kills:
                running.kill()
                running.start()
        running.kill()
        running.start()
        running.settle()

        assert acknowledged == 200
        assert running.counts()["handled"] == 200
        for number in numbers:
            assert github.labels(API, number) == ["Bug"]
            assert len(github.bot_comments(API, number)) == 1
        posted = Counter(write for write in github.writes if write[0] == "POST")
        replies = {path: n for (_, path), n in posted.items() if path.endswith("/comments")}
        assert set(replies.values()) == {1}
        assert len(replies) == 40


def test_work_that_fails_is_tried_again_then_parked_and_can_be_put_back(
    github: World, installed: Callable[[], Path]
):
    with service(installed(), github) as running:
        with people_first(github):
            number = open_issue(github, "ida", BUG)
            order_fault(github, "/issues/", "500", "GET", times=10_000)
        running.settle(github)
        assert running.counts()["failed"] == 1
        (listed,) = json.loads(running.run("deliveries", "list", "--failed", "--json").stdout)[
            "items"
        ]
        assert "500" in listed["reason"]
        assert github.writes == []

        control = f"{github.github.web}/_demo/faults"
        assert HTTP.request("DELETE", control).is_success
        assert "1 put back" in running.run("deliveries", "retry", "--all").stdout
        until(lambda: running.counts()["handled"] == 1, what="the retry")
        assert github.labels(API, number) == ["Bug"]


def test_a_write_whose_answer_is_lost_is_not_made_twice(
    github: World, installed: Callable[[], Path]
):
    with service(installed(), github) as running:
        with people_first(github):
            number = open_issue(github, "ida", BUG)
            comment(github, "ida", number, "/os2 help")
            order_fault(github, "/comments", "reset-after-write", "POST")
            order_fault(github, "/labels", "502-after-write", "POST")
        running.settle(github)
        assert len(github.bot_comments(API, number)) == 1
        assert github.labels(API, number) == ["Bug"]


def test_a_rate_limit_delays_the_work_and_loses_nothing(
    github: World, installed: Callable[[], Path]
):
    with service(installed(), github) as running:
        with people_first(github):
            number = open_issue(github, "ida", BUG)
            order_fault(github, "/labels", "secondary-rate-limit:2", "POST")
        running.settle(github)
        assert github.labels(API, number) == ["Bug"]
        assert running.counts()["failed"] == 0


def test_a_read_that_lags_behind_its_delivery_is_looked_at_again(
    github: World, installed: Callable[[], Path]
):
    with service(installed(), github) as running:
        number = open_issue(github, "ida", {"title": "Noget", "body": "x"})
        running.settle(github)
        order_fault(github, f"/issues/{number}$", "stale-read", "GET")
        with github.person("ida") as ida:
            assert ida.patch(f"/repos/{API}/issues/{number}", json=BUG).status_code == 200
        running.settle(github)
        assert github.labels(API, number) == ["Bug"]
        assert "too_early" in HTTP.get(f"{running.url}/metrics").text

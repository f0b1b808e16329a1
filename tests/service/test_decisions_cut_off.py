"""Cut off at any write, told twice, in any order, killed: one proposal, and nothing doubled."""

import json
import random
from pathlib import Path

import pytest

from os2kb.forges.port import ForgeError
from tests.contract.small_jira import small_jira
from tests.service.decided import API, LOG, POLICY, PRODUCTS, SEED, Decided, decided
from tests.service.killing import killed_after_each
from tests.service.people import comment, open_issue, order_fault, redeliver_everything
from tests.service.running import World, service, until, world

pytestmark = pytest.mark.slow
CHECK = "os2kb / decision"
DECISION = "<!-- os2kb:decision -->"
TICKETED = SEED.replace(json.dumps(POLICY), json.dumps(POLICY + "jira: {project: DEMO}\n"))
TICKETED_PRODUCTS = PRODUCTS.replace("[os2display/*]", "[os2display/*], jira: [DEMO]")
PROPOSING = (  # the first two nobody sees, until a branch points to them
    *("/git/trees$", "/git/commits$", "/git/refs$", "/pulls$"),
    *("/labels$", "/comments$", "/check-runs$"),
)
LOGGING = (("POST", "/labels$"), ("DELETE", "/labels/"), ("PATCH", "/comments/"))


def looked_at(at: Decided, number: int) -> None:
    """Reconciled as the service would: again after what went wrong."""
    for _ in range(4):
        try:
            at.look(number)
        except ForgeError:
            continue
        return


@pytest.mark.parametrize("then", ["502-after-write", "500"])
def test_wherever_a_proposal_is_cut_off_there_is_one_in_the_end(tmp_path: Path, then: str):
    for place, path in enumerate(PROPOSING):
        folder = tmp_path / str(place)
        folder.mkdir()
        with decided(folder) as at:
            number = at.decision(body="Vi deler driften.")
            order_fault(at.world, path, then, "POST")
            looked_at(at, number)
            assert at.world.github.limits.faults == [], path
            (pull,) = at.pulls()
            assert pull["state"] == "open"
            assert len(at.get(f"/repos/{LOG}/pulls/{pull['number']}/commits")) == 1
            assert at.labels(number) == {"Beslutning", "Foreslået"}
            assert f"#<!-- -->{pull['number']}" in at.said(number)
            assert len(at.world.bot_comments(API, number)) == 1
            assert at.checks(pull["number"]) == {CHECK: "action_required"}
            before = at.writes
            at.look(number)
            assert at.writes == before, path


@pytest.mark.parametrize("then", ["502-after-write", "500"])
def test_wherever_the_telling_of_a_merge_is_cut_off_it_is_told_once(tmp_path: Path, then: str):
    with decided(tmp_path) as at:
        number = at.decision(body="Vi deler driften.")
        at.look(number)
        (pull,) = at.pulls()
        at.review(pull["number"], "bo")
        at.merge(pull["number"])
        for verb, path in LOGGING:
            order_fault(at.world, path, then, verb)
        looked_at(at, number)
        assert at.world.github.limits.faults == []
        assert at.labels(number) == {"Beslutning", "Besluttet"}
        assert "står i loggen" in at.said(number)
        assert len(at.world.bot_comments(API, number)) == 1
        before = at.writes
        at.look(number)
        assert at.writes == before


def test_killed_after_each_write_and_told_in_any_order_a_decision_is_logged_and_told_once(
    tmp_path: Path,
):
    (tmp_path / "products.yml").write_text(TICKETED_PRODUCTS, "utf-8")
    with (
        small_jira("cloud") as jira,
        world(TICKETED) as github,
        service(
            tmp_path,
            github,
            products=str(tmp_path / "products.yml"),
            jira_url=jira.jira.web,
            jira_email="os2kb@example.test",
            jira_token="token-os2kb",
        ) as running,
    ):
        at_github, at_jira = github.github.limits, jira.jira.limits
        number = open_issue(github, "ida", {"title": "Fælles drift", "body": "Vi deler den."})
        comment(github, "kim", number, "/os2 jira link DEMO-1")
        until(lambda: told(github, number, "DEMO-1"), what="the link")
        labels = f"/repos/{API}/issues/{number}/labels"
        send(github, "kim", "POST", labels, labels=["Beslutning"])
        running.settle(github)
        with killed_after_each(running, *((at_github, "POST", one) for one in PROPOSING[2:])):
            send(github, "kim", "PATCH", f"/repos/{API}/issues/{number}", state="closed")
        until(lambda: told(github, number, "skal godkende den"), what="the proposal")
        (pull,) = pulls(github)

        random.Random(6).shuffle(github.github.hooks.deliveries)
        redeliver_everything(github, running)
        redeliver_everything(github, running)
        running.settle(github)
        assert pulls(github) == [pull]

        review = f"/repos/{LOG}/pulls/{pull}/reviews"
        send(github, "bo", "POST", review, event="APPROVE", body="Fint")
        until(lambda: told(github, number, "`bo` har godkendt den"), what="the approval")
        assert conclusion(github, pull) == "success"
        on_ticket = [(at_jira, "POST", one) for one in ("/remotelink$", "/comment$")]
        with killed_after_each(running, *((at_github, *one) for one in LOGGING), *on_ticket):
            send(github, "bo", "PUT", f"/repos/{LOG}/pulls/{pull}/merge")
        ticket = jira.issue("DEMO-1")
        running.settle(github)
        assert set(github.labels(API, number)) == {"Beslutning", "Besluttet"}
        ours = github.bot_comments(API, number)
        assert len({one.partition(" -->")[0] for one in ours}) == len(ours)
        assert "Beslutningen står i loggen" in next(one for one in ours if DECISION in one)
        assert [one.endswith(":decision") for one in sorted(ticket.links)] == [False, True]
        (news,) = ticket.comments
        assert news.body.startswith(f"Beslutning {number} er godkendt")
        assert running.counts()["failed"] == 0


def told(github: World, number: int, what: str) -> bool:
    return any(what in one for one in github.bot_comments(API, number))


def pulls(github: World) -> list[int]:
    with github.person("kim") as kim:
        found = kim.get(f"/repos/{LOG}/pulls", params={"state": "all"}).json()
    return [int(one["number"]) for one in found]


def conclusion(github: World, pull: int) -> str:
    (check,) = [one for one in github.checks(LOG, pull) if one["name"] == CHECK]
    return str(check["conclusion"])


def send(github: World, by: str, verb: str, path: str, **body: object) -> None:
    with github.person(by) as who:
        answer = who.request(verb, path, json=body)
    assert answer.is_success, answer.text

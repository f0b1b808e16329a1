"""What Jira's webhook takes, and what comes of it, with the real service and a demo Jira."""

import json
import os
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import httpx
import pytest

from os2kb.demo.jira.changes import add_comment, edit
from tests.contract.small_jira import SmallJira, small_jira
from tests.loopback import HTTP
from tests.service.people import comment, open_issue
from tests.service.running import SECRET, Service, World, service, until, world
from tests.service.tickets.stage import API, FORM, PRODUCTS, SEED
from webhooks.deliveries.signatures import sign

pytestmark = pytest.mark.slow
SHARED = Path(os.environ.get("OS2KB_SHARED_DATA") or Path(__file__).parents[2] / "../shared/data")
REAL = sorted((SHARED / "jira-payloads" / "mattermost-scrubbed").glob("*.json"))


@dataclass
class Both:
    """The service between a GitHub and a Jira that both tell it what happens."""

    github: World
    jira: SmallJira
    service: Service

    def deliver(self, body: bytes, **headers: str) -> httpx.Response:
        """Post a signed delivery."""
        sent = {
            "Content-Type": "application/json",
            "X-Atlassian-Webhook-Identifier": str(uuid4()),
            "X-Hub-Signature": sign(body, SECRET),
        } | headers
        return HTTP.post(
            f"{self.service.url}/webhooks/jira",
            content=body,
            headers={name: value for name, value in sent.items() if value},
        )

    def settle(self) -> None:
        self.jira.jira.hooks.wait_until_sent()
        self.service.settle(self.github)


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Both]:
    folder = tmp_path_factory.mktemp("jira")
    products = folder / "products.yml"
    products.write_text(PRODUCTS, "utf-8")
    with ExitStack() as stack:
        github = stack.enter_context(world(SEED))
        jira = stack.enter_context(small_jira("server"))
        started = stack.enter_context(
            service(
                folder,
                github,
                products=str(products),
                jira_url=jira.jira.web,
                jira_token="token-os2kb",
                jira_webhook_secret=f"older,{SECRET}",
            )
        )
        jira.jira.hooks.configure(f"{started.url}/webhooks/jira", SECRET)
        yield Both(github, jira, started)


def stored(both: Both) -> int:
    return sum(both.service.counts().values())


@pytest.mark.parametrize(
    ("body", "headers", "status"),
    [
        (b"{}", {"X-Hub-Signature": ""}, 401),
        (b"{}", {"X-Hub-Signature": "sha256=" + "0" * 64}, 401),
        (b"{}", {"X-Hub-Signature": sign(b"{}", "guessed")}, 401),
        (b"[1]", {}, 400),
        (b"not json", {}, 400),
    ],
)
def test_a_forged_or_odd_delivery_is_refused_and_nothing_is_stored(
    both: Both, body: bytes, headers: dict[str, str], status: int
):
    before = stored(both)
    answer = both.deliver(body, **headers)
    assert (answer.status_code, answer.json()["status"]) == (status, status)
    assert stored(both) == before


@pytest.mark.skipif(not REAL, reason=f"the real payloads are not at {SHARED}")
def test_the_real_deliveries_are_accepted_and_come_to_nothing_for_unlinked_tickets(both: Both):
    writes = list(both.github.writes)
    for path in REAL:
        answer = both.deliver(path.read_bytes())
        assert (answer.status_code, answer.json()["state"]) == (202, "accepted"), path.name
    both.settle()
    counts = both.service.counts()
    assert counts["failed"] == 0
    assert counts["ignored"] >= len(REAL)
    assert both.github.writes == writes


def test_one_that_is_repeated_is_kept_once_by_its_name_or_else_by_its_body(both: Both):
    body = json.dumps({"webhookEvent": "x", "issue": {"id": "424242"}}).encode()
    for name in ("1", ""):
        headers = {"X-Atlassian-Webhook-Identifier": name}
        before = stored(both)
        assert both.deliver(body, **headers).status_code == 202
        assert both.deliver(body, **headers).status_code == 202
        assert stored(both) == before + 1


def test_what_people_do_in_jira_is_looked_at_as_the_issues_work_and_nothing_is_written(
    both: Both,
):
    jira = both.jira.jira
    number = open_issue(both.github, "ida", {"title": "Fejl", "body": FORM}, API)
    comment(both.github, "kim", number, "/os2 jira link DEMO-1", API)
    ticket = both.jira.issue("DEMO-1")
    until(lambda: ticket.values.get("priority") == "Highest", what="the priority")
    both.settle()

    written = (list(both.github.writes), both.jira.writes)
    read = jira.traffic.reads["os2kb"]
    with jira.lock:
        edit(jira, jira.people["ida"], ticket, {"priority": {"name": "Low"}})
        add_comment(jira, jira.people["ida"], ticket, "CPR 010190-1234 er hemmeligt")
    again = jira.hooks.deliveries[-1]
    jira.hooks.send(again)
    both.settle()
    assert {one.status for one in jira.hooks.deliveries} == {202}
    assert jira.traffic.reads["os2kb"] > read, "the ticket was read, and not the delivery believed"
    assert ticket.values["priority"] == "Low"
    assert (list(both.github.writes), both.jira.writes) == written
    said = "".join(both.github.bot_comments(API, number))
    assert "010190" not in said
    assert "Low" not in said

"""The process itself is killed after writes to both sides; what follows is done once."""

from pathlib import Path

import pytest

from os2kb.demo.jira import changes as in_jira
from os2kb.store.backlog.in_step import copies_of
from os2kb.store.database import open_database
from os2kb.subjects import Subject
from tests.contract.small_jira import small_jira
from tests.service.in_step.scene import OPEN, TWO
from tests.service.killing import killed_after_each
from tests.service.people import comment, open_issue
from tests.service.running import service, until, world

pytestmark = pytest.mark.slow
SECRET = "shared with Jira"


def test_killed_after_writes_to_both_sides_both_end_alike_with_one_copy(tmp_path: Path):
    products = tmp_path / "products.yml"
    products.write_text("products: {os2demo: {repositories: [os2demo/*], jira: [DEMO]}}", "utf-8")
    with (
        small_jira("cloud", TWO.jira_seed) as there,
        world(TWO.github_seed) as github,
        service(
            tmp_path,
            github,
            products=str(products),
            jira_url=there.jira.web,
            jira_email="os2kb@example.test",
            jira_token="token-os2kb",
            jira_webhook_secret=SECRET,
        ) as running,
    ):
        jira = there.jira
        jira.hooks.configure(f"{running.url}/webhooks/jira", SECRET)
        before = set(jira.issues)
        number = open_issue(github, "ida", {"title": "Fejl i login", "body": "Nede."}, OPEN)
        comment(github, "kim", number, "/os2 jira create", OPEN)
        issue = github.github.repositories[101].issues[number]
        # The ticket is made in one request, and linked in others.
        until(lambda: len(set(jira.issues) - before) == 1, what="the ticket")
        (made,) = set(jira.issues) - before
        ticket = jira.issues[made]
        until(lambda: ticket.values["description"] == "Nede.", what="the text")
        running.settle(github)

        writes = (
            (jira.limits, "PUT", f"/issue/{made}$"),
            (github.github.limits, "POST", "/comments$"),
        )
        with killed_after_each(running, *writes):
            with github.person("ida") as ida:
                path = f"/repos/{OPEN}/issues/{number}"
                assert ida.patch(path, json={"title": "Login er nede"}).is_success
            with jira.lock:
                in_jira.add_comment(jira, jira.people["kim"], ticket, "Vi ser på det")
        jira.hooks.wait_until_sent()
        running.settle(github)
        until(lambda: ticket.values["summary"] == "Login er nede", what="the title")
        said = [one.body for one in issue.comments if "Vi ser på det" in one.body]
        assert len(said) == 1
        assert (issue.title, issue.body) == ("Login er nede", "Nede.")
        assert len(set(jira.issues) - before) == 1
        store = open_database(f"sqlite:///{tmp_path / 'os2kb.db'}")
        until(lambda: copies_of(store, Subject(101, number, OPEN).key)["jira"], what="the note")

        count = len(github.writes), len(there.writes)
        comment(github, "bo", number, "Tak", OPEN)
        until(lambda: any("Tak" in one.body for one in ticket.comments), what="the next copy")
        running.settle(github)
        assert (len(github.writes) - count[0], len(there.writes) - count[1]) == (0, 1)
        assert running.counts()["failed"] == 0

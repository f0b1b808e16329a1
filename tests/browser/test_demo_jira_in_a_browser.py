"""The demo Jira's pages in Chromium: readable by all, at every width, and people can act there."""

from collections.abc import Iterator
from typing import Any

import pytest

from os2kb.demo.jira.changes import add_comment, edit
from os2kb.demo.jira.world.state import RemoteLink
from tests.browser.chromium import NEEDS_CHROMIUM, everyone, look_at, opened
from tests.contract.small_jira import SmallJira, small_jira

pytestmark = NEEDS_CHROMIUM
TEXT = "h3. Hvad sker der?\n\nDet bliver *stående*.\n\n* et\n* to\n\n||Rum||Mødet||\n|1|slut|"


@pytest.fixture(scope="module")
def small() -> Iterator[SmallJira]:
    with small_jira("cloud") as one:
        jira, ticket = one.jira, one.issue("DEMO-1")
        kim = jira.people["kim"]
        edit(jira, kim, ticket, {"summary": "Fejl: Møder vises stadig", "description": TEXT})
        link = RemoteLink(1, "x", f"{jira.web}/x", "os2demo/os2demo#2", "GitHub", "Følger med.")
        ticket.links["x"] = link
        add_comment(jira, kim, ticket, "Rettelsen er med i *2.4.2*.")
        add_comment(jira, kim, ticket, "Kun for os", "Administrators")
        yield one


@everyone
def test_the_list_and_a_ticket_can_be_read_by_all(
    small: SmallJira, chromium: Any, width: int, scheme: str
):
    page = opened(chromium, width, scheme).new_page()
    page.goto(small.jira.web)
    look_at(page, "demo-jira")
    page.get_by_role("link", name="DEMO-1").click()
    assert page.get_by_role("heading", level=1).inner_text().startswith("Fejl: Møder vises stadig")
    look_at(page, "demo-jira-ticket")


def test_a_person_moves_a_ticket_and_comments_without_a_script(small: SmallJira, chromium: Any):
    page = opened(chromium, java_script_enabled=False).new_page()
    page.goto(f"{small.jira.web}/browse/DEMO-1")
    page.get_by_role("button", name="Start → In Progress").click()
    page.get_by_label("Kommentar", exact=True).fill("Jeg ser på det")
    page.get_by_label("Hvem skriver kommentaren").select_option("ida")
    page.get_by_role("button", name="Send").click()
    assert page.get_by_role("article").last.inner_text().startswith("Ida kommenterede")
    assert small.issue("DEMO-1").status == "In Progress"
    assert small.issue("DEMO-1").comments[-1].body == "Jeg ser på det"

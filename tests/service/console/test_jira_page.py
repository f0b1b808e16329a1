"""Linked issues and tickets in the console: in step or not, and what may be read of Jira."""

import json
from collections.abc import Iterator

import pytest
from pydantic import SecretStr

from os2kb.demo.jira.changes import edit
from os2kb.store.backlog.tickets import link_ticket
from tests.contract.small_jira import small_jira
from tests.service.console.consoled import Consoled, consoled
from tests.service.running import world
from tests.service.tickets.many import JIRA

POLICY = """\
version: 1
mode: act
jira:
  project: DEMO
  fields: {title: both}
  public: [title]
"""
SEED = f"""
app: {{id: 4242, slug: os2kb}}
people: [ida, bo, kim, forms-maintainer]
organisations: {{os2display: {{teams: {{koordination: [ida]}}}}}}
repositories:
  os2display/api:
    id: 101
    collaborators: {{ida: write, bo: read}}
    files: {{.github/os2kb.yml: {json.dumps(POLICY)}}}
    issues: [{{title: Fejl 1, by: bo}}, {{title: Noget andet, by: bo}}]
  os2forms/forms: {{id: 103, collaborators: {{forms-maintainer: maintain}}}}
"""


@pytest.fixture(scope="module")
def console(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Consoled]:
    with world(SEED) as made, small_jira("cloud", JIRA) as jira:
        settings = {
            "jira_url": jira.jira.web,
            "jira_email": "os2kb@example.test",
            "jira_token": SecretStr("token-os2kb"),
        }
        folder = tmp_path_factory.mktemp("console")
        with consoled(folder, made, **settings) as running:
            for number in (1, 2):
                ticket = jira.issue(f"DEMO-{number}")
                now = running.installation.now()
                key, id_ = f"github:101#{number}", str(ticket.id)
                link_ticket(running.installation.database, key, id_, ticket.key, now)
            with jira.jira.lock:
                person = jira.jira.people["ida"]
                edit(jira.jira, person, jira.issue("DEMO-2"), {"summary": "Løn <b>hemmelig</b>"})
            yield running


def test_a_pair_is_in_step_or_a_person_has_to_choose(console: Consoled):
    with console.signed_in("ida") as coordinator:
        page = coordinator.get("/console/jira").text
    first, second = page.index("DEMO-1"), page.index("DEMO-2")
    assert "i trit" in page[first:second]
    assert "konflikt" in page[second:]
    assert "<code>title</code>" in page[second:]


def test_what_stands_in_jira_is_for_coordinators(console: Consoled):
    with console.signed_in("ida") as coordinator, console.signed_in("bo") as reader:
        told = coordinator.get("/console/jira").text
        assert "Ville blive offentligt på GitHub" in told
        assert "Løn &lt;b&gt;hemmelig&lt;/b&gt;" in told
        seen = reader.get("/console/jira").text
        assert "DEMO-2" in seen
        assert "hemmelig" not in seen


def test_the_page_of_an_issue_tells_a_reader_nothing_of_jira_either(console: Consoled):
    here = "/console/subjects/os2display/api/2"
    with console.signed_in("bo") as reader:
        page = reader.get(here)
    assert page.status_code == 200
    assert "hemmelig" not in page.text


def test_pairs_of_other_products_are_not_told_of(console: Consoled):
    with console.signed_in("forms-maintainer") as other:
        assert "DEMO-" not in other.get("/console/jira").text

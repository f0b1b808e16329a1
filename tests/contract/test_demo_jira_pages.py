"""The demo Jira's pages: a ticket can be read, and people can act on it."""

from collections.abc import Iterator

import pytest

from os2kb.demo.jira.changes import add_comment, edit
from tests.contract.small_jira import SmallJira, small_jira
from tests.loopback import HTTP


@pytest.fixture(scope="module")
def small() -> Iterator[SmallJira]:
    with small_jira("cloud") as one:
        yield one


def send(small: SmallJira, key: str = "DEMO-1", origin: str = "", **form: str) -> int:
    headers = {"Origin": origin or small.jira.web}
    return HTTP.post(f"{small.jira.web}/browse/{key}", data=form, headers=headers).status_code


def page(small: SmallJira, path: str) -> str:
    answer = HTTP.get(f"{small.jira.web}{path}")
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    return answer.text


def test_every_ticket_is_listed_and_opens(small: SmallJira):
    assert '<a class="title" href="/browse/DEMO-1">DEMO-1 Loginsiden er nede</a>' in page(
        small, "/"
    )
    shown = page(small, "/browse/demo-1")
    assert "Loginsiden er nede" in shown
    assert "Start → In Progress" in shown
    assert "Den ticket findes ikke" in page(small, "/browse/DEMO-99")
    assert (
        HTTP.get(f"{small.jira.web}/_static/style.css")
        .headers["content-type"]
        .startswith("text/css")
    )


def test_what_people_write_is_shown_as_text(small: SmallJira):
    jira, ticket = small.jira, small.issue("LUKKET-1")
    said = {
        "summary": "<script>x</script> & æøå 🙂",
        "description": "*fed* <b>nej</b> \u202eomvendt",
    }
    edit(jira, jira.people["kim"], ticket, said)
    add_comment(
        jira, jira.people["kim"], ticket, "{code:python}<img src=x>{code}", "Administrators"
    )
    shown = page(small, "/browse/LUKKET-1")
    assert "&lt;script&gt;x&lt;/script&gt; &amp; æøå 🙂" in shown
    assert "<strong>fed</strong>" in shown
    assert "<b>nej" not in shown
    assert "<img src=x>" not in shown
    assert "kun for Administrators" in shown


def test_people_edit_move_and_comment(small: SmallJira):
    ticket = small.issue("DEMO-1")
    assert send(small, do="edit", person="ida", summary="Nede igen", description="*Nu*") == 303
    assert (ticket.values["summary"], ticket.values["description"]) == ("Nede igen", "*Nu*")
    assert send(small, do="21", person="ida", resolution="Done") == 303
    assert ticket.status == "In Progress"
    assert send(small, do="31", person="ida", resolution="Done") == 303
    assert (ticket.status, ticket.values["resolution"]) == ("Done", "Done")
    assert send(small, do="comment", person="kim", body="Færdig", role="") == 303
    assert ticket.comments[-1].body == "Færdig"


@pytest.mark.parametrize(
    ("form", "status"),
    [
        ({"do": "comment", "person": "kim", "body": "x", "origin": "http://evil.example"}, 403),
        ({"do": "comment", "person": "nobody", "body": "x"}, 422),
        ({"do": "comment", "person": "kim", "body": " "}, 400),
        ({"do": "99", "person": "kim"}, 400),
        ({"person": "kim"}, 400),
        ({"do": "edit", "person": "kim", "summary": "x" * 300}, 400),
        ({"do": "comment", "person": "kim", "body": "x", "key": "DEMO-99"}, 422),
        ({"do": "edit", "person": "os2kb", "summary": "x", "key": "LUKKET-1"}, 422),
    ],
)
def test_what_cannot_be_done_changes_nothing(small: SmallJira, form: dict[str, str], status: int):
    before = (dict(small.issue("DEMO-1").values), len(small.issue("DEMO-1").comments))
    assert send(small, **form) == status
    assert (dict(small.issue("DEMO-1").values), len(small.issue("DEMO-1").comments)) == before
